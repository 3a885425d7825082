/**
 * The order and the ground of commits at one server, and every protocol law
 * that a handler finds broken while it acts.
 *
 * Source: reference properties of the implementation (CommitOrder,
 * NoCommitWithoutProposal); CheckDuringAction of the system specification.
 */
import { sayOfCheck } from '../../bridge/sentences/checks';
import { zxidText, type Zxid } from '../../zk/ids';
import { defineCheck } from './defineCheck';

export const CommitOrder = defineCheck<{ last: Zxid[]; sids: readonly number[] }>({
  name: 'CommitOrder',
  types: ['enqueue', 'start', 'zabState'],
  initial: ({ sids }) => ({ sids, last: sids.map(() => 0 as Zxid) }),
  step(state, entry, index) {
    if (index < 0) return undefined;
    if (entry.type !== 'enqueue') {
      // Each role period has a CommitProcessor of its own.
      if (entry.type === 'start' || entry.name === 'ELECTION') state.last[index] = 0 as Zxid;
      return undefined;
    }
    // A sync travels this queue too, and has no zxid of its own.
    if (entry.queue !== 'committedRequests' || !entry.zxid || entry.request?.op === 'sync') {
      return undefined;
    }
    const last = state.last[index] as Zxid;
    state.last[index] = entry.zxid;
    if (entry.zxid > last) return undefined;
    return sayOfCheck('check.commitAfter', {
      sid: state.sids[index] ?? '',
      zxid: zxidText(entry.zxid),
      last: zxidText(last),
    });
  },
});

interface Received {
  /** By server: proposals of this connection whose COMMIT has not come, oldest first. */
  proposals: Zxid[][];
  /** By server: covered by a snapshot of this connection. */
  covered: Zxid[];
  sids: readonly number[];
}

export const NoCommitWithoutProposal = defineCheck<Received>({
  name: 'NoCommitWithoutProposal',
  types: ['deliver', 'start'],
  initial: ({ sids }) => ({
    sids,
    proposals: sids.map(() => []),
    covered: sids.map(() => 0 as Zxid),
  }),
  step(state, entry, index) {
    const proposals = state.proposals[index];
    if (proposals === undefined) return undefined;
    const zxid = entry.zxid as Zxid;
    switch (entry.type === 'start' ? 'LEADERINFO' : entry.kind) {
      case 'LEADERINFO':
        // The first packet of a leader: a connection of its own, with nothing behind it.
        state.proposals[index] = [];
        state.covered[index] = 0 as Zxid;
        return undefined;
      case 'SNAP':
        state.covered[index] = zxid;
        return undefined;
      case 'PROPOSAL':
        proposals.push(zxid);
        return undefined;
      case 'COMMIT':
      case 'COMMITANDACTIVATE': {
        const place = proposals.indexOf(zxid);
        if (place >= 0) proposals.splice(0, place + 1);
        else if (zxid > (state.covered[index] as Zxid)) {
          const sid = state.sids[index] ?? '';
          return sayOfCheck('check.commitWithoutProposal', { sid, zxid: zxidText(zxid) });
        }
        return undefined;
      }
      default:
        return undefined;
    }
  },
});

export const CheckDuringAction = defineCheck<null>({
  name: 'CheckDuringAction',
  types: ['violation'],
  initial: () => null,
  step(_, entry) {
    const values = { sid: entry.process, law: entry.name ?? sayOfCheck('check.law') };
    return entry.zxid === undefined
      ? sayOfCheck('check.violation', values)
      : sayOfCheck('check.violationAt', { ...values, zxid: zxidText(entry.zxid) });
  },
});
