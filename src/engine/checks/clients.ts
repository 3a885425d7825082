/**
 * What a client may rely on: the order of its own requests, reads that never go
 * back, and writes that respect real time.
 *
 * Source: reference properties seen by clients (ClientFIFO, MonotonicReads,
 * LinearizableWrites).
 */
import { sayOfCheck } from '../../bridge/sentences/checks';
import type { RequestRef } from '../../bridge/traceEntry';
import { zxidText, type SessionId, type Zxid } from '../../zk/ids';
import { isWriteOp } from '../../zk/opCode';
import { defineCheck } from './defineCheck';

interface Answered {
  cxid: number;
  /** Of its newest write. */
  zxid: Zxid;
}

export const ClientFIFO = defineCheck<{
  sids: readonly number[];
  sessions: Record<string, Answered>;
}>({
  name: 'ClientFIFO',
  types: ['reply', 'sessionClose'],
  initial: ({ sids }) => ({ sids, sessions: {} }),
  step(state, entry, server) {
    const { request } = entry;
    if (request === undefined || server < 0) return undefined;
    // An old connection of a session may still be answered by another server, with an order of its own.
    const key = `${server} ${request.sessionId}`;
    if (entry.type === 'sessionClose') {
      delete state.sessions[key];
      return undefined;
    }
    // Connects, pings and the like have no place in the order of cxids.
    if (request.cxid <= 0) return undefined;
    const last = state.sessions[key];
    if (last === undefined) {
      state.sessions[key] = { cxid: request.cxid, zxid: writtenZxid(request, entry.zxid) };
      return undefined;
    }
    if (request.cxid <= last.cxid) {
      return sayOfCheck('check.answersAfter', {
        sid: state.sids[server] ?? '',
        cxid: request.cxid,
        session: request.sessionId,
        last: last.cxid,
      });
    }
    last.cxid = request.cxid;
    if (!isWriteOp(request.op)) return undefined;
    const before = last.zxid;
    last.zxid = entry.zxid as Zxid;
    if (last.zxid > before) return undefined;
    return sayOfCheck('check.writesInRow', {
      session: request.sessionId,
      before: zxidText(before),
      zxid: zxidText(last.zxid),
    });
  },
});

function writtenZxid(request: RequestRef, zxid: Zxid | undefined): Zxid {
  return isWriteOp(request.op) && zxid !== undefined ? zxid : (0 as Zxid);
}

export const MonotonicReads = defineCheck<{ seen: Record<SessionId, Zxid> }>({
  name: 'MonotonicReads',
  types: ['result'],
  initial: () => ({ seen: {} }),
  step(state, entry, server) {
    const { request } = entry;
    if (request === undefined) return undefined;
    // A result without a zxid tells that the connection was lost, not what the tree was.
    const zxid = entry.zxid;
    if (server >= 0 || zxid === undefined || zxid <= 0) return undefined;
    const before = state.seen[request.sessionId] ?? 0;
    if (zxid < before) {
      return sayOfCheck('check.readsBack', {
        client: entry.process,
        cxid: request.cxid,
        zxid: zxidText(zxid),
        before: zxidText(before as Zxid),
      });
    }
    state.seen[request.sessionId] = zxid;
    return undefined;
  },
});

interface RealTime {
  /** Largest zxid of a write that some client knows the answer of. */
  returned: Zxid;
  /** By session: its writes under way, oldest first, with `returned` at the moment they were sent. */
  invoked: Record<SessionId, { cxid: number; returned: Zxid }[]>;
}

export const LinearizableWrites = defineCheck<RealTime>({
  name: 'LinearizableWrites',
  types: ['send', 'result'],
  initial: () => ({ returned: 0 as Zxid, invoked: {} }),
  step(state, entry, server) {
    const { request } = entry;
    if (server >= 0 || request === undefined || !isWriteOp(request.op)) return undefined;
    const { sessionId, cxid } = request;
    if (entry.type === 'send') {
      const call = { cxid, returned: state.returned };
      const calls = state.invoked[sessionId];
      if (calls === undefined) state.invoked[sessionId] = [call];
      else calls.push(call);
      return undefined;
    }
    const calls = state.invoked[sessionId];
    const place = calls?.findIndex((call) => call.cxid === cxid) ?? -1;
    const call = calls?.[place];
    if (calls !== undefined && place >= 0) calls.splice(0, place + 1);
    if (calls?.length === 0) delete state.invoked[sessionId];
    const zxid = entry.zxid;
    if (zxid === undefined || zxid <= 0) return undefined;
    if (zxid > state.returned) state.returned = zxid;
    if (call === undefined || zxid > call.returned) return undefined;
    return sayOfCheck('check.writeBack', {
      client: entry.process,
      cxid,
      zxid: zxidText(zxid),
      returned: zxidText(call.returned),
    });
  },
});
