/** Section `client`: what the client's library holds and believes. */
import type { ClientSection, RequestView } from '../../bridge/frame';
import { bytesToText } from '../../base/bytes';
import type { Sid } from '../../zk/ids';
import { isWriteOp } from '../../zk/opCode';
import type { ClientCnxn, OutgoingPacket } from './library/cnxnState';
import { WATCH_MAPS } from './library/watchManager';

/** Characters of data that a request view shows. */
const DATA_SHOWN = 80;
/** Operations of a multi that a request view shows. */
const OPS_SHOWN = 64;

/** `letter`: of a client; for a process of the application its id. `hosts` as in its connect string. */
export function clientSection(
  letter: string,
  cnxn: ClientCnxn,
  hosts: readonly Sid[],
): ClientSection {
  const section: ClientSection = {
    type: 'client',
    letter,
    state: cnxn.state,
    hosts: [...hosts],
    sessionId: cnxn.sessionId,
    sessionTimeout: cnxn.sessionTimeout,
    lastZxid: cnxn.lastZxid,
    outgoingQueue: cnxn.outgoingQueue.map((packet) => requestView(cnxn, packet)),
    pendingQueue: cnxn.pendingQueue.map((packet) => requestView(cnxn, packet)),
    lastHeard: cnxn.lastHeard,
    lastSend: cnxn.lastSend,
  };
  if (cnxn.server !== null && cnxn.server > 0) section.server = cnxn.server;
  if (cnxn.chroot !== '') section.chroot = cnxn.chroot;
  if (cnxn.authInfo.length > 0) section.auth = cnxn.authInfo.map(({ scheme }) => scheme);
  const watches: ClientSection['watches'] = {};
  let holdsSome = false;
  for (const name of WATCH_MAPS) {
    if (cnxn.watches[name].size === 0) continue;
    watches[name] = Object.keys(cnxn.watches[name].entries).sort();
    holdsSome = true;
  }
  if (holdsSome) section.watches = watches;
  return section;
}

function requestView(cnxn: ClientCnxn, { xid, body }: OutgoingPacket): RequestView {
  const view: RequestView = {
    sessionId: cnxn.sessionId,
    cxid: xid,
    op: body.op,
    isWrite: isWriteOp(body.op),
  };
  if ('path' in body && body.path !== null) view.path = body.path;
  if ('data' in body && body.data !== null) {
    view.data = bytesToText(body.data).slice(0, DATA_SHOWN);
  }
  if ('ops' in body) {
    view.ops = body.ops
      .slice(0, OPS_SHOWN)
      .map(({ op, path }) => (path === null ? { op } : { op, path }));
  }
  return view;
}
