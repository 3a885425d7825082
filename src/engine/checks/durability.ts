/**
 * What must be on disk, where, and when; and what may never leave it again.
 *
 * Source: reference properties of the implementation (AckAfterFsync,
 * QuorumDurable, CommittedNeverLost, EpochImpliesHistory); SyncRequestProcessor,
 * Leader.processAck, Learner.syncWithLeader.
 *
 * Quorums are those of the servers that the ensemble was made of. From the first reconfig on
 * others may vote, so nothing is judged by a count any more.
 */
import { sayOfCheck } from '../../bridge/sentences/checks';
import type { Said } from '../../bridge/sentences/sentence';
import { counterOf, epochOf, zxidText, type Zxid } from '../../zk/ids';
import type { TraceEntry } from '../../bridge/traceEntry';
import { defineCheck } from './defineCheck';
import { followHistory, HISTORY_TYPES, initialHistory, isDurable, type History } from './history';
import { addZxid, countUpTo, hasZxid } from './zxidTable';

interface Acks {
  history: History;
  /** By server: the ACK of NEWLEADER was sent in this synchronization; one that follows is UPTODATE's. */
  newLeaderAcked: boolean[];
}

export const AckAfterFsync = defineCheck<Acks>({
  name: 'AckAfterFsync',
  types: [...HISTORY_TYPES, 'ack'],
  initial: ({ sids }) => ({
    history: initialHistory(sids),
    newLeaderAcked: sids.map(() => false),
  }),
  step(state, entry, index) {
    followHistory(state.history, entry, index);
    const server = state.history.servers[index];
    if (server === undefined) return undefined;
    if (entry.type === 'zabState' && entry.name !== 'BROADCAST')
      state.newLeaderAcked[index] = false;
    if (entry.type !== 'ack') return undefined;
    const zxid = entry.zxid as Zxid;
    if (counterOf(zxid) !== 0) {
      if (isDurable(state.history, server, zxid)) return undefined;
      return sayOfCheck('check.ackBeforeDisk', { sid: server.sid, zxid: zxidText(zxid) });
    }
    if (state.newLeaderAcked[index] === true) return undefined;
    state.newLeaderAcked[index] = true;
    const last = server.log.at(-1);
    if (last === undefined || last <= server.durable) return undefined;
    return sayOfCheck('check.newLeaderBeforeDisk', { sid: server.sid, zxid: zxidText(last) });
  },
});

interface Counted {
  history: History;
  lastCommitted: Zxid;
  /** A reconfig was committed. */
  isReconfigured: boolean;
}

export const QuorumDurable = defineCheck<Counted>({
  name: 'QuorumDurable',
  types: [...HISTORY_TYPES, 'commit'],
  initial: ({ sids }) => ({
    history: initialHistory(sids),
    lastCommitted: 0 as Zxid,
    isReconfigured: false,
  }),
  step(state, entry, index) {
    followHistory(state.history, entry, index);
    if (entry.type !== 'commit') return undefined;
    if (isReconfig(entry)) state.isReconfigured = true;
    if (state.isReconfigured) return undefined;
    const zxid = entry.zxid as Zxid;
    const { history, lastCommitted } = state;
    const having: number[] = [];
    for (const server of history.servers) {
      if (!isDurable(history, server, zxid)) continue;
      if (lastCommitted < zxid && !isDurable(history, server, lastCommitted)) continue;
      having.push(server.sid);
    }
    state.lastCommitted = zxid;
    if (having.length * 2 > history.servers.length) return undefined;
    return sayOfCheck('check.notDurable', {
      zxid: zxidText(zxid),
      have: having.length,
      servers: history.servers.length,
      sids: having.join(', ') || sayOfCheck('check.none'),
    });
  },
});

function isReconfig(entry: TraceEntry): boolean {
  return entry.type === 'commit' && entry.request?.op === 'reconfig';
}

