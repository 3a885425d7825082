import { describe, expect, test } from 'vitest';
import type { TraceId } from '../../../base/traceId';
import type { AppStyle } from '../../../bridge/app';
import { isCommandError, parseCommand } from '../../../bridge/commandText';
import type { ProcessName } from '../../../bridge/names';
import type { TraceEntry } from '../../../bridge/traceEntry';
import { createRun, frameOf, order, type Run, stepEvent } from '../../../engine/world/inProcess';
import { APPLICATION } from '../../i18n/en/application';
import { ENGLISH } from '../../i18n/english';
import { configOf, joiningApps } from '../../store/ensembles';
import { captionOf, REQUEST_MARK, surroundingsOf, UNKNOWN, wordsOf } from './caption';

const TEXTS: Readonly<Record<string, string>> = { ...ENGLISH, ...APPLICATION };

/** Every key that a run or the table below led to. */
const heard = new Set<string>();

/** As i18next puts values in; throws where a key or a value is missing. */
function t(key: string, values: Record<string, string | number>): string {
  heard.add(key);
  const text = TEXTS[key] ?? TEXTS[`${key}_${values['count'] === 1 ? 'one' : 'other'}`];
  if (text === undefined) throw new Error(`no text: ${key}`);
  return text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`${key} lacks ${name}`);
    return String(value);
  });
}

function sayOf(run: Run, entries: readonly TraceEntry[]): { key: string; text: string } {
  const caption = captionOf(entries, surroundingsOf(frameOf(run)));
  if (caption === undefined) throw new Error('an event without entries');
  const text = wordsOf(caption, t);
  if (text.includes(REQUEST_MARK) && caption.request === undefined) {
    throw new Error(`no request: ${caption.key} ${JSON.stringify(entries)}`);
  }
  return { key: caption.key, text };
}

function newRun(style: AppStyle, seed: number, said: { key: string; text: string }[]): Run {
  const setup = { servers: 3, seed, app: style };
  const run: Run = createRun(configOf(setup), {
    project: true,
    onTrace(entries) {
      for (const entry of entries) {
        if (entry.type === 'command' && entry.head !== true) said.push(sayOf(run, [entry]));
      }
    },
  });
  play(run, 400, said);
  for (const settings of joiningApps(setup)) {
    expect(order(run, { type: 'app', settings })).toBeUndefined();
  }
  return run;
}

function play(run: Run, events: number, said: { key: string; text: string }[]): void {
  for (let i = 0; i < events; i += 1) {
    const entries = stepEvent(run);
    if (entries.length === 0) return;
    said.push(sayOf(run, entries));
  }
}

/** What a user can order of the application, and what comes of it. */
const SCRIPT: readonly (readonly [order: string, events: number])[] = [
  ['submit taskclient c-1 resize', 300],
  ['submit taskclient c-1 once pay', 300],
  ['submit taskclient c-1 needs gpu train', 200],
  ['submit taskclient c-1 needs nobody wait', 200],
  ['submit taskclient c-1 fails 1 flaky', 700],
  ['submit taskclient c-1 steps 3 more', 40],
  ['fail worker w-1', 200],
  ['fencing storage s-1 off', 3],
  ['fencing storage s-1 on', 3],
  ['submit taskclient c-1 steps 30 long', 150],
  ['crash worker w-1', 0],
  ['crash worker w-2', 700],
  ['restart worker w-1', 0],
  ['restart worker w-2', 500],
  ['pause master m-1', 0],
  ['submit taskclient c-1 once again', 1200],
  ['resume master m-1', 400],
  ['cut worker w-3 1', 0],
  ['cut worker w-3 2', 0],
  ['cut worker w-3 3', 1200],
  ['heal', 900],
  ['cut taskclient c-1 1', 0],
  ['cut taskclient c-1 2', 0],
  ['cut taskclient c-1 3', 0],
  ['submit taskclient c-1 lost', 600],
  ['heal', 500],
  ['submit taskclient c-1 x', 12],
  ['crash 3', 900],
  ['restart 3', 300],
  ['crash taskclient c-1', 400],
  ['restart taskclient c-1', 300],
  ['restart master m-1', 300],
  ['crash master m-2', 900],
];

describe.each(['book', 'hardened'] as const)('a run of the application, %s', (style) => {
  test.each([7, 8])(
    'seed %i has a sentence for every event, short enough for the page',
    (seed) => {
      const said: { key: string; text: string }[] = [];
      const run = newRun(style, seed, said);
      play(run, 400, said);
      for (const [text, events] of SCRIPT) {
        const command = parseCommand(text);
        if (isCommandError(command)) throw new Error(`${text}: ${command.message}`);
        // A process that ended by itself cannot be crashed: the script goes on.
        order(run, command);
        play(run, events, said);
      }
      const unknown = said.filter(({ key }) => key === UNKNOWN).map(({ text }) => text);
      expect([...new Set(unknown)]).toEqual([]);
      expect(said.length).toBeGreaterThan(5000);
      expect(said.filter(({ text }) => text.length > 130).map(({ text }) => text)).toEqual([]);
    },
    60_000,
  );
});

