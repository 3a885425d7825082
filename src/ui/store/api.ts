/** `window.zabscope`: the page by program, for the browser's console, for tests and for embedding. */
import type { Command } from '../../bridge/command';
import type { Frame } from '../../bridge/frame';
import type { Recording } from '../../bridge/recording';
import { sayOfPage } from '../../bridge/sentences/page';
import type { TraceEntry } from '../../bridge/traceEntry';
import { HostError } from './host';
import { page } from './page';
import { advanceEvents, command, openRecording, recording, seek, traceOf } from './run';
import { openStoryNamed } from './storyDoor';

export interface Zabscope {
  /** Resolves when nothing loads, computes, plays or moves. */
  idle(): Promise<void>;
  /** What is shown. Rejects while the first ensemble is still being prepared. */
  frame(): Frame;
  /** Entries of events `from` to `to`, both included. */
  trace(from: number, to: number): Promise<TraceEntry[]>;
  /** Orders at the newest event. Rejects with the reason when the order is refused. */
  command(c: Command): Promise<void>;
  /** `n` events further. */
  step(n: number): Promise<void>;
  /** Shows the run as it was after `event` events. */
  seek(event: number): Promise<void>;
  /** The run so far, as its inputs. */
  recording(): Promise<Recording>;
  /** Opens a recording; what is on screen stays when it cannot be opened. */
  open(recording: Recording): Promise<void>;
  /** Opens a story by its id, as `?story=` does. Rejects when there is none of that name. */
  story(id: string): Promise<void>;
}

declare global {
  interface Window {
    zabscope: Zabscope;
  }
}

export function offerApi(): void {
  window.zabscope = {
    idle,
    frame() {
      const { frame } = page();
      if (frame === undefined) throw new Error('no ensemble is open yet: await zabscope.idle()');
      return frame;
    },
    trace: async (from, to) => orProblem(await traceOf(from, to)),
    async command(c) {
      let refusal: HostError | undefined;
      const isDone = await command(c, (error) => {
        refusal = error;
      });
      if (refusal !== undefined) throw refusal;
      if (!isDone) throw problem();
    },
    async step(n) {
      await advanceEvents(n);
    },
    async seek(event) {
      await seek(event);
    },
    recording: async () => orProblem(await recording()),
    async open(r) {
      const before = page().problem;
      await openRecording(r);
      if (page().problem !== undefined && page().problem !== before) throw problem();
    },
    async story(id) {
      const isThere = await openStoryNamed(id);
      await idle();
      if (!isThere || page().story?.runner.scenario.id !== id) throw problem();
    },
  };
}

function orProblem<T>(value: T | undefined): T {
  if (value === undefined) throw problem();
  return value;
}

function problem(): Error {
  return new HostError(page().problem ?? sayOfPage('page.noAnswer'));
}

/** Two quiet pictures in a row: what an answer sets going begins with the next picture. */
async function idle(): Promise<void> {
  for (let quiet = 0; quiet < 2; ) {
    await nextPicture();
    quiet = isBusy() ? 0 : quiet + 1;
  }
}

function isBusy(): boolean {
  const { pending, loading, isPlaying, isOpening, problem } = page();
  if (pending > 0 || loading > 0 || isPlaying || (isOpening && problem === undefined)) return true;
  return document.getAnimations().some((animation) => animation.playState === 'running');
}

/** A hidden page paints nothing: a timer stands in. */
function nextPicture(): Promise<void> {
  return new Promise((done) => {
    const timer = setTimeout(finish, 200);
    const picture = requestAnimationFrame(finish);
    function finish() {
      clearTimeout(timer);
      cancelAnimationFrame(picture);
      done();
    }
  });
}