interface Committed {
  history: History;
  /** A reconfig was committed. */
  isReconfigured: boolean;
  /** Committed, one by one or by a leader that began to serve with them; ascending, above `base`. */
  committed: Zxid[];
  base: Zxid;
}

export const CommittedNeverLost = defineCheck<Committed>({
  name: 'CommittedNeverLost',
  types: [...HISTORY_TYPES, 'commit', 'established'],
  initial: ({ sids }) => ({
    history: initialHistory(sids),
    isReconfigured: false,
    committed: [],
    base: 0 as Zxid,
  }),
  step(state, entry, index) {
    const server = state.history.servers[index];
    if (server === undefined) return undefined;
    if (entry.type === 'truncate') {
      const to = entry.zxid as Zxid;
      const cut = server.log.find((zxid) => zxid > to && hasZxid(state.committed, zxid));
      followHistory(state.history, entry, index);
      const isJudged = cut !== undefined && !state.isReconfigured;
      return !isJudged ? undefined : leftAfterCut(state.history, server.sid, to, cut);
    }
    followHistory(state.history, entry, index);
    if (state.base !== state.history.base) {
      state.base = state.history.base;
      state.committed.splice(0, countUpTo(state.committed, state.base));
    }
    if (entry.type === 'commit') {
      if (isReconfig(entry)) state.isReconfigured = true;
      if ((entry.zxid as Zxid) > state.base) addZxid(state.committed, entry.zxid as Zxid);
    } else if (entry.type === 'established') {
      // A leader that slept may begin while others have gone on to later epochs, which it cannot know.
      const epoch = entry.epoch as number;
      const later = state.committed.filter((zxid) => epochOf(zxid) > epoch);
      const lost = state.committed.find(
        (zxid) => epochOf(zxid) <= epoch && !hasZxid(server.tree, zxid),
      );
      if (lost !== undefined) {
        const zxid = zxidText(lost);
        return sayOfCheck('check.leadsWithout', { sid: server.sid, epoch, zxid });
      }
      // A quorum acknowledged NEWLEADER, and with it the whole log of this leader.
      state.committed = [...server.tree];
      for (const zxid of later) addZxid(state.committed, zxid);
    }
    return undefined;
  },
});

/**
 * A leader may cut what is outstanding from a learner's log while others commit it: the learner was
 * not counted, and gets it again. What must stay is a quorum that has it.
 */
function leftAfterCut(history: History, sid: number, to: Zxid, cut: Zxid): Said | undefined {
  const { servers } = history;
  const left = servers.filter((server) => isDurable(history, server, cut)).length;
  if (left * 2 > servers.length) return undefined;
  return sayOfCheck('check.truncates', {
    sid,
    to: zxidText(to),
    cut: zxidText(cut),
    left,
    servers: servers.length,
  });
}

interface Inherited {
  history: History;
  /** By epoch: what its leader had when it began to lead. */
  histories: Record<number, { sid: number; last: Zxid }>;
}

export const EpochImpliesHistory = defineCheck<Inherited>({
  name: 'EpochImpliesHistory',
  types: [...HISTORY_TYPES, 'lead', 'currentEpoch'],
  initial: ({ sids }) => ({ history: initialHistory(sids), histories: {} }),
  step(state, entry, index) {
    followHistory(state.history, entry, index);
    const server = state.history.servers[index];
    if (server === undefined) return undefined;
    if (entry.type === 'lead') {
      const last = server.tree.at(-1) ?? state.history.base;
      state.histories[entry.epoch as number] = { sid: server.sid, last };
    } else if (entry.type === 'currentEpoch') {
      const inherited = state.histories[entry.epoch as number];
      if (inherited === undefined || isDurable(state.history, server, inherited.last))
        return undefined;
      return sayOfCheck('check.adoptsWithout', {
        sid: server.sid,
        epoch: entry.epoch as number,
        zxid: zxidText(inherited.last),
        leader: inherited.sid,
      });
    }
    return undefined;
  },
});
