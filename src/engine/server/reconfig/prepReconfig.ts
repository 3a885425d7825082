/**
 * The checks of a reconfig in the order that clients can observe, and its txn.
 * Source: PrepRequestProcessor.pRequest2Txn (OpCode.reconfig), Leader.isQuorumSynced.
 */
import { textToBytes } from '../../../base/bytes';
import { PERMS } from '../../../zk/acl';
import type { ErrorName } from '../../../zk/errorCode';
import type { Sid } from '../../../zk/ids';
import { containsQuorum, type QuorumVerifier, verifierText } from '../../../zk/quorumVerifier';
import type { Txn } from '../../../zk/records';
import type { LeaderState, Request, Server, ZksState } from '../machine';
import { CONFIG_NODE } from '../peer/configNode';
import { addChange, duplicate, recordForPath } from '../pipeline/outstandingChanges';
import { mayDo } from '../pipeline/prepTxns';
import { checkSession } from '../sessions/sessionTracker';
import { newMembership, type ReconfigBody } from './newMembership';
import { isReconfigEnabled, nextVerifier } from './verifiers';

export function prepareReconfig(
  s: Server,
  zks: ZksState,
  request: Request,
  body: ReconfigBody,
): Txn | ErrorName {
  if (!isReconfigEnabled(s.state)) return 'RECONFIGDISABLED';
  const refused = checkSession(s, zks, request.sessionId, request.owner);
  if (refused !== undefined) return refused;
  const { leader } = s.state;
  if (leader === undefined) return 'UNIMPLEMENTED';
  if (nextVerifier(s.state) !== undefined) return 'RECONFIGINPROGRESS';
  const last = s.state.lastSeenQuorumVerifier;
  if (body.curConfigId !== -1 && body.curConfigId !== last.version) return 'BADVERSION';
  const verifier = newMembership(body, last, request.zxid, s.state.spec.voters);
  if (typeof verifier === 'string') return verifier;
  if (!isQuorumSynced(s, leader, verifier)) return 'NEWCONFIGNOQUORUM';
  const record = recordForPath(s, zks, CONFIG_NODE);
  if (record === undefined) return 'NONODE';
  if (!mayDo(s, record.acl, PERMS.WRITE, request)) return 'NOAUTH';
  const data = textToBytes(verifierText(verifier));
  const changed = duplicate(record, request.zxid);
  changed.version = -1;
  changed.dataLength = data.length;
  addChange(zks, changed);
  return { type: 'reconfig', path: CONFIG_NODE, data, version: -1 };
}

/** Of the new voters a quorum gets live traffic and has answered in time, this leader among them where it is one. */
function isQuorumSynced(s: Server, leader: LeaderState, verifier: QuorumVerifier): boolean {
  const synced: Sid[] = [s.state.sid];
  for (const handler of Object.values(leader.handlers)) {
    if (handler.forwarding && leader.tick <= handler.tickOfNextAckDeadline) {
      synced.push(handler.sid);
    }
  }
  return containsQuorum(verifier, synced);
}
