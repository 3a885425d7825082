/** One replay of a case: step by step, each compared with what was recorded. */
import { settingsOf } from '../case/settings';
import type { Bench } from './bench';
import { NotFinished, ownerOfProbe } from './bench';
import { highestZxid, leaderOf, modes, settle } from './ensemble';
import { type Pace, startEnsemble } from './startEnsemble';
import type { OracleCase, OracleMessage, RecordedLinks, Step } from '../case/caseFile';
import type { Difference } from '../compare/compareItems';
import {
  compareFields,
  compareObserved,
  compareTree,
  compareValue,
  differenceText,
} from '../compare/compareItems';
import { checkProperty } from '../compare/concurrentProperty';
import { checkLaws, isLaw, type LawState, newLawState } from '../flow/laws';
import { compareLinks, type FlowView, isOfElection } from '../flow/links';
import { messagesOf } from '../flow/messages';
import { takeLog } from './engineView';
import { carryOut } from './steps';
import { zxidPair } from '../case/values';
import { whatBroke } from './whatBroke';

/** Where one replay first differed, and in what. */
export interface Found {
  readonly where: string;
  readonly why: string;
  /** `election`: in who told whom which vote, and nowhere else. `engine`: a law is broken. */
  readonly kind: 'election' | 'recording' | 'engine';
}

/**
 * Replays the case once. Undefined when everything came out as recorded; the links of elections
 * count only `withElections`.
 */
export function replayOnce(
  file: OracleCase,
  pace: Pace,
  withElections: boolean,
): Found | undefined {
  let where = 'start';
  const told = (found: Difference): Found => {
    const kind = isLaw(found) ? 'engine' : isOfElection(found) ? 'election' : 'recording';
    return { where, why: differenceText(found), kind };
  };
  try {
    const replay = begin(file, pace, withElections);
    const difference = compareInitial(file, replay);
    if (difference !== undefined) return told(difference);
    for (const [k, step] of file.steps.entries()) {
      where = stepName(k, step);
      const found = replayStep(replay, step);
      if (found !== undefined) return told(found);
    }
    return undefined;
  } catch (error) {
    // The edge of a case: a step that does not end, or a law of the engine that broke, is its failure.
    if (error instanceof NotFinished) return { where, why: error.message, kind: 'recording' };
    return { where, why: `engine: ${whatBroke(error)}`, kind: 'engine' };
  }
}

/** What the recorder gave every server: no limit to the connections of an address. */
const RECORDER = { maxClientCnxns: 0 };

interface Replay {
  readonly bench: Bench;
  /** What a flow asserts of messages; undefined for a case. */
  readonly flow?: Flow;
}

interface Flow extends FlowView {
  readonly laws: LawState;
}

function stepName(k: number, step: Step): string {
  const what =
    step.op?.op ??
    step.ops
      ?.map((op) => op.op)
      .join(',')
      .slice(0, 60);
  const whom = step.session ?? step.server;
  const words = [step.do, whom, what, step.op?.path].filter((word) => word !== undefined);
  return `step ${k} (${words.join(' ')})`;
}

/* ---- the start ---- */

function begin(file: OracleCase, pace: Pace, withElections: boolean): Replay {
  const bench = startEnsemble(file.ensemble, settingsOf(file.config, RECORDER), pace);
  return { bench, flow: flowOf(file, withElections) };
}

function flowOf(file: OracleCase, withElections: boolean): Flow | undefined {
  if (file.format !== 'zk-oracle-flow/1') return undefined;
  const messages = [file.initial, ...file.steps].flatMap((part) => part.messages ?? []);
  const channels = new Set(['quorum', ...messages.map((message) => message.channel)]);
  if (!withElections) channels.delete('election');
  return {
    channels,
    hasPings: messages.some((message) => message.type === 'PING'),
    newest: new Map(),
    laws: newLawState(file.ensemble),
  };
}

function compareInitial(file: OracleCase, replay: Replay): Difference | undefined {
  const { bench } = replay;
  const zxid = highestZxid(bench);
  return (
    compareValue(file.initial.leader, leaderOf(bench) ?? null, 'leader') ??
    compareValue(file.initial.servers, modes(bench), 'servers') ??
    compareValue(file.initial.zxid, zxid === undefined ? null : zxidPair(zxid), 'zxid') ??
    compareMessages(replay, file.initial)
  );
}

/* ---- a step ---- */

function replayStep(replay: Replay, step: Step): Difference | undefined {
  const { bench } = replay;
  const result = carryOut(bench, step);
  const observed = settle(bench);
  const difference =
    step.do === 'concurrent'
      ? checkConcurrent(step, observed)
      : compareObserved(step.observed ?? {}, observed, step.hashOrder, step.example);
  if (difference !== undefined) return difference;
  if (step.servers !== undefined && result.servers !== undefined) {
    const servers = compareValue(step.servers, result.servers, 'servers');
    if (servers !== undefined) return servers;
  }
  if (step.result !== undefined) {
    const word = compareFields(step.result, result.word, 'result');
    if (word !== undefined) return word;
  }
  if (step.tree !== undefined) {
    const tree = compareTree(step.tree, result.tree ?? {});
    if (tree !== undefined) return tree;
  }
  if (step.zxid !== undefined) {
    const zxid = highestZxid(bench);
    const got = zxid === undefined ? null : zxidPair(zxid);
    const zxids = compareValue(step.zxid, got, 'zxid');
    if (zxids !== undefined) return zxids;
  }
  return compareMessages(replay, step);
}

function checkConcurrent(step: Step, observed: Parameters<typeof checkProperty>[2]) {
  const requests = Object.values(step.requests ?? {}).reduce((sum, ops) => sum + ops.length, 0);
  return checkProperty(step.property ?? { kind: 'all-ok' }, requests, observed);
}

/** The laws hold in every step; the links are compared where they were recorded. */
function compareMessages(
  replay: Replay,
  part: RecordedLinks & { readonly nocapture?: boolean },
): Difference | undefined {
  const { bench, flow } = replay;
  const messages = takeMessages(bench);
  if (flow === undefined) return undefined;
  const broken = checkLaws(flow.laws, messages);
  if (broken !== undefined) return broken;
  return compareLinks(part.nocapture === true ? {} : part, messages, flow);
}

function takeMessages(bench: Bench): OracleMessage[] {
  return messagesOf(takeLog(bench.log), bench.names, (probe) => ownerOfProbe(bench, probe));
}
