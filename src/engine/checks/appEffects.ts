/**
 * What the application does outside ZooKeeper: at the storage, or without one in the worker itself.
 *
 * Source: reference master-worker, delivery semantics (no duplicate effect; tokens accepted by the
 * resource never decrease).
 */
import type { AppTrace } from '../../bridge/app';
import { sayOfCheck } from '../../bridge/sentences/checks';
import type { Said } from '../../bridge/sentences/sentence';
import { defineCheck } from './defineCheck';

interface Effects {
  /** By submission of the kind `once`: who has done it. */
  done: Record<string, string>;
  /** By worker: the effect it asked for last, and the event of that. */
  asked: Record<string, { submission: string; event: number | undefined }>;
}

/**
 * A submission that must not run twice takes effect once. The key is the submission, not the task, so
 * that one which was submitted twice by accident shows; a task written by hand has only its name.
 */
export const NoDuplicateEffect = defineCheck<Effects>({
  name: 'NoDuplicateEffect',
  isOfApp: true,
  types: ['app'],
  initial: () => ({ done: {}, asked: {} }),
  step(state, { name, detail, process, cause }) {
    if (name === 'stored') {
      const { by, what, key, kind, outcome } = detail as AppTrace['stored'];
      const isOnce = what === 'effect' && kind === 'once' && outcome === 'accepted';
      return isOnce ? note(state, key, `worker ${by}`) : undefined;
    }
    if (name === 'effect') {
      const { task, submission, kind } = detail as AppTrace['effect'];
      delete state.asked[process];
      if (kind === 'once') {
        state.asked[process] = { submission: submission === '' ? task : submission, event: cause };
      }
    } else if (name === 'executed') {
      const asked = state.asked[process];
      delete state.asked[process];
      // In one event: no storage was asked. With one its answer is an event of its own.
      if (asked !== undefined && asked.event === cause) {
        return note(state, asked.submission, process);
      }
    }
    return undefined;
  },
});

function note({ done }: Effects, submission: string, by: string): Said | undefined {
  const first = done[submission];
  if (first !== undefined) return sayOfCheck('check.effectTwice', { submission, first, by });
  done[submission] = by;
  return undefined;
}

/** What a storage lets in: for each key, tokens that never decrease. Without fencing nothing sees to it. */
export const TokensNeverDecrease = defineCheck<{ greatest: Record<string, number> }>({
  name: 'TokensNeverDecrease',
  isOfApp: true,
  types: ['app'],
  initial: () => ({ greatest: {} }),
  step(state, { name, detail, process }) {
    if (name !== 'stored') return undefined;
    const { key, token, outcome } = detail as AppTrace['stored'];
    if (outcome !== 'accepted') return undefined;
    const place = `${process} ${key}`;
    const before = state.greatest[place];
    if (before !== undefined && token < before) {
      return sayOfCheck('check.tokenFalls', { storage: process, key, token, before });
    }
    state.greatest[place] = token;
    return undefined;
  },
});
