/**
 * Seeds over all cores: threads of this same program, each asking for the next
 * seed when it has done with one. Results come in whatever order they are ready.
 */
import { availableParallelism } from 'node:os';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { recordingOf, type Run } from '../../engine/world/inProcess';
import type { ExploreOptions } from './arguments';
import { exploreAppSeed } from './app/appSeed';
import { exploreSeed, type SeedResult } from './oneSeed';

/** The engine threw: it has broken a law of its own, somewhere behind the end of this recording. */
export const ENGINE_LAW = 'EngineLaw';

/** Hands out seeds in their order, until `onResult` has seen enough; those begun are brought to their end. */
export async function explorePool(
  program: URL,
  options: ExploreOptions,
  onResult: (result: SeedResult) => 'enough' | undefined,
): Promise<void> {
  let next = options.from;
  let isEnough = false;
  const count = Math.min(availableParallelism(), options.to - options.from + 1);
  await Promise.all(
    Array.from({ length: count }, () => {
      const worker = new Worker(program, { workerData: options });
      return new Promise<void>((resolve, reject) => {
        const give = () => {
          if (isEnough || next > options.to) worker.postMessage(null);
          else {
            worker.postMessage(next);
            next += 1;
          }
        };
        worker.on('message', (result: SeedResult) => {
          isEnough ||= onResult(result) === 'enough';
          give();
        });
        worker.on('error', reject);
        worker.on('exit', () => resolve());
        give();
      });
    }),
  );
}

/** True when this thread was made by `explorePool`; it then works until it gets no more seeds. */
export function serveSeeds(): boolean {
  if (isMainThread || parentPort === null) return false;
  const port = parentPort;
  const options = workerData as ExploreOptions;
  port.on('message', (seed: number | null) => {
    if (seed === null) {
      port.close();
      return;
    }
    port.postMessage(resultOf(seed, options));
  });
  return true;
}

function resultOf(seed: number, options: ExploreOptions): SeedResult {
  let begun: Run | undefined;
  try {
    const onBegin = (run: Run) => {
      begun = run;
    };
    if (options.app === undefined) return exploreSeed(seed, options, onBegin);
    return exploreAppSeed(seed, options, options.app, onBegin);
  } catch (error) {
    if (begun === undefined) throw error;
    const recording = recordingOf(begun);
    const explanation = error instanceof Error ? (error.stack ?? error.message) : String(error);
    const { events, fingerprint } = recording;
    const problem = { check: ENGINE_LAW, event: events, explanation };
    return { seed, events, fingerprint, recording, problem };
  }
}
