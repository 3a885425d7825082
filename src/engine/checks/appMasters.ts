/**
 * Who is master: by the znode, which is true, and by what processes believe, which need not be.
 *
 * Source: reference master-worker, delivery semantics (at most one master with a live session as the
 * leader sees it; how many processes believe that they are master is not guaranteed).
 */
import type { AppTrace } from '../../bridge/app';
import { sayOfCheck } from '../../bridge/sentences/checks';
import type { SessionId } from '../../zk/ids';
import { type AppTree, followTree, initialTree, TREE_TYPES } from './appTree';
import { defineCheck } from './defineCheck';

interface Owners {
  tree: AppTree;
  /** Live sessions that have created /master, which has not been deleted since. */
  owners: SessionId[];
}

export const OneLiveMaster = defineCheck<Owners>({
  name: 'OneLiveMaster',
  isOfApp: true,
  types: TREE_TYPES,
  initial: ({ sids }) => ({ tree: initialTree(sids), owners: [] }),
  step(state, entry, server) {
    for (const { what, path, sessionId, isEphemeral } of followTree(state.tree, entry, server)) {
      if (what === 'close') {
        state.owners = state.owners.filter((owner) => owner !== sessionId);
      } else if (path === '/master') {
        const [a] = state.owners;
        if (what === 'delete') state.owners = [];
        else if (a !== undefined) return sayOfCheck('check.twoMasters', { a, b: sessionId });
        else if (isEphemeral) state.owners.push(sessionId);
      }
    }
    return undefined;
  },
});

/** No law: while a master is cut off or paused, two believe it in every design. */
export const ProcessesThatBelieve = defineCheck<{ believers: Record<string, true> }>({
  name: 'ProcessesThatBelieve',
  isOfApp: true,
  types: ['app', 'start', 'exit', 'command'],
  initial: () => ({ believers: {} }),
  step({ believers }, { type, name, detail, process }) {
    if (type === 'command' && name !== 'crash') return undefined;
    if (type !== 'app') delete believers[process];
    else if (name === 'masterState') {
      if ((detail as AppTrace['masterState']).state === 'ELECTED') believers[process] = true;
      else delete believers[process];
    }
    return undefined;
  },
  count: ({ believers }) => Object.keys(believers).length,
});
