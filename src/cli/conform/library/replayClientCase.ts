/** Replays a case of the Java client through the engine's client library. */
import { clientName, serverName } from '../../../bridge/names';
import type { ClientState } from '../../../engine/client/clientState';
import { statedOf } from '../../../engine/client/library/cnxnState';
import type { LibraryRecord } from '../../../engine/client/libraryCalls';
import type { Item, OracleOp } from '../case/caseFile';
import { show } from '../case/caseFile';
import { missingSettings, settingsOf } from '../case/settings';
import { differenceText } from '../compare/compareItems';
import { type Bench, command, NotFinished, wait, waitFor } from '../replay/bench';
import { awaitRecovery, awaitServing, startServers, upServers } from '../replay/ensemble';
import type { Outcome } from '../replay/replayCase';
import { startEnsemble, STEADY } from '../replay/startEnsemble';
import { isAttached } from './attached';
import { whatBroke } from '../replay/whatBroke';
import type { ClientCase, ClientObserved, ClientStep } from './clientCaseFile';
import { compareClientStep } from './compareClientStep';
import { callbackErr, eventForm, libraryAction, resultForm, sortRuns } from './libraryForm';

/** How long a call may take, ms of virtual time. */
const CALL_MS = 60_000;
const CONNECT_MS = 30_000;
const NOTICED_MS = 5_000;
/** What a step leads to elsewhere has happened by then, and no pause before a new connect is over. */
const SETTLE_MS = 20;

/** What the recorder gave every server: no limit to the connections of an address. */
const RECORDER = { maxClientCnxns: 0 };

const NO_PATH = { op: 'exists', path: null, watch: false } as const;

interface Session {
  readonly name: string;
  readonly letter: string;
  calls: number;
  /** How many of its records were taken. */
  read: number;
}

interface Replay {
  readonly bench: Bench;
  /** In the order of opening. */
  readonly sessions: Session[];
}

export function replayClientCase(file: ClientCase): Outcome {
  const needs = missingSettings(file.config);
  if (needs.length > 0) return { type: 'skipped', needs };
  let where = 'start';
  try {
    const bench = startEnsemble(file.ensemble, settingsOf(file.config, RECORDER), STEADY);
    const replay: Replay = { bench, sessions: [] };
    for (const [k, step] of file.steps.entries()) {
      where = stepName(k, step);
      const difference = compareClientStep(step.observed, carryOut(replay, step));
      if (difference !== undefined) {
        return { type: 'failed', where, why: differenceText(difference) };
      }
    }
    return { type: 'passed' };
  } catch (error) {
    // The edge of a case: a step that does not end, or a law of the engine that broke, is its failure.
    const why = error instanceof NotFinished ? error.message : `engine: ${whatBroke(error)}`;
    return { type: 'failed', where, why };
  }
}

function stepName(k: number, step: ClientStep): string {
  const words = [step.do, step.session ?? step.server, step.op?.op, step.op?.path];
  return `step ${k} (${words.filter((word) => word !== undefined).join(' ')})`;
}

function carryOut(replay: Replay, step: ClientStep): ClientObserved {
  const { bench } = replay;
  switch (step.do) {
    case 'open':
      return { result: open(replay, step), ...eventsNow(replay) };
    case 'state':
      return {
        result: { clientState: statedOf(stateOf(replay, sessionOf(replay, step)).cnxn), err: 'OK' },
      };
    case 'call': {
      const session = sessionOf(replay, step);
      const op = step.op as OracleOp;
      const outcome = awaitResult(replay, session, start(replay, session, op, false), op);
      return { result: resultForm(op, outcome, bench.names), ...eventsNow(replay) };
    }
    case 'async':
      return { result: { err: 'OK' }, sequence: callAll(replay, step) };
    case 'close': {
      const session = sessionOf(replay, step);
      const call = order(replay, session, (n) => ({ type: 'close', call: n }));
      awaitResult(replay, session, call, { op: 'close' });
      const { cnxn } = stateOf(replay, session);
      return { result: { clientState: cnxn.state, err: 'OK' }, ...eventsNow(replay) };
    }
    case 'kill':
      kill(replay, step.server ?? 0);
      return eventsNow(replay);
    case 'start':
      startServers(bench, [step.server ?? 0]);
      awaitServing(bench, [step.server ?? 0]);
      awaitReconnects(replay, step);
      return eventsNow(replay);
    case 'wait':
      wait(bench, step.ms ?? 0);
      return eventsNow(replay);
  }
}

/* ---- sessions ---- */

function open(replay: Replay, step: ClientStep): Item {
  const { bench, sessions } = replay;
  const letter = String.fromCharCode('a'.charCodeAt(0) + sessions.length);
  const session: Session = { name: step.session ?? '', letter, calls: 0, read: 0 };
  sessions.push(session);
  command(bench, {
    type: 'client',
    letter,
    hosts: [...(step.servers ?? [])],
    timeoutMs: step.timeout,
    ...(step.chroot === undefined ? {} : { chroot: step.chroot }),
    ...(step.readOnly === undefined ? {} : { readOnly: step.readOnly }),
  });
  // A call that the library refuses by itself: from now on the process keeps records.
  order(replay, session, (call) => ({ type: 'call', call, body: NO_PATH }));
  waitFor(bench, CONNECT_MS, () => isConnected(replay, session));
  const { cnxn } = stateOf(replay, session);
  bench.names.sessions.set(cnxn.sessionId, session.name);
  return { clientState: cnxn.state, err: 'OK' };
}

