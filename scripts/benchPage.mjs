/**
 * Measures the built page in a headless Chromium: `node scripts/benchPage.mjs workers|page`. One JSON line per
 * figure `{name, value, unit, n}`.
 *
 * `workers`: a world worker of its own, five servers and a client in a worker each, as fast as they go.
 * `page`: CPU of the page's thread per frame on the screen while the page plays with 200 messages in flight, what is
 * drawn while idle, how smoothly a tree of 100 000 znodes scrolls, and how long steps back take in it.
 */
import { existsSync, readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import { findChromium, HEADLESS_FLAGS } from './chromium.mjs';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const ASSETS = join(ROOT, 'dist', 'assets');

const part = process.argv[2];
if (part !== 'workers' && part !== 'page') stop('benchPage.mjs wants workers or page');
if (!existsSync(ASSETS)) stop('There is no dist/ to measure: run "npm run build" first.');

const port = await freePort();
const server = spawn(process.execPath, [join(ROOT, 'scripts', 'serve.mjs')], {
  env: { ...process.env, PORT: String(port) },
  stdio: ['ignore', 'pipe', 'inherit'],
});
await new Promise((done) => server.stdout.once('data', done));
const browser = await chromium.launch({ executablePath: findChromium(), args: HEADLESS_FLAGS });
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 720 } });
  await countPictures(page);
  await page.goto(`http://localhost:${port}/`);
  await page.evaluate(() => window.zabscope.idle());
  const figures = part === 'workers' ? await benchWorkers(page) : await benchPage(page);
  for (const figure of figures) console.log(JSON.stringify(figure));
} finally {
  await browser.close();
  server.kill();
}

async function benchWorkers(page) {
  const name = readdirSync(ASSETS).find((file) => /^worker-worldWorker-.*\.js$/.test(file));
  if (name === undefined) stop('dist/assets has no world worker');
  const base = await page.evaluate(async () => (await window.zabscope.recording()).config);
  const config = {
    ...base,
    seed: 1,
    ensembles: [{ servers: [1, 2, 3, 4, 5] }],
    clients: [{ letter: 'a', hosts: [1, 2, 3, 4, 5] }],
  };
  const { events, seconds } = await page.evaluate(measureWorkers, {
    url: `assets/${name}`,
    config,
  });
  return [
    {
      name: 'worker_events_per_s',
      value: Math.round(events / seconds),
      unit: '1/s',
      n: events,
    },
  ];
}

/** Runs in the page: speaks the port's language (bridge/host.ts) to a worker of its own. */
async function measureWorkers({ url, config }) {
  const worker = new Worker(new URL(url, document.baseURI), { type: 'module' });
  const waiting = new Map();
  let last = 0;
  worker.onmessage = ({ data }) => {
    waiting.get(data.id)?.(data.answer);
    waiting.delete(data.id);
  };
  const ask = (question) =>
    new Promise((resolve, reject) => {
      last += 1;
      waiting.set(last, (answer) => {
        if (answer.type === 'error') reject(new Error(answer.message));
        else resolve(answer);
      });
      worker.postMessage({ id: last, question });
    });
  const eventsMax = 1_000_000;
  const advance = (at) => ask({ type: 'advance', goal: { type: 'time', at }, eventsMax });
  const type = (line) => ask({ type: 'command', command: { type: 'zk', letter: 'a', line } });

  await ask({ type: 'open', config });
  let { frame } = await advance(10_000_000);
  let at = frame.at;
  await type([0, 1, 2, 3, 4, 5].map((n) => `create /n${n} 0`).join(' ; '));
  const round = async (i) => {
    await type([0, 1, 2, 3, 4, 5].map((n) => `set /n${n} ${i}`).join(' ; '));
    at += 200_000;
    ({ frame } = await advance(at));
  };
  for (let i = 0; i < 30; i += 1) await round(i);
  const before = { events: frame.event, at: performance.now() };
  for (let i = 0; i < 100; i += 1) await round(i);
  const result = {
    events: frame.event - before.events,
    seconds: (performance.now() - before.at) / 1000,
  };
  worker.terminate();
  return result;
}

