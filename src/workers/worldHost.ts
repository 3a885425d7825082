/**
 * Answers the page's questions (bridge/host.ts): keeps one run live in workers,
 * its trace, and a shadow for looking back. One question at a time, in order.
 */
import type { Check } from '../bridge/check';
import type { Command } from '../bridge/command';
import type { Frame } from '../bridge/frame';
import type { Answer, Question } from '../bridge/host';
import type { ProcessName } from '../bridge/names';
import type { Recording, WorldConfig } from '../bridge/recording';
import { checkCondition } from '../bridge/conditionSchema';
import { checkCommand, checkConfig, checkRecording, type Parsed } from '../bridge/recordingSchema';
import { sayOfHost } from '../bridge/sentences/host';
import { asSaid, type Said } from '../bridge/sentences/sentence';
import type { ZnodesPage, ZnodesWish } from '../bridge/znodeViews';
import {
  recordingOfWorld,
  ReplayError,
  replayInto,
  startRun,
  stateOf,
} from '../engine/world/driver';
import type { MachineTable } from '../engine/world/machineTable';
import { znodesOf } from '../engine/world/processShell';
import { fingerprintOf } from '../engine/world/worldFrame';
import {
  adoptAsync,
  type AsyncOptions,
  type AsyncRun,
  endAsync,
  EngineError,
  frameAsync,
  orderAsync,
  startAsync,
  znodesAsync,
} from './asyncDriver';
import { goOn, goOnStopping } from './goOn';
import { passedTo } from './lookBack';
import type { ProcessPort } from './processPort';
import {
  type Followed,
  followLive,
  frameAt,
  type Mark,
  type Shadow,
  shellAt,
  startShadow,
} from './shadow';
import { emptyTrace, keepTrace, traceBetween, type TraceStore, untold } from './traceStore';

/** A mark each so many events, at least. */
const MARK_STRIDE = 200;
/** No question for so long: the shadow goes after the live run, for so long at a time. */
const IDLE_MS = 200;
const FOLLOW_MS = 25;

export interface HostOptions {
  /** For running again in this thread. They are most of the code, and come when somebody first looks back. */
  loadMachines: () => Promise<MachineTable>;
  checks: readonly Check[];
  openPort: (name: ProcessName) => ProcessPort;
}

interface Session {
  run: AsyncRun;
  trace: TraceStore;
  marks: Mark[];
  /** Made when it is first needed. */
  shadow: Promise<Shadow> | undefined;
  readonly options: HostOptions;
  /** Set while looking back: the event that is shown. */
  lookingAt?: number;
  /** Following in idle time broke; looking back still says where. */
  cannotFollow?: boolean;
}

/** Returns the function that answers; questions may overlap. */
export function createHost(options: HostOptions): (question: Question) => Promise<Answer> {
  let session: Session | undefined;
  let busy: Promise<unknown> = Promise.resolve();

  const handle = async (question: Question): Promise<Answer> => {
    const wrong = wrongInput(question);
    if (wrong !== undefined) return wrong;
    if (question.type === 'open' || question.type === 'openRecording') {
      const opened =
        question.type === 'open'
          ? openConfig(options, question.config)
          : await openRecording(options, question.recording);
      if ('message' in opened) return { type: 'error', ...opened };
      if (session !== undefined) endAsync(session.run);
      session = opened;
      return liveFrame(session);
    }
    if (session === undefined) return refusal(sayOfHost('host.nothingOpen'));
    return answerIn(session, question);
  };

  let idle: ReturnType<typeof setTimeout> | undefined;
  const rest = (ms: number): void => {
    clearTimeout(idle);
    idle = setTimeout(() => {
      const busyNow = busy;
      if (session === undefined) return;
      void followInIdleTime(session, () => busy !== busyNow).then((isMore) => {
        if (isMore && busy === busyNow) rest(0);
      });
    }, ms);
  };

  return (question) => {
    clearTimeout(idle);
    const answer = busy.then(() => handle(question)).catch(failure);
    busy = answer;
    const after = () => {
      if (busy === answer) rest(IDLE_MS);
    };
    answer.then(after);
    return answer;
  };
}

