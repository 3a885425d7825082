import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Command } from './command';
import { commandText, isCommandError, parseCommand } from './commandText';
import { APP_ROLES, appName, type ProcessName, serverName } from './names';
import { checkCommand } from './recordingSchema';

/** Ids of a role, from its first to its last. */
function ids(role: string): fc.Arbitrary<string> {
  const { letter, max } = APP_ROLES[role] as { letter: string; max: number };
  return fc.integer({ min: 1, max }).map((n) => `${letter}-${n}`);
}

const named = (role: string) => ids(role).map((id) => appName(role, id));
const anyone = fc.oneof(...Object.keys(APP_ROLES).map(named));
const word = fc.stringMatching(/^[!-~]{1,12}$/);
const from1 = fc.integer({ min: 1, max: 100_000 });

function record(must: object, more: object = {}): fc.Arbitrary<never> {
  const model = { ...must, ...more } as Record<string, fc.Arbitrary<unknown>>;
  return fc.record(model, { requiredKeys: Object.keys(must) as never[] }) as never;
}

const program = (role: string) => ({
  role: fc.constant(role),
  id: ids(role),
  hosts: fc.array(fc.integer({ min: 1, max: 255 }), { minLength: 1, maxLength: 5 }),
  style: fc.constantFrom('book', 'hardened'),
});
const options = { timeoutMs: from1, storage: ids('storage') };
const settings = fc.oneof(
  record(program('master'), { ...options, reconnects: fc.constant(true) }),
  record(program('worker'), { ...options, can: word, stepMs: from1 }),
  record(program('taskclient'), options),
  record({ role: fc.constant('storage'), id: ids('storage'), fencing: fc.boolean() }),
);

/** What begins with one of the words that may stand in front of it is not its text. */
const text = fc
  .tuple(fc.stringMatching(/^[!-~äß漢]{1,10}$/), fc.string({ maxLength: 20 }))
  .map(([first, rest]) => `${first} ${rest}`.trim())
  .filter((t) => !/^(once|needs|steps|fails)(\s|$)/.test(t));
const task = record(
  { text, kind: fc.constantFrom('any', 'once') },
  {
    needs: word,
    steps: fc.integer({ min: 1, max: 1000 }),
    fails: fc.integer({ min: 1, max: 100 }),
  },
);

const command: fc.Arbitrary<Command> = fc.oneof(
  record({ type: fc.constant('app'), settings }),
  record({ type: fc.constant('submit'), process: named('taskclient'), task }),
  record({ type: fc.constant('fail'), process: named('worker') }),
  record({ type: fc.constant('fencing'), process: named('storage'), on: fc.boolean() }),
  record({ type: fc.constantFrom('crash', 'restart', 'pause', 'resume'), process: anyone }),
  record({ type: fc.constant('cut'), a: anyone, b: fc.constant(serverName(3)) }),
  record({ type: fc.constant('heal'), a: fc.constant(serverName(3)), b: anyone }),
  record({
    type: fc.constantFrom('reset', 'release'),
    a: anyone,
    b: anyone,
    channel: fc.constant('app'),
  }),
  record({
    type: fc.constant('partition'),
    groups: fc.array(fc.array(anyone, { minLength: 1 }), { minLength: 1, maxLength: 3 }),
  }),
);

