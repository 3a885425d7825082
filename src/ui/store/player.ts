/**
 * Playing. By event: each shown event gets the same time on screen. By time:
 * virtual time runs by a factor, and stretches without a shown event are
 * jumped. It stops by itself where nothing but pings would follow.
 */
import type { Frame } from '../../bridge/frame';
import { edit, isLookingBack, page, put } from './page';
import { isAtRest } from './rest';
import { advanceAtOnce, advanceTime, inTurn, runTo, seekTo, stepForward, stopPlaying } from './run';
import { eventAtTime, shownAtOrBefore, timeOf } from './runTrace';
import { SPEEDS, TIME_FACTORS } from './preferences';

/** Time on screen of a shown event at speed 1, ms. */
export const EVENT_MS = 400;
/** By time: a stretch without a shown event that would last longer on screen is jumped, ms. */
const IDLE_MS = 600;
/** As fast as it goes, to what a story waits for: so many events a picture, quiet or not. */
const AWAITED_EVENTS = 100;

/** What a story has the run go on to. */
export interface Awaiting {
  /** `skip`: as fast as it goes, whatever the tempo. */
  pace: 'watch' | 'skip';
  /** Nothing is left to happen. */
  onStuck: () => void;
}

let awaiting: Awaiting | undefined;

/** From now on playing does not end at rest: what is waited for may need nothing but time. */
export function awaitBy(wanted: Awaiting | undefined): void {
  awaiting = wanted;
}

/** Which start of playing is the present one: an older loop that wakes up ends. */
let round = 0;

export function togglePlay(): void {
  if (page().isPlaying) stopPlaying();
  else play();
}

export function play(): void {
  const { frame, isPlaying } = page();
  if (frame === undefined || isPlaying) return;
  put({ isPlaying: true, notice: undefined });
  round += 1;
  void loop(round);
}

async function loop(mine: number): Promise<void> {
  const isMine = () => page().isPlaying && round === mine;
  while (isMine()) {
    const { tempo, speed, frame: before } = page();
    const goesOn =
      awaiting?.pace === 'skip' || (tempo === 'event' && speed === Number.POSITIVE_INFINITY)
        ? await playFast(isMine)
        : tempo === 'time'
          ? await playTime(isMine)
          : await playEvent(EVENT_MS / speed, isMine);
    if (!isMine()) return;
    const { frame, notice } = page();
    if (awaiting !== undefined) {
      if (goesOn === true || frame?.event !== before?.event) continue;
      stopPlaying();
      // An action that failed says so itself.
      if (goesOn === false) awaiting.onStuck();
      return;
    }
    if (goesOn !== true) return stopPlaying();
    if (tempo === 'event' && frame !== undefined && isAtRest(frame)) {
      put({ isPlaying: false, notice: notice ?? { key: 'notice.rest' } });
    }
  }
}

async function playEvent(
  milliseconds: number,
  isMine: () => boolean,
): Promise<boolean | undefined> {
  const began = performance.now();
  const goesOn = await inTurn(async () => isMine() && (await stepForward()));
  const rest = milliseconds - (performance.now() - began);
  if (goesOn === true && rest > 0) await new Promise((done) => setTimeout(done, rest));
  return goesOn;
}

async function playFast(isMine: () => boolean): Promise<boolean | undefined> {
  const goesOn = await inTurn(async () => {
    const { frame } = page();
    if (!isMine()) return false;
    if (isLookingBack(frame)) await seekTo(Number.MAX_SAFE_INTEGER);
    if (awaiting !== undefined) {
      const before = page().frame?.event;
      await advanceAtOnce(AWAITED_EVENTS);
      return page().frame?.event !== before;
    }
    if (!(await stepForward())) return false;
    await runTo({ type: 'quiet' }, () => !isMine());
    return true;
  });
  await nextPaint();
  return goesOn;
}

/** One picture's worth of virtual time. */
async function playTime(isMine: () => boolean): Promise<boolean | undefined> {
  const before = performance.now();
  await nextPaint();
  const wallMs = Math.min(100, performance.now() - before);
  return inTurn(async () => {
    const { frame, trace, timeFactor } = page();
    // Its turn may come after somebody stopped it and went elsewhere.
    if (frame === undefined || !isMine()) return false;
    const target = frame.at + Math.max(1, Math.round(wallMs * 1000 * timeFactor));
    const shown = shownAtOrBefore(trace, frame.event);
    const since = shown === undefined ? undefined : timeOf(trace, shown);
    const isIdle = since !== undefined && frame.at - since > IDLE_MS * 1000 * timeFactor;
    if (isIdle && isCalm(frame)) return stepForward();
    if (isLookingBack(frame)) {
      const event = eventAtTime(trace, target);
      // Between two events nothing is to be seen again: the next one is shown at once.
      await seekTo(Math.min(frame.lastEvent, Math.max(frame.event + 1, event)));
    } else await advanceTime(target);
    return true;
  });
}

/** No message that is shown is on its way. */
function isCalm(frame: Frame): boolean {
  return frame.messages.every((m) => m.idle === true || m.arrivesAt === undefined);
}

function nextPaint(): Promise<void> {
  return new Promise((done) => requestAnimationFrame(() => done()));
}

/** One notch quicker (+1) or slower (-1) in the present tempo. */
export function changeSpeed(by: 1 | -1): void {
  edit((draft) => {
    if (draft.tempo === 'event') draft.speed = notch(SPEEDS, draft.speed, by);
    else draft.timeFactor = notch(TIME_FACTORS, draft.timeFactor, by);
  });
}

function notch(values: readonly number[], value: number, by: 1 | -1): number {
  const to = values.indexOf(value) + by;
  return values[Math.max(0, Math.min(values.length - 1, to))] ?? value;
}