function answerIn(session: Session, question: Question): Answer | Promise<Answer> {
  switch (question.type) {
    case 'advance':
      return advance(session, question);
    case 'command':
      return command(session, question.command);
    case 'seek':
      return seek(session, question.event);
    case 'trace': {
      const found = traceBetween(session.trace, question.from, question.to);
      if ('sentence' in found) return refusal(found, `event ${question.from}`);
      return { type: 'trace', trace: found };
    }
    case 'znodes':
      return znodes(session, question.server, question.wish);
    case 'recording':
      return { type: 'recording', recording: recordingOfWorld(session.run.world) };
    default:
      return refusal(sayOfHost('host.noQuestion', { type: question.type }));
  }
}

/** At the event that is shown: the live server's own, or its shadow's. */
async function znodes(session: Session, server: ProcessName, wish: ZnodesWish): Promise<Answer> {
  const page =
    session.lookingAt === undefined
      ? await znodesAsync(session.run, server, wish)
      : await znodesThen(session, session.lookingAt, server, wish);
  return page === undefined
    ? refusal(sayOfHost('host.noServer', { server }), 'server')
    : { type: 'znodes', page };
}

async function znodesThen(
  session: Session,
  event: number,
  server: ProcessName,
  wish: ZnodesWish,
): Promise<ZnodesPage | undefined> {
  const shell = shellAt(await shadowOf(session), followed(session), event, server);
  return shell && znodesOf(shell, wish);
}

/** Configurations, recordings and orders may come from a file or the browser's console. */
function wrongInput(question: Question): Answer | undefined {
  let found: Parsed<unknown>;
  if (question.type === 'open') found = checkConfig(question.config);
  else if (question.type === 'openRecording') found = checkRecording(question.recording);
  else if (question.type === 'command') found = checkCommand(question.command);
  else if (question.type === 'advance' && question.goal.type === 'condition')
    found = checkCondition(question.goal.condition);
  else if (question.type === 'advance' && question.stopAt !== undefined)
    found = checkCondition(question.stopAt.condition);
  else return undefined;
  if (!('problem' in found)) return undefined;
  const { place } = found.problem;
  return refusal(sayOfHost('host.unreadable', { problem: asSaid(found.problem), place }), place);
}

function refusal(said: Said, place?: string): Answer {
  return place === undefined ? { type: 'error', ...said } : { type: 'error', ...said, place };
}

/** The worker's edge: what broke becomes an answer, and the next question is heard. */
function failure(error: unknown): Answer {
  if (error instanceof EngineError) return refusal(error.said);
  const problem = error instanceof Error ? error.message : String(error);
  return refusal(sayOfHost('host.engineFailed', { problem }));
}

type Opened = Session | (Said & { place: string });

function openConfig(options: HostOptions, config: WorldConfig): Opened {
  const kept = emptyRecords();
  const run = startAsync(config, asyncOptions(options, kept));
  return { run, ...kept, shadow: undefined, options };
}

/** Runs it again in this thread; only then, and only if it comes to the same, workers go on from there. */
async function openRecording(options: HostOptions, recording: Recording): Promise<Opened> {
  const { config, fingerprint, events, engine } = recording;
  const kept = emptyRecords();
  const run = startRun(config, await options.loadMachines(), {
    project: true,
    checks: options.checks,
    onTrace: (entries) => keepTrace(kept.trace, entries),
  });
  try {
    replayInto(run, recording);
  } catch (error) {
    if (!(error instanceof ReplayError)) throw error;
    return { ...sayOfHost('host.cannotFollow', { problem: error.said }), place: 'commands' };
  }
  const found = fingerprintOf(run.world);
  if (found !== fingerprint) {
    const values = { engine, events, fingerprint, found };
    return { ...sayOfHost('host.otherEngine', values), place: 'fingerprint' };
  }
  const live = adoptAsync(stateOf(run), asyncOptions(options, kept));
  return { run: live, ...kept, shadow: undefined, options };
}

