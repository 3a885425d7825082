/**
 * Each check of the application over the real machines, once as they are and once broken on purpose: the
 * same story holds in the one and fails in the other.
 */
import { expect, test } from 'vitest';
import type { AppSettings } from '../../bridge/app';
import { checkViews } from '../../bridge/checkViews';
import { isCommandError, parseCommand } from '../../bridge/commandText';
import type { Effects } from '../../bridge/process';
import { NO_SESSION, ZXID_ZERO } from '../../zk/ids';
import type { Packet } from '../../zk/packets';
import type { RequestBody } from '../../zk/records';
import type { StorageState } from '../apps/storage';
import { ALL_CHECKS } from '../checks/all';
import { processTxn } from '../database/dataTree';
import type { ServerState } from '../server/machine';
import { order, type Run, runUntil, startRun, stepEvent } from './driver';
import type { MachineTable } from './machineTable';
import { MACHINES } from './machines';
import { testConfig } from './randomRun.test-support';

const SERVERS = [1];
const common = { hosts: SERVERS, style: 'hardened' as const, timeoutMs: 4000, storage: 's-1' };
const APPS: AppSettings[] = [
  { role: 'storage', id: 's-1', fencing: true },
  { role: 'master', id: 'm-1', ...common },
  { role: 'master', id: 'm-2', ...common },
  { role: 'worker', id: 'w-1', ...common, stepMs: 100 },
  { role: 'worker', id: 'w-2', ...common, stepMs: 100 },
  { role: 'taskclient', id: 'c-1', hosts: SERVERS, style: 'hardened', timeoutMs: 4000 },
];

class Story {
  readonly run: Run;

  constructor(machines: MachineTable) {
    const config = testConfig(7, SERVERS, { clients: [], apps: APPS });
    this.run = startRun(config, machines, { checks: ALL_CHECKS });
    this.pass(3000);
  }

  pass(ms: number): void {
    runUntil(this.run, this.run.world.now + ms * 1000);
  }

  say(line: string): void {
    const command = parseCommand(line);
    if (isCommandError(command)) throw new Error(command.message);
    const error = order(this.run, command);
    if (error !== undefined) throw new Error(`${line}: ${error.message}`);
  }

  /** The process that writes that entry. */
  until(name: string): string {
    for (let i = 0; i < 20_000; i += 1) {
      const found = stepEvent(this.run).find(
        (entry) => entry.type === 'app' && entry.name === name,
      );
      if (found !== undefined) return found.process;
    }
    throw new Error(`nobody writes ${name}`);
  }

  broken(): string[] {
    const views = checkViews(ALL_CHECKS, this.run.checkStates);
    return views.filter(({ holds }) => !holds).map(({ name }) => name);
  }
}

/** Programs whose requests are changed on their way out. */
function asking(role: string, change: (body: RequestBody) => RequestBody): MachineTable {
  const { app } = MACHINES;
  return {
    ...MACHINES,
    app: {
      ...app,
      step(state, event, effects) {
        app.step(state, event, state.role === role ? changed(effects, change) : effects);
      },
    },
  };
}

function changed(effects: Effects, change: (body: RequestBody) => RequestBody): Effects {
  return new Proxy(effects, {
    get(target, key) {
      const value = Reflect.get(target, key, target) as unknown;
      if (key === 'send') {
        return (conn: string, packet: Packet) =>
          target.send(
            conn,
            packet.kind === 'REQUEST' ? { ...packet, body: change(packet.body) } : packet,
          );
      }
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

/** A storage that is changed before each of its steps. */
function storageThat(change: (state: StorageState) => void): MachineTable {
  const { app } = MACHINES;
  return {
    ...MACHINES,
    app: {
      ...app,
      step(state, event, effects) {
        if (state.role === 'storage') change(state);
        app.step(state, event, effects);
      },
    },
  };
}

const withoutStatus = asking('worker', (body) =>
  body.op === 'multi'
    ? {
        ...body,
        ops: body.ops.filter((op) => !('path' in op) || op.path?.startsWith('/status') !== true),
      }
    : body,
);

const withoutRecovery = asking('master', (body) =>
  body.op === 'getChildren' && body.path?.startsWith('/assign/') === true
    ? { ...body, path: '/assign/nobody' }
    : body,
);

/** A server that forgets whose /master it has whenever somebody asks for it. */
const withoutLock: MachineTable = {
  ...MACHINES,
  server: {
    ...MACHINES.server,
    step(state: ServerState, event, effects) {
      const body =
        event.type === 'message' && event.packet.kind === 'REQUEST' ? event.packet.body : undefined;
      if (body?.op === 'multi' && body.ops.some((op) => 'path' in op && op.path === '/master')) {
        forgetMaster(state);
      }
      MACHINES.server.step(state, event, effects);
    },
  },
};

/** As if it had been deleted, and nobody was told. */
function forgetMaster({ db }: ServerState): void {
  const hdr = { clientId: NO_SESSION, cxid: 0, zxid: ZXID_ZERO, time: 0, type: 'delete' as const };
  processTxn(db.tree, { hdr, txn: { type: 'delete', path: '/master' } });
}

const oneTask = (story: Story) => {
  story.say('submit taskclient c-1 once paint');
};

const STORIES: [check: string, broken: MachineTable, story: (story: Story) => void][] = [
  [
    'NoTaskLost',
    withoutStatus,
    (story) => {
      oneTask(story);
      story.pass(5000);
    },
  ],
  [
    'NoDuplicateEffect',
    storageThat((state) => {
      state.kept = {};
    }),
    (story) => {
      oneTask(story);
      story.say(`crash ${story.until('executed')}`);
      story.pass(15_000);
    },
  ],
  [
    'NoStuckInbox',
    withoutRecovery,
    (story) => {
      oneTask(story);
      story.say(`crash ${story.until('begin')}`);
      story.pass(15_000);
    },
  ],
  [
    'OneLiveMaster',
    withoutLock,
    (story) => {
      story.say('app master m-3 1 4000 hardened storage s-1');
      story.pass(2000);
    },
  ],
  [
    'TokensNeverDecrease',
    storageThat((state) => {
      state.fencing = false;
    }),
    (story) => {
      oneTask(story);
      const master = story.until('choose');
      story.pass(3000);
      story.say(`cut ${master} storage s-1 app`);
      oneTask(story);
      story.until('choose');
      story.say(`pause ${master}`);
      story.pass(10_000);
      story.say('heal');
      story.pass(3000);
    },
  ],
];

test.each(STORIES)(
  '%s holds over the real machines and fails over broken ones',
  (name, broken, tell) => {
    const real = new Story(MACHINES);
    tell(real);
    expect(real.broken()).toEqual([]);
    const wrong = new Story(broken);
    tell(wrong);
    expect(wrong.broken()).toContain(name);
  },
);