describe('the text form of the application’s commands', () => {
  test('reads back to the command that it was written from, and files take it', () => {
    fc.assert(
      fc.property(command, (c) => {
        expect(parseCommand(commandText(c))).toEqual(c);
        expect(checkCommand(JSON.parse(JSON.stringify(c)))).toEqual({ value: c });
      }),
      { numRuns: 1000 },
    );
  });

  test('reads what a person writes', () => {
    const written: Record<string, Command> = {
      'app master m-1 1,2,3 6000 hardened storage s-1': {
        type: 'app',
        settings: {
          role: 'master',
          id: 'm-1',
          hosts: [1, 2, 3],
          timeoutMs: 6000,
          style: 'hardened',
          storage: 's-1',
        },
      },
      ' app  worker w-2 1 step 250 can gpu ': {
        type: 'app',
        settings: { role: 'worker', id: 'w-2', hosts: [1], style: 'book', can: 'gpu', stepMs: 250 },
      },
      'app storage s-1': { type: 'app', settings: { role: 'storage', id: 's-1', fencing: false } },
      'submit taskclient c-1 steps 2 once resize picture 7': {
        type: 'submit',
        process: 'taskclient c-1' as ProcessName,
        task: { text: 'resize picture 7', kind: 'once', steps: 2 },
      },
      'fencing storage s-1 on': {
        type: 'fencing',
        process: 'storage s-1' as ProcessName,
        on: true,
      },
    };
    for (const [line, c] of Object.entries(written)) expect(parseCommand(line), line).toEqual(c);
  });

  test('names the word that is wrong', () => {
    const wrong: Record<string, string | undefined> = {
      app: undefined,
      'app boss b-1 1': 'boss',
      'app master': undefined,
      'app master w-1 1': 'w-1',
      'app master m-0 1': 'm-0',
      'app master m-11 1': 'm-11',
      'app worker w-21 1': 'w-21',
      'app worker w-1': undefined,
      'app worker w-1 one': 'one',
      'app worker w-1 1,0': '0',
      'app worker w-1 1 0': '0',
      'app worker w-1 1 2.5': '2.5',
      'app worker w-1 1 can': undefined,
      'app worker w-1 1 step soon': 'soon',
      'app worker w-1 1 reconnects': 'reconnects',
      'app master m-1 1 can gpu': 'can',
      'app taskclient c-1 1 step 5': 'step',
      'app master m-1 1 storage x': 'x',
      'app storage s-1 fenced': 'fenced',
      'app storage s-1 fencing 1,2': '1,2',
      submit: undefined,
      'submit taskclient c-1': undefined,
      'submit taskclient c-1 once': undefined,
      'submit taskclient c-1 steps 0 x': '0',
      'submit taskclient c-1 steps many x': 'many',
      'submit taskclient c-1 fails -1 x': '-1',
      'submit taskclient c-1 fails 1.5 x': '1.5',
      'submit taskclient c-1 fails 0 x': '0',
      'app worker w-1 1,256': '256',
      'submit taskclient x y': 'taskclient',
      fail: undefined,
      'fail worker w-1 now': 'now',
      'fencing storage s-1': undefined,
      'fencing storage s-1 maybe': 'maybe',
      'crash master': undefined,
      'crash master m-99': 'master',
    };
    for (const [line, place] of Object.entries(wrong)) {
      const result = parseCommand(line);
      expect(isCommandError(result), line).toBe(true);
      if (!isCommandError(result)) continue;
      expect(result.place, line).toBe(place);
      expect(result.message.length, line).toBeGreaterThan(10);
    }
  });
});

describe('a command of the application in a file or a link', () => {
  const worker = { role: 'worker', id: 'w-1', hosts: [1], style: 'book' };
  const order = { text: 'x', kind: 'any' };
  const submit = (more: object) => ({
    type: 'submit',
    process: 'taskclient c-1',
    task: { ...order, ...more },
  });

  test.each<[string, unknown]>([
    ['settings.role', { type: 'app', settings: { ...worker, role: 'boss' } }],
    ['settings.id', { type: 'app', settings: { ...worker, id: 'worker' } }],
    ['settings.hosts', { type: 'app', settings: { ...worker, hosts: [] } }],
    ['settings.hosts[0]', { type: 'app', settings: { ...worker, hosts: [0] } }],
    ['settings.style', { type: 'app', settings: { ...worker, style: 'soft' } }],
    ['settings.timeoutMs', { type: 'app', settings: { ...worker, timeoutMs: 0 } }],
    ['settings.storage', { type: 'app', settings: { ...worker, storage: 'disk' } }],
    ['settings.can', { type: 'app', settings: { ...worker, can: 'two words' } }],
    ['settings.stepMs', { type: 'app', settings: { ...worker, stepMs: -5 } }],
    ['settings.fencing', { type: 'app', settings: { role: 'storage', id: 's-1' } }],
    ['task.text', submit({ text: '' })],
    ['task.kind', submit({ kind: 'twice' })],
    ['task.needs', submit({ needs: '' })],
    ['task.steps', submit({ steps: 0 })],
    ['task.fails', submit({ fails: -1 })],
    ['process', { ...submit({}), process: 'taskclient' }],
    ['on', { type: 'fencing', process: 'storage s-1', on: 'yes' }],
  ])('is refused with its place: %s', (place, input) => {
    expect(checkCommand(input)).toMatchObject({ problem: { place } });
  });

  // Each would break a law of the engine later: there is no such process, or it belongs to another role.
  test.each<[string, unknown]>([
    ['settings.id', { type: 'app', settings: { ...worker, id: 'm-1' } }],
    ['settings.id', { type: 'app', settings: { ...worker, id: 'w-21' } }],
    ['settings.storage', { type: 'app', settings: { ...worker, storage: 's-11' } }],
    ['process', { type: 'crash', process: 'master m-0' }],
    ['process', { type: 'crash', process: 'master w-1' }],
    ['process', { type: 'crash', process: 'storage s-11' }],
  ])('names nobody who cannot be: %s', (place, input) => {
    expect(checkCommand(input)).toMatchObject({ problem: { place } });
  });
});