/* ---- what a run seldom leads to ---- */

const M = 'master m-1' as ProcessName;
const W = 'worker w-1' as ProcessName;
const C = 'taskclient c-1' as ProcessName;
const S = 'storage s-1' as ProcessName;
const task = 'task-0000000003';
const stored = { by: 'w-1', what: 'effect', key: 'c-1.0.1', token: 5, kind: 'once', seen: 9 };

type Row = readonly [key: string, process: ProcessName, name: string, detail: TraceEntry['detail']];

const TABLE: readonly Row[] = [
  ['masterState.CHECKING', M, 'masterState', { state: 'CHECKING', token: null }],
  ['masterState.ELECTED', M, 'masterState', { state: 'ELECTED', token: null }],
  ['masterState.token', M, 'masterState', { state: 'ELECTED', token: 5 }],
  ['masterState.SUSPENDED', M, 'masterState', { state: 'SUSPENDED', token: 5 }],
  ['masterState.RESIGNED', M, 'masterState', { state: 'RESIGNED', token: 5 }],
  ['masterState.STOPPED', M, 'masterState', { state: 'STOPPED', token: 5 }],
  ['masterPhase.workers', M, 'masterPhase', { phase: 'workers' }],
  ['masterPhase.recovery', M, 'masterPhase', { phase: 'recovery' }],
  ['masterPhase.tasks', M, 'masterPhase', { phase: 'tasks' }],
  ['masterPhase.steady', M, 'masterPhase', { phase: 'steady' }],
  ['choose', M, 'choose', { task, worker: 'w-1' }],
  ['assigned', M, 'assigned', { task, worker: 'w-1' }],
  ['requeued', M, 'requeued', { task, worker: 'w-1', isEmpty: false }],
  ['requeuedEmpty', M, 'requeued', { task, worker: 'w-1', isEmpty: true }],
  ['anew', M, 'anew', { task }],
  ['dropped.assigned', M, 'dropped', { task, why: 'assigned' }],
  ['dropped.status', M, 'dropped', { task, why: 'status' }],
  ['noWorker', M, 'noWorker', { task }],
  ['recoverySkipped.noWorker', M, 'recoverySkipped', { why: 'noWorker' }],
  ['recoverySkipped.error', M, 'recoverySkipped', { why: 'error' }],
  ['workerRegistered', W, 'workerRegistered', { worker: 'worker-w-1', can: null }],
  ['suspended', W, 'suspended', {}],
  ['resumed', W, 'resumed', {}],
  ['failedRun', W, 'failedRun', { task, submission: 'c-1.0.1', run: 1 }],
  ['executed', W, 'executed', { task, submission: 'c-1.0.1', run: 1 }],
  ['effect', W, 'effect', { task, submission: 'c-1.0.1', kind: 'any', token: 5 }],
  ['released', W, 'released', { task }],
  ['uncertain', C, 'uncertain', { submission: 'c-1.0.1' }],
  ['found', C, 'found', { submission: 'c-1.0.1', task }],
  ['consumed.swept', C, 'consumed', { submission: '', task, status: 'swept' }],
  ['stored.accepted', S, 'stored', { ...stored, outcome: 'accepted' }],
  ['stored.refused', S, 'stored', { ...stored, outcome: 'refused' }],
  ['stored.duplicate', S, 'stored', { ...stored, outcome: 'duplicate' }],
];

const AROUND = { roles: {}, letters: {}, quorum: 2 };

describe('an event of the application that a run may not lead to', () => {
  const head = (process: ProcessName, part: Partial<TraceEntry>): TraceEntry => ({
    id: 1 as TraceId,
    at: 0,
    process,
    type: 'deliver',
    head: true,
    ...part,
  });

  test.each(TABLE)('%s', (key, process, name, detail) => {
    const entries = [head(process, {}), { ...head(process, { type: 'app', name, detail }) }];
    const caption = captionOf(entries, AROUND);
    expect(caption?.key).toBe(`caption.app.${key}`);
    const text = caption === undefined ? '' : wordsOf(caption, t);
    // Numbers of znodes are said without their zeros.
    expect(text).not.toContain('000');
  });

  test('connections to the storage, and timers', () => {
    const peer = S;
    for (const [key, part] of [
      ['link.refuses', { type: 'connect', channel: 'app', peer }],
      ['link.closed', { type: 'closed', channel: 'app', peer }],
      ['timer', { type: 'timer', name: 'sweep' }],
    ] as const) {
      const caption = captionOf([head(M, part)], AROUND);
      expect(caption?.key).toBe(`caption.app.${key}`);
      if (caption !== undefined) wordsOf(caption, t);
    }
  });
});

test('every sentence of the application has been said', () => {
  const rest = Object.keys(APPLICATION).filter(
    (key) => key.startsWith('caption.') && !heard.has(key),
  );
  expect(rest).toEqual([]);
});
