/**
 * Numbers that only grow: the epochs of a server across restarts, and the zxids
 * of a log.
 *
 * Source: reference properties of the implementation (EpochMonotonic,
 * ZxidMonotonicPerLog); QuorumPeer.setAcceptedEpoch, setCurrentEpoch, FileTxnLog.append.
 */
import { sayOfCheck } from '../../bridge/sentences/checks';
import { counterOf, epochOf, zxidText, type Zxid } from '../../zk/ids';
import { defineCheck } from './defineCheck';
import { followHistory, HISTORY_TYPES, initialHistory, type History } from './history';

interface Epochs {
  /** `isSyncing`: it logs the history of an epoch that it is about to adopt. */
  servers: { sid: number; accepted: number; current: number; isSyncing: boolean }[];
}

export const EpochMonotonic = defineCheck<Epochs>({
  name: 'EpochMonotonic',
  types: ['acceptedEpoch', 'currentEpoch', 'append', 'command', 'zabState', 'start'],
  initial: ({ sids }) => ({
    servers: sids.map((sid) => ({ sid, accepted: 0, current: 0, isSyncing: false })),
  }),
  step(state, entry, index) {
    const server = state.servers[index];
    // A server alone knows no epochs: its zxids have epoch 0 or what its log came with.
    if (server === undefined || state.servers.length === 1) return undefined;
    if (entry.type === 'command') {
      // A wiped disk remembers nothing, and nobody promised that it would.
      if (entry.name === 'wipe') Object.assign(server, { accepted: 0, current: 0 });
      return undefined;
    }
    if (entry.type === 'zabState' || entry.type === 'start') {
      server.isSyncing = entry.name === 'SYNCHRONIZATION';
      return undefined;
    }
    const epoch = entry.type === 'append' ? epochOf(entry.zxid as Zxid) : (entry.epoch as number);
    if (entry.type === 'append') {
      // The history comes to disk before the epoch that it implies, see EpochImpliesHistory.
      const limit = server.isSyncing ? server.accepted : server.current;
      if (epoch <= limit) return undefined;
      return sayOfCheck('check.logsInEpoch', {
        sid: server.sid,
        zxid: zxidText(entry.zxid as Zxid),
        epoch: limit,
      });
    }
    const name = entry.type;
    const before = name === 'acceptedEpoch' ? server.accepted : server.current;
    if (name === 'acceptedEpoch') server.accepted = epoch;
    else server.current = epoch;
    if (epoch < before) {
      return sayOfCheck('check.epochFalls', { name, sid: server.sid, before, epoch });
    }
    if (server.current <= server.accepted) return undefined;
    const { sid, current, accepted } = server;
    return sayOfCheck('check.currentAboveAccepted', { sid, current, accepted });
  },
});

export const ZxidMonotonicPerLog = defineCheck<{ history: History }>({
  name: 'ZxidMonotonicPerLog',
  types: HISTORY_TYPES,
  initial: ({ sids }) => ({ history: initialHistory(sids) }),
  step({ history }, entry, index) {
    const server = history.servers[index];
    if (server !== undefined && entry.type === 'append') {
      const zxid = entry.zxid as Zxid;
      const last = server.log.at(-1) ?? history.base;
      const isNext =
        epochOf(zxid) === epochOf(last)
          ? counterOf(zxid) === counterOf(last) + 1
          : zxid > last && counterOf(zxid) === 1;
      // Below the base the history takes for granted what a late server catches up with.
      if (!isNext && zxid > history.base) {
        return sayOfCheck('check.logsAfter', {
          sid: server.sid,
          zxid: zxidText(zxid),
          last: zxidText(last),
        });
      }
    }
    followHistory(history, entry, index);
    return undefined;
  },
});
