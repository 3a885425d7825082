/** What the cards say in a sentence: keys of the catalogue with their values, from the state alone. */
import type { MasterSection } from '../../../../bridge/app';
import type { Frame, ProcessView } from '../../../../bridge/frame';
import { shortName } from '../../../../bridge/names';
import type { Zxid } from '../../../../zk/ids';
import { zxidShort } from '../../../parts/requestText';
import { sectionOf } from '../../../parts/sections';
import { type AppHistory, lastAt, pauseOf } from './history';
import { shortTask, shortWorker } from '../../../../bridge/taskData';
import { beliefOf, type Belief, leftOf, membershipOf, type Truth } from './truth';

export interface Words {
  key: string;
  values?: Readonly<Record<string, string | number>>;
}

/** A pause that is longer over than this is told no more, ms. */
const PAST_MS = 30_000;

/** One decimal of seconds. */
export function seconds(ms: number): string {
  return (ms / 1000).toFixed(1);
}

/** A token as it is: a small number, or a zxid in short. */
export function tokenText(token: number): string {
  return token < 2 ** 32 ? String(token) : zxidShort(token as Zxid);
}

/** “I am the master.” and its like. */
export function saidOf(master: MasterSection): Words {
  if (master.believes) {
    return master.token === undefined
      ? { key: 'application.said.master' }
      : { key: 'application.said.masterToken', values: { token: tokenText(master.token) } };
  }
  return { key: `application.said.${master.state}` };
}

/** Why things stand with a master as they do: at most two sentences. */
export function masterSentences(
  frame: Frame,
  process: ProcessView,
  truth: Truth,
  history: AppHistory,
): Words[] {
  const belief = beliefOf(frame, process, truth);
  const outside = standstill(frame, process, history);
  if (process.status === 'down')
    return [outside, lives(frame, process, truth, belief.holder)].filter(isThere);
  const master = sectionOf(process, 'master', 'master');
  if (master === undefined) return [{ key: 'application.starts' }];
  if (process.status === 'paused') return [outside, sessionWords(belief)].filter(isThere);
  const why = belief.verdict === 'wrong' ? wrongWords(master, belief) : undefined;
  if (why !== undefined) return [outside, why].filter(isThere);
  return [workWords(master, belief, frame, process, history)];
}

const isThere = (words: Words | undefined): words is Words => words !== undefined;

/** Crashed, stands still, or stood still not long ago. */
function standstill(frame: Frame, process: ProcessView, history: AppHistory): Words | undefined {
  if (process.status === 'down') {
    if (process.exit !== undefined) return { key: 'application.exited' };
    const crash = lastAt(history.moments[process.name], frame.at, ({ what }) => what === 'crash');
    return crash === undefined
      ? { key: 'application.down' }
      : { key: 'application.crashed', values: { s: seconds((frame.at - crash.at) / 1000) } };
  }
  const pause = pauseOf(history, process.name, frame.at);
  if (pause === undefined) return undefined;
  if (!pause.isOver) return { key: 'application.paused', values: { s: seconds(pause.ms) } };
  if (pause.overSince > PAST_MS) return undefined;
  return { key: 'application.wasPaused', values: { s: seconds(pause.ms) } };
}

/** The dead master's ephemeral outlives it. */
function lives(
  frame: Frame,
  process: ProcessView,
  truth: Truth,
  holder: Belief['holder'],
): Words | undefined {
  if (holder === undefined || holder.id !== shortName(process.name)) return undefined;
  const left = leftOf(frame, truth, holder.sessionId);
  return left === undefined
    ? undefined
    : { key: 'application.masterStays', values: { id: holder.id, s: seconds(left / 1000) } };
}

function sessionWords({ session }: Belief): Words | undefined {
  return session === 'gone' || session === 'closing'
    ? { key: 'application.sessionGone' }
    : undefined;
}

function wrongWords(master: MasterSection, { session, holder, isHolder }: Belief): Words {
  if (!master.believes) {
    return isHolder ? { key: 'application.unaware' } : { key: 'application.vanished' };
  }
  if (session === 'gone' || session === 'closing') return { key: 'application.notHeard' };
  if (holder === undefined) return { key: 'application.nobodyHolds' };
  return { key: 'application.othersHolds', values: { id: holder.id } };
}

function workWords(
  master: MasterSection,
  belief: Belief,
  frame: Frame,
  process: ProcessView,
  history: AppHistory,
): Words {
  if (!master.believes) {
    const { holder } = belief;
    return master.state === 'NOTELECTED' && holder !== undefined
      ? { key: 'application.waitsFor', values: { id: holder.id } }
      : { key: `application.does.${master.state}` };
  }
  if (master.phase !== null && master.phase !== 'steady') {
    return { key: `application.phase.${master.phase}` };
  }
  const [doing] = master.doing;
  if (doing !== undefined) {
    return {
      key: `application.doing.${doing.what}`,
      values: { task: shortTask(doing.task), worker: shortWorker(doing.worker ?? '') },
    };
  }
  if (master.pending.length > 0) {
    return { key: 'application.pending', values: { count: master.pending.length } };
  }
  return tookOver(master, frame, process, history) ?? knows(master);
}

function knows({ workers }: MasterSection): Words {
  return { key: 'application.knows', values: { count: workers.length } };
}

/** What the last takeover did, until it has given out a task since. */
function tookOver(
  _master: MasterSection,
  frame: Frame,
  process: ProcessView,
  history: AppHistory,
): Words | undefined {
  const words = history.words[process.name];
  const elected = lastAt(
    words,
    frame.at,
    ({ name, detail }) => name === 'masterState' && detail['state'] === 'ELECTED',
  );
  if (words === undefined || elected === undefined) return undefined;
  const since = words.filter(({ at }) => at >= elected.at && at <= frame.at);
  const back = since.filter(({ name }) => name === 'requeued').map(({ detail }) => detail['task']);
  if (back.length === 0) return undefined;
  const names = [...new Set(back.map((task) => shortTask(String(task))))];
  return {
    key: 'application.tookBack',
    values: { tasks: names.slice(0, 3).join(', '), count: names.length },
  };
}

/** What there is to say of a worker besides its task. */
export function workerSentences(
  frame: Frame,
  process: ProcessView,
  truth: Truth,
  history: AppHistory,
): Words[] {
  const membership = membershipOf(process, truth);
  const outside = standstill(frame, process, history);
  if (process.status === 'down') {
    const left =
      membership.owner === undefined ? undefined : leftOf(frame, truth, membership.owner);
    const stays: Words | undefined =
      left === undefined
        ? undefined
        : { key: 'application.workerStays', values: { s: seconds(left / 1000) } };
    return [outside, stays].filter(isThere);
  }
  if (membership.isWrong) return [outside, { key: 'application.workerGone' }].filter(isThere);
  if (process.status === 'paused') return [outside].filter(isThere);
  return [];
}