type Records = Pick<Session, 'trace' | 'marks'>;

function emptyRecords(): Records {
  return { trace: emptyTrace(), marks: [] };
}

function asyncOptions(options: HostOptions, { trace, marks }: Records): AsyncOptions {
  return {
    openPort: options.openPort,
    checks: options.checks,
    onTrace: (entries) => keepTrace(trace, entries),
    onWindow: ({ commands, events }, below) => {
      const last = marks[marks.length - 1];
      if (last !== undefined && events - last.events < MARK_STRIDE) return;
      marks.push({ commands: commands.length, below, events });
    },
  };
}

type FrameAnswer = Extract<Answer, { type: 'frame' }>;

async function liveFrame(session: Session): Promise<FrameAnswer> {
  const frame = await frameAsync(session.run);
  return { type: 'frame', frame, trace: untold(session.trace) };
}

function followed({ run, marks }: Session): Followed {
  const { config, commands } = run.world;
  return { config, commands, marks };
}

function shadowOf(session: Session): Promise<Shadow> {
  const { options, run } = session;
  session.shadow ??= options
    .loadMachines()
    .then((machines) => startShadow(run.world.config, machines, options.checks));
  return session.shadow;
}

async function shadowFrame(session: Session, event: number): Promise<Frame> {
  const frame = frameAt(await shadowOf(session), followed(session), event);
  return { ...frame, lastEvent: session.run.world.events };
}

/**
 * True when there is more to do. While one looks back the shadow stays where it is needed; when somebody asks
 * before it could begin (`isLate`), it lets them go first.
 */
async function followInIdleTime(session: Session, isLate: () => boolean): Promise<boolean> {
  const { lookingAt, run } = session;
  if (lookingAt !== undefined || run.failure !== undefined || session.cannotFollow) return false;
  try {
    const shadow = await shadowOf(session);
    if (isLate()) return false;
    return !followLive(shadow, followed(session), run.world.events, FOLLOW_MS);
  } catch {
    // Nobody asked; what broke will break again, and be said, when somebody looks there.
    session.cannotFollow = true;
    return false;
  }
}

/** At the newest event the live run itself is shown. */
async function seek(session: Session, event: number): Promise<Answer> {
  const newest = session.run.world.events;
  if (!Number.isInteger(event) || event < 0 || event > newest) {
    return refusal(sayOfHost('host.noEvent', { event, newest }), 'event');
  }
  if (event === newest) {
    session.lookingAt = undefined;
    return liveFrame(session);
  }
  const frame = await shadowFrame(session, event);
  session.lookingAt = event;
  return { type: 'frame', frame, trace: [] };
}

async function command(session: Session, order: Command): Promise<Answer> {
  const error = await orderAsync(session.run, order);
  if (error !== undefined) return { type: 'error', ...error };
  const returned = session.lookingAt !== undefined;
  session.lookingAt = undefined;
  const answer = await liveFrame(session);
  return returned ? { ...answer, returned } : answer;
}

async function advance(
  session: Session,
  { goal, eventsMax, stopAt }: Extract<Question, { type: 'advance' }>,
): Promise<Answer> {
  if (!(eventsMax >= 1)) return refusal(sayOfHost('host.noRoom'), 'eventsMax');
  const { lookingAt } = session;
  if (lookingAt !== undefined) {
    const passed = passedTo(session.trace, goal, lookingAt, session.run.world, eventsMax);
    const answer = await seek(session, passed.event);
    return answer.type === 'frame' ? { ...answer, reached: passed.reached } : answer;
  }
  const { run, trace } = session;
  const reached =
    stopAt === undefined
      ? await goOn(run, trace, goal, eventsMax)
      : await goOnStopping(run, trace, goal, eventsMax, stopAt);
  return { ...(await liveFrame(session)), reached };
}