/** The newest session of that name. */
function sessionOf(replay: Replay, step: ClientStep): Session {
  const session = [...replay.sessions].reverse().find(({ name }) => name === step.session);
  if (session === undefined) throw new NotFinished(`no session ${step.session} was opened`);
  return session;
}

function stateOf({ bench }: Replay, session: Session): ClientState {
  const shell = bench.run.shells[clientName(session.letter)];
  if (shell?.state.machine === undefined) {
    throw new NotFinished(`the client of session ${session.name} has ended`);
  }
  return shell.state.machine as ClientState;
}

function isConnected(replay: Replay, session: Session): boolean {
  const { bench } = replay;
  if (bench.run.shells[clientName(session.letter)]?.state.machine === undefined) return false;
  return stateOf(replay, session).cnxn.state.startsWith('CONNECTED');
}

/** Until every session that was there has noticed: the library takes a moment before it says so. */
function kill(replay: Replay, sid: number): void {
  const { bench, sessions } = replay;
  const isEnough = upServers(bench).length - 1 > bench.servers.size / 2;
  // Servers without a quorum stop serving, and drop their clients.
  const isConcerned = (session: Session) =>
    !isEnough || stateOf(replay, session).cnxn.server === sid;
  const concerned = sessions.filter(
    (session) => isConnected(replay, session) && isConcerned(session),
  );
  command(bench, { type: 'crash', process: serverName(sid) });
  bench.servers.set(sid, 'down');
  waitFor(bench, NOTICED_MS, () =>
    concerned.every((session) => !isAttached(stateOf(replay, session).cnxn)),
  );
  awaitRecovery(bench);
}

function awaitReconnects(replay: Replay, step: ClientStep): void {
  const waited = replay.sessions.filter(({ name }) => step.reconnects?.includes(name) === true);
  const done = () => waited.every((session) => isConnected(replay, session));
  if (!waitFor(replay.bench, CONNECT_MS, done)) {
    throw new NotFinished(`session ${step.reconnects?.join(', ')} does not connect again`);
  }
}

/* ---- calls ---- */

type Numbered = (call: number) => ReturnType<typeof libraryAction>;

function order({ bench }: Replay, session: Session, action: Numbered): number {
  const call = session.calls;
  session.calls += 1;
  command(bench, { type: 'library', letter: session.letter, action: action(call) });
  return call;
}

function start(replay: Replay, session: Session, op: OracleOp, isAsync: boolean): number {
  return order(replay, session, (call) => libraryAction(op, call, isAsync));
}

type Result = Extract<LibraryRecord, { type: 'result' }>;

function resultOf(replay: Replay, session: Session, call: number): Result | undefined {
  const { records } = stateOf(replay, session).library;
  return records.find((one): one is Result => one.type === 'result' && one.call === call);
}

function awaitResult(replay: Replay, session: Session, call: number, op: OracleOp): Result {
  waitFor(replay.bench, CALL_MS, () => resultOf(replay, session, call) !== undefined);
  const result = resultOf(replay, session, call);
  if (result === undefined) throw new NotFinished(`no answer to ${show(op)}`);
  return result;
}

/** All are started at once; then callbacks and events in the order in which they were delivered. */
function callAll(replay: Replay, step: ClientStep): Item[] {
  const session = sessionOf(replay, step);
  const ops = step.ops ?? [];
  const calls = ops.map((op) => start(replay, session, op, true));
  for (const [k, call] of calls.entries()) {
    awaitResult(replay, session, call, ops[k] as OracleOp);
  }
  wait(replay.bench, SETTLE_MS);
  const taken = replay.sessions.flatMap((one) =>
    take(replay, one).map((record) => ({
      at: record.at,
      item: deliveredForm(record, one, calls, ops),
    })),
  );
  // Stable: what one session was told stays in its order.
  taken.sort((a, b) => a.at - b.at);
  return sortRuns(taken.map(({ item }) => item));
}

function deliveredForm(
  record: LibraryRecord,
  session: Session,
  calls: readonly number[],
  ops: readonly OracleOp[],
): Item {
  if (record.type === 'event') return { ...eventForm(record), session: session.name };
  const k = calls.indexOf(record.call);
  const op = ops[k];
  const err = callbackErr(op, record);
  return { callback: k, op: op?.op, err, path: op?.path ?? null, session: session.name };
}

/* ---- what was heard ---- */

/** Once all that the step leads to has happened. */
function eventsNow(replay: Replay): ClientObserved {
  wait(replay.bench, SETTLE_MS);
  const events: Record<string, Item[]> = {};
  for (const session of replay.sessions) {
    const own = take(replay, session).flatMap((one) =>
      one.type === 'event' ? [eventForm(one)] : [],
    );
    if (own.length > 0) events[session.name] = sortRuns(own);
  }
  return Object.keys(events).length > 0 ? { events } : {};
}

function take(replay: Replay, session: Session): LibraryRecord[] {
  const { records } = stateOf(replay, session).library;
  const taken = records.slice(session.read);
  session.read = records.length;
  return taken;
}
