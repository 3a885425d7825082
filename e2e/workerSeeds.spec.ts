import { readdirSync } from 'node:fs';
import { expect, type Page, test } from '@playwright/test';
import type { Recording } from '../src/bridge/recording';
import { FAULT_NAMES } from '../src/cli/explore/arguments';
import { exploreSeed } from '../src/cli/explore/oneSeed';

/**
 * Random workloads and faults once more with every process in a Worker of its own: what the
 * explorer ran in process must come to the same fingerprint. `WORKER_SEEDS=1..200` takes more.
 */
const [first = 1, last = 5] = (process.env['WORKER_SEEDS'] ?? '1..5').split('..').map(Number);

for (const servers of [3, 5]) {
  for (let seed = first; seed <= last; seed += 1) {
    test(`seed ${seed} of ${servers} servers is the same in workers`, async ({ page }) => {
      const { recording, problem } = exploreSeed(seed, {
        from: seed,
        to: seed,
        servers,
        clients: 3,
        events: 800,
        faults: FAULT_NAMES,
        out: '',
      });
      expect(problem).toBeUndefined();
      await page.goto('./');
      expect(await runInWorkers(page, recording, 'windows')).toEqual(endOf(recording));
      if (seed === first) {
        expect(await runInWorkers(page, recording, 'events')).toEqual(endOf(recording));
      }
    });
  }
}

interface End {
  events: number;
  fingerprint: string;
}

function endOf({ events, fingerprint }: Recording): End {
  return { events, fingerprint };
}

function runInWorkers(page: Page, recording: Recording, by: 'windows' | 'events'): Promise<End> {
  const name = readdirSync('dist/assets').find((file) => file.startsWith('worker-worldWorker-'));
  return page.evaluate(follow, { recording, by, url: `assets/${name}` });
}

/** Runs in the page: a world worker of its own carries out the commands at their places. */
async function follow(given: {
  recording: Recording;
  by: 'windows' | 'events';
  url: string;
}): Promise<End> {
  const { recording, by } = given;
  const worker = new Worker(new URL(given.url, document.baseURI), { type: 'module' });
  let answered: (answer: {
    type: string;
    message?: string;
    frame: End & { event: number; at: number };
  }) => void;
  worker.onmessage = ({ data }) => answered(data.answer);
  let asked = 0;
  const ask = async (question: object) => {
    asked += 1;
    const answer = await new Promise<Parameters<typeof answered>[0]>((resolve) => {
      answered = resolve;
      worker.postMessage({ id: asked, question });
    });
    if (answer.type === 'error') throw new Error(answer.message);
    return answer.frame;
  };
  const advance = (goal: object) => ask({ type: 'advance', goal, eventsMax: 10_000_000 });

  let frame = await ask({ type: 'open', config: recording.config });
  const goTo = async (at: number, event: number) => {
    if (by === 'windows' && at - 1 > frame.at) frame = await advance({ type: 'time', at: at - 1 });
    if (event > frame.event) frame = await advance({ type: 'events', n: event - frame.event });
    if (at > frame.at) frame = await advance({ type: 'time', at });
  };
  for (const { at, event, command } of recording.commands) {
    await goTo(at, event);
    frame = await ask({ type: 'command', command });
  }
  await goTo(recording.at, recording.events);
  worker.terminate();
  return { events: frame.event, fingerprint: frame.fingerprint };
}
