/**
 * A server process begins: the database from the disk, the epochs, then the first
 * election, or service at once where it is alone. Source: QuorumPeer.start,
 * loadDataBase; ZooKeeperServerMain.
 */
import type { Effects, ServerSpec } from '../../bridge/process';
import { epochOf, ZXID_ZERO } from '../../zk/ids';
import { treeDigestLike } from '../database/dataTree';
import { openDisk } from '../database/disk';
import { readEpoch, writeEpoch } from '../database/epochFiles';
import { loadDatabase } from '../database/recovery';
import { lastLoggedZxid } from '../database/txnLog';
import { createWatchTables } from '../database/watchManager';
import { createDatabase, lastProcessedZxid } from '../database/zkDatabase';
import { initialElection, startLookForLeader } from './election/fastLeaderElection';
import { diskReport, type Hands, type Server, type ServerState } from './machine';
import { noNamespaces } from './namespaces';
import { writeConfigNode } from './peer/configNode';
import { armReadOnly } from './peer/readOnlyServer';
import { startStandalone, touchEverything } from './peer/quorumPeer';
import { setCurrentEpoch } from './quorum/discovery';
import { configuredVerifiers } from './reconfig/configuration';
import { isAlone } from './reconfig/verifiers';

/** CLIENT_REQUEST, SESSION and QUORUM packets, and warnings. Source: ZooTrace.traceMask. */
const TRACE_MASK_FIRST = 306;

export function startServer(spec: ServerSpec, fx: Effects, hand: Hands): ServerState {
  const voters = [...spec.voters].sort((a, b) => a - b);
  const switches: Record<string, true> = {};
  for (const name of spec.switches) switches[name] = true;
  const disk = openDisk(spec.disk);
  const state: ServerState = {
    spec,
    sid: spec.sid,
    ...configuredVerifiers(disk, voters),
    reconfigFlag: false,
    switches,
    disk,
    diskFault: { fault: 'ok', extraMicros: 0 },
    db: createDatabase(spec.config.commitLogCount),
    peerState: 'LOOKING',
    zabState: 'ELECTION',
    syncMode: 'NONE',
    acceptedEpoch: 0,
    currentEpoch: 0,
    currentVote: undefined,
    committedBefore: ZXID_ZERO,
    election: initialElection(),
    electionPeers: {},
    period: 0,
    threads: {},
    threadsMade: 0,
    zks: undefined,
    leader: undefined,
    learner: undefined,
    cnxns: {},
    watches: createWatchTables(),
    traceMask: TRACE_MASK_FIRST,
    namespaces: noNamespaces(),
    digestLog: [],
    cnxnsMade: 0,
    quorumConns: {},
    electionConns: {},
  };
  for (const sid of voters) if (sid !== spec.sid) state.electionPeers[sid] = {};
  const s: Server = { state, fx, hand };
  if (!recover(s)) return state;
  touchEverything(s);
  if (isAlone(state)) startStandalone(s);
  else {
    fx.trace({ type: 'serverState', name: 'LOOKING' });
    startLookForLeader(s);
    armReadOnly(s);
  }
  return state;
}

/** False: this disk cannot be trusted, and the process has ended. */
function recover(s: Server): boolean {
  const { state, fx } = s;
  const loaded = loadDatabase(state.disk, diskReport(s), state.spec.config.commitLogCount);
  if ('error' in loaded) {
    fx.exit(1, `Unable to load database on disk: ${loaded.error}`);
    return false;
  }
  state.db = loaded.db;
  const zxid = lastProcessedZxid(state.db);
  fx.trace({
    type: 'load',
    name: 'start',
    zxid,
    detail: { lastLogged: lastLoggedZxid(state.disk), tree: treeDigestLike(state.db.tree) },
  });
  if (isAlone(state)) return true;
  writeConfigNode(s);
  for (const name of ['currentEpoch', 'acceptedEpoch'] as const) {
    let epoch = readEpoch(state.disk, name);
    if (epoch === undefined) {
      epoch = epochOf(zxid);
      writeEpoch(state.disk, diskReport(s), name, epoch);
    }
    state[name] = epoch;
  }
  if (epochOf(zxid) > state.currentEpoch && epochOf(zxid) <= state.acceptedEpoch) {
    // It died between the history of NEWLEADER and currentEpoch. Whoever has a txn of
    // an epoch has all of that epoch's history before it, so the epoch is its own.
    // Differs: 3.9.4 refuses to start here, unless it finds currentEpoch.tmp.
    setCurrentEpoch(s, epochOf(zxid));
  }
  const epoch = epochOf(zxid);
  if (epoch > state.currentEpoch && epoch <= state.acceptedEpoch) {
    // It died between the two writes of NEWLEADER. With one txn of that epoch in its log it has all
    // that its leader began with, so the epoch may count as adopted. (Differs: ZooKeeper adopts it
    // from currentEpoch.tmp where the crash left that file, and else does not start.)
    state.currentEpoch = epoch;
    writeEpoch(state.disk, diskReport(s), 'currentEpoch', epoch);
    fx.trace({ type: 'currentEpoch', epoch });
  }
  if (epoch > state.currentEpoch) {
    fx.exit(
      1,
      `The current epoch, ${state.currentEpoch}, is older than the last zxid, 0x${zxid.toString(16)}`,
    );
    return false;
  }
  if (state.acceptedEpoch < state.currentEpoch) {
    fx.exit(
      1,
      `The accepted epoch, ${state.acceptedEpoch}, is less than the current epoch, ${state.currentEpoch}`,
    );
    return false;
  }
  return true;
}