async function benchPage(page) {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Performance.enable');
  const metrics = async () => {
    const { metrics: list } = await cdp.send('Performance.getMetrics');
    const of = (name) => list.find((metric) => metric.name === name)?.value ?? 0;
    // Time of the thread, not of its tasks: those last longer while others use the machine.
    return {
      cpu: of('ThreadTime'),
      script: of('ScriptDuration'),
      styles: of('RecalcStyleCount'),
    };
  };
  const pictures = () => page.evaluate(() => window.__pictures);
  const span = async (ms) => {
    const [m, p] = [await metrics(), await pictures()];
    await page.waitForTimeout(ms);
    const [n, q] = [await metrics(), await pictures()];
    return { cpu: n.cpu - m.cpu, frames: q - p, styles: n.styles - m.styles };
  };

  const idle = await span(3000);
  await page.evaluate(fill);
  await page.evaluate(() => window.zabscope.idle());
  const inFlight = await page.evaluate(() => window.zabscope.frame().messages.length);
  await page.keyboard.press('Space');
  // Chips and capsules are moved by the compositor: what is drawn is counted, not what the page asked for.
  await page.evaluate(() => window.__countDrawn());
  const busy = await span(4000);
  await page.keyboard.press('Space');
  return [
    {
      name: 'cpu_ms_per_frame@200',
      value: Math.round((busy.cpu * 1e5) / Math.max(1, busy.frames)) / 100,
      unit: 'ms',
      n: busy.frames,
    },
    { name: 'messages_in_flight', value: inFlight, unit: '1', n: 1 },
    { name: 'frames_per_s@200', value: Math.round(busy.frames / 4), unit: '1/s', n: busy.frames },
    { name: 'frames_when_idle', value: idle.frames, unit: '1', n: 3 },
    { name: 'style_recalcs_when_idle', value: idle.styles, unit: '1', n: 3 },
    ...(await benchTree(page, metrics)),
  ];
}

/** A tree of 100 000 znodes, scrolled: steadily at first, then from its beginning to its end in 90 leaps. */
async function benchTree(page, metrics) {
  await page.getByLabel('Servers').selectOption({ label: '1 server' });
  await page.evaluate(() => window.zabscope.idle());
  const total = await page.evaluate(plant, { znodes: 100_000, perMulti: 5000 });
  await page.getByRole('button', { name: 'Browse and search the tree of server 1' }).click();
  await page.evaluate(() => window.zabscope.idle());
  const tree = page.getByRole('tree', { name: 'all paths of server 1' });
  await tree.evaluate(scroll);
  const before = await metrics();
  const times = (await tree.evaluate(scroll)).sort((a, b) => a - b);
  const after = await metrics();
  const tasks = await tasksDuring(page, () => tree.evaluate(scroll));
  const back = await page.evaluate(stepBack, { writes: 20, steps: 12 });
  const script = ((after.script - before.script) * 1000) / times.length;
  const round = (ms) => Math.round(ms * 10) / 10;
  const figure = (name, value) => ({ name, value: round(value), unit: 'ms', n: times.length });
  return [
    { name: 'tree_znodes', value: total, unit: '1', n: 1 },
    figure('tree_scroll_frame_ms_p95', times[Math.floor(times.length * 0.95)]),
    figure('tree_scroll_frame_ms_max', times.at(-1)),
    // CPU of the page's thread: what a frame lasts beyond that, others had the machine.
    { name: 'tree_scroll_task_cpu_ms_max', value: round(tasks.max), unit: 'ms', n: tasks.count },
    figure('tree_scroll_script_ms_per_frame', script),
    { name: 'tree_first_step_back_ms', value: round(back[0]), unit: 'ms', n: 1 },
    {
      name: 'tree_step_back_ms_max',
      value: round(Math.max(...back.slice(1))),
      unit: 'ms',
      n: back.length - 1,
    },
  ];
}

