/**
 * The membership of a server changes: what it has seen, what is in force, and what that means for the
 * role it has. Source: QuorumPeer (setQuorumVerifier, setLastSeenQuorumVerifier, processReconfig,
 * updateVote).
 * Left out: new members are not called before there is something to tell them; a voter does not become
 * an observer (such a reconfig is refused: newMembership.ts).
 */
import { NO_ZXID, type Sid, type Zxid } from '../../../zk/ids';
import { parseQuorumVerifier } from '../../../zk/parseQuorumVerifier';
import {
  type QuorumVerifier,
  sameMembership,
  staticQuorumVerifier,
  verifierText,
} from '../../../zk/quorumVerifier';
import { getNode } from '../../database/dataTree';
import { readConfigFile, removeConfigFile, writeConfigFile } from '../../database/configFiles';
import type { Disk } from '../../database/disk';
import type { LoggedTxn } from '../../../zk/records';
import { bytesToText } from '../../../base/bytes';
import { assert } from '../../../base/assert';
import { diskReport, type Server } from '../machine';
import { restartConnections } from '../election/sendWorker';
import { CONFIG_NODE, writeConfigNode } from '../peer/configNode';
import { watchesOf } from '../sessions/watches';
import { isReconfigEnabled } from './verifiers';

/** A membership that a server wrote. */
export function configFromString(text: string): QuorumVerifier {
  const verifier = parseQuorumVerifier(text);
  assert(typeof verifier !== 'string', `a server's membership can be read: ${text}`);
  return verifier as QuorumVerifier;
}

/** The membership that a reconfig txn makes; undefined for any other txn. */
export function verifierOfTxn({ txn }: LoggedTxn): QuorumVerifier | undefined {
  return txn.type === 'reconfig' ? configFromString(bytesToText(txn.data ?? '')) : undefined;
}

/** What a server begins with: its files, or what it was configured with. */
export function configuredVerifiers(
  disk: Disk,
  voters: readonly Sid[],
): Pick<Server['state'], 'quorumVerifier' | 'lastSeenQuorumVerifier'> {
  const current = readConfigFile(disk, 'zoo.cfg.dynamic');
  const next = readConfigFile(disk, 'zoo.cfg.dynamic.next');
  const quorumVerifier =
    current === undefined ? staticQuorumVerifier(voters) : configFromString(current);
  const lastSeenQuorumVerifier = next === undefined ? quorumVerifier : configFromString(next);
  return { quorumVerifier, lastSeenQuorumVerifier };
}

export function setLastSeenQuorumVerifier(s: Server, verifier: QuorumVerifier): void {
  if (!isReconfigEnabled(s.state)) return;
  if (s.state.lastSeenQuorumVerifier.version === verifier.version) return;
  s.state.lastSeenQuorumVerifier = verifier;
  writeConfigFile(s.state.disk, diskReport(s), 'zoo.cfg.dynamic.next', verifierText(verifier));
}

/** Only a newer one. Returns the one before. */
function setQuorumVerifier(s: Server, verifier: QuorumVerifier): QuorumVerifier {
  const before = s.state.quorumVerifier;
  if (before.version >= verifier.version) return before;
  s.state.quorumVerifier = verifier;
  if (verifier.version > s.state.lastSeenQuorumVerifier.version) {
    s.state.lastSeenQuorumVerifier = verifier;
  }
  writeConfigFile(s.state.disk, diskReport(s), 'zoo.cfg.dynamic', verifierText(verifier));
  if (verifier.version === s.state.lastSeenQuorumVerifier.version) {
    removeConfigFile(s.state.disk, diskReport(s), 'zoo.cfg.dynamic.next');
  }
  for (const section of ['role', 'election', 'ledger', 'learners', 'log']) s.fx.touch(section);
  return before;
}

/**
 * The membership is in force from here on, and the node that shows it says so. True: this server must
 * leave its role, because another leader was designated or its own is no voter any more; whom it
 * follows then without an election is `currentVote`, where `reconfigFlag` is set.
 */
export function processReconfig(
  s: Server,
  verifier: QuorumVerifier,
  designatedLeader: Sid | undefined,
  zxid: Zxid = NO_ZXID,
): boolean {
  if (!isReconfigEnabled(s.state)) return false;
  const before = setQuorumVerifier(s, verifier);
  writeConfigNode(s);
  const node = getNode(s.state.db.tree, CONFIG_NODE);
  if (node !== undefined) watchesOf(s)?.('NodeDataChanged', CONFIG_NODE, node.acl);
  s.fx.touch('tree');
  if (before.version >= verifier.version || sameMembership(before, verifier)) return false;
  restartConnections(s);
  if (designatedLeader !== undefined) return updateVote(s, designatedLeader, zxid);
  s.state.reconfigFlag = false;
  const leader = s.state.currentVote?.leader;
  const votes = (voters: readonly Sid[]) => leader !== undefined && voters.includes(leader);
  return !votes(before.voters) || !votes(verifier.voters);
}

function updateVote(s: Server, leader: Sid, zxid: Zxid): boolean {
  const vote = s.state.currentVote;
  if (vote === undefined || vote.leader === leader) return false;
  s.state.currentVote = { leader, zxid, electionEpoch: -1, peerEpoch: -1 };
  s.state.reconfigFlag = true;
  s.fx.touch('election');
  s.fx.touch('role');
  return true;
}
