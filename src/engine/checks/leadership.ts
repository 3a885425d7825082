/**
 * At most one leader per epoch: at any moment, and over the whole run.
 *
 * Source: Zab.tla (Leadership1, Leadership2).
 */
import { sayOfCheck } from '../../bridge/sentences/checks';
import type { Sid } from '../../zk/ids';
import { defineCheck } from './defineCheck';

interface Moment {
  sids: readonly Sid[];
  /** By server: the epoch it leads in SYNCHRONIZATION or BROADCAST now. */
  epochs: (number | null)[];
}

export const Leadership1 = defineCheck<Moment>({
  name: 'Leadership1',
  types: ['lead', 'serverState', 'start', 'exit'],
  initial: ({ sids }) => ({ sids, epochs: sids.map(() => null) }),
  step(state, entry, server) {
    if (server < 0) return undefined;
    if (entry.type !== 'lead') {
      if (entry.name !== 'LEADING') state.epochs[server] = null;
      return undefined;
    }
    const epoch = entry.epoch as number;
    const other = state.epochs.indexOf(epoch);
    state.epochs[server] = epoch;
    if (other < 0 || other === server) return undefined;
    return sayOfCheck('check.leadAtOnce', {
      a: state.sids[other] ?? '',
      b: state.sids[server] ?? '',
      epoch,
    });
  },
});

interface WholeRun {
  /** By epoch: the server that led it. */
  leaders: Record<number, Sid>;
}

export const Leadership2 = defineCheck<WholeRun>({
  name: 'Leadership2',
  types: ['lead'],
  initial: () => ({ leaders: {} }),
  step(state, entry) {
    const epoch = entry.epoch as number;
    const sid = Number(entry.process);
    const before = state.leaders[epoch];
    state.leaders[epoch] = sid;
    if (before === undefined || before === sid) return undefined;
    return sayOfCheck('check.ledBoth', { a: before, b: sid, epoch });
  },
});