/** CPU of the longest task of the page's thread while `act` goes on, ms, and how many there were. */
async function tasksDuring(page, act) {
  const cdp = await page.context().browser().newBrowserCDPSession();
  const events = [];
  cdp.on('Tracing.dataCollected', ({ value }) => events.push(...value));
  const traceConfig = { includedCategories: ['toplevel', 'devtools.timeline'] };
  await cdp.send('Tracing.start', { transferMode: 'ReportEvents', traceConfig });
  await act();
  const complete = new Promise((done) => cdp.once('Tracing.tracingComplete', done));
  await cdp.send('Tracing.end');
  await complete;
  await cdp.detach();
  const frames = events.find(({ name }) => name === 'FireAnimationFrame');
  const times = events
    .filter(({ name, pid, tid }) => {
      const isPage = pid === frames.pid && tid === frames.tid;
      return isPage && name.endsWith('RunTask');
    })
    .map(({ tdur = 0 }) => tdur / 1000);
  return { max: Math.max(...times), count: times.length };
}

/** Runs in the page: how long each of some steps back among writes took, ms; the first has to prepare looking back. */
async function stepBack({ writes, steps }) {
  const zab = window.zabscope;
  for (let i = 0; i < writes; i += 1) {
    await zab.command({ type: 'zk', letter: 'b', line: `set /big/node-${i * 4999} ${i}` });
    await zab.step(25);
  }
  const times = [];
  for (let i = 0; i < steps; i += 1) {
    const { event } = zab.frame();
    const since = performance.now();
    await zab.seek(event - (i % 3 === 2 ? 50 : 1));
    times.push(performance.now() - since);
  }
  return times;
}

/** Runs in the page: many znodes by few requests. */
async function plant({ znodes, perMulti }) {
  const zab = window.zabscope;
  const answered = async () => {
    for (;;) {
      await zab.step(60);
      const { client } = zab.frame().processes['client b'].sections;
      if (client.outgoingQueue.length + client.pendingQueue.length === 0) return;
    }
  };
  const say = async (line) => {
    await zab.command({ type: 'zk', letter: 'b', line });
    await answered();
  };
  await say('create /big');
  for (let first = 0; first < znodes; first += perMulti) {
    const parts = Array.from({ length: perMulti }, (_, i) => `'create /big/node-${first + i} x'`);
    await say(`txn ${parts.join(' ')}`);
  }
  return zab.frame().processes['1'].sections.tree.total;
}

/** Runs in the page: how long each frame took, ms. */
async function scroll(tree) {
  const times = [];
  let last = performance.now();
  for (let i = 0; i < 180; i += 1) {
    tree.scrollTop = i < 90 ? i * 60 : ((i - 90) / 90) * tree.scrollHeight;
    await new Promise((done) => requestAnimationFrame(done));
    const now = performance.now();
    times.push(now - last);
    last = now;
  }
  await window.zabscope.idle();
  return times;
}

/** Runs in the page: 200 requests of a client on a link that takes a minute. */
async function fill() {
  const zab = window.zabscope;
  const client = Object.values(zab.frame().processes).find((p) => p.kind === 'client');
  const letter = client.name.slice('client '.length);
  const { server } = client.sections.client;
  await zab.command({ type: 'latency', a: client.name, b: String(server), ms: 60_000 });
  const line = Array.from({ length: 200 }, () => 'get /').join(' ; ');
  await zab.command({ type: 'zk', letter, line });
  for (let i = 0; i < 40; i += 1) {
    if (zab.frame().messages.length >= 200) return;
    await zab.step(1);
  }
}

/** Counts the pictures that the page asked to draw. */
function countPictures(page) {
  return page.addInitScript(() => {
    window.__pictures = 0;
    const request = window.requestAnimationFrame.bind(window);
    window.__countDrawn = () => {
      window.requestAnimationFrame = request;
      const count = () => {
        window.__pictures += 1;
        request(count);
      };
      request(count);
    };
    window.requestAnimationFrame = (callback) =>
      request((time) => {
        if (time !== window.__lastPicture) window.__pictures += 1;
        window.__lastPicture = time;
        callback(time);
      });
  });
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port: found } = probe.address();
      probe.close(() => resolve(found));
    });
  });
}

function stop(message) {
  console.error(message);
  process.exit(2);
}
