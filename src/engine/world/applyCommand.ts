/**
 * Carries out one command at the playhead, between two events, and writes it
 * into the history. A wrong one is refused with a sentence and leaves no trace.
 */
import { unreachable } from '../../base/assert';
import { mix } from '../../base/hash';
import { firstTraceId, type TraceId } from '../../base/traceId';
import type { Command, CommandError } from '../../bridge/command';
import { commandText } from '../../bridge/commandText';
import type { AppOrder, AppRole, AppSettings } from '../../bridge/app';
import { appName, clientName, isServer, type ProcessName, sidOf } from '../../bridge/names';
import type { InboxItem } from '../../bridge/process';
import { sayOfWorld } from '../../bridge/sentences/world';
import { isThreadName } from '../../bridge/threads';
import type { TraceEntry } from '../../bridge/traceEntry';
import { endProcess } from './absorb';
import { addApp, addProcess, orderProcess, pushOrder, startProcess } from './createWorld';
import {
  cut,
  deliver,
  heal,
  hold,
  latency,
  partition,
  type Refusal,
  release,
  reset,
} from './faults';
import { settle, takeArrived } from './plan';
import { hashEntry } from './traceHash';
import { type ProcessRecord, processOf, type World } from './worldState';

export interface CommandOutcome {
  /** Set when it was refused; then nothing has changed. */
  error?: CommandError;
  /** What the world itself wrote down about it: no event, so without a number. */
  trace: TraceEntry[];
}

/** Trace ids of the world's own entries: process 0, which is nobody's. */
const WORLD_INDEX = 0;

export function applyCommand(world: World, command: Command): CommandOutcome {
  settle(world);
  const trace: TraceEntry[] = [];
  const error = check(world, command) ?? carryOut(world, command, trace);
  if (error !== undefined) return { error, trace: [] };
  settle(world);
  for (const entry of trace)
    world.fingerprint = mix(world.fingerprint, hashEntry(WORLD_INDEX, entry));
  world.entries += trace.length;
  world.commands.push({ at: world.now, event: world.events, command });
  return { trace };
}

/** What can be said before anything is touched: the processes that it names exist. */
function check(world: World, command: Command): Refusal {
  for (const name of namesIn(command)) {
    if (processOf(world, name) === undefined) return sayOfWorld('world.noProcess', { name });
  }
  if ('a' in command && command.a !== undefined && command.a === command.b) {
    return sayOfWorld('world.noSelfLink', { name: command.a });
  }
  return undefined;
}

function namesIn(command: Command): ProcessName[] {
  switch (command.type) {
    case 'cut':
    case 'hold':
    case 'release':
    case 'latency':
    case 'reset':
      return [command.a, command.b];
    case 'heal':
      return [command.a, command.b].filter((name) => name !== undefined);
    case 'partition':
      return command.groups.flat();
    case 'app':
      return [];
    case 'zk':
    case 'library':
      return [clientName(command.letter)];
    case '4lw':
      return command.letter === undefined
        ? [command.process]
        : [command.process, clientName(command.letter)];
    case 'client':
    case 'deliver':
    case 'probe':
      return [];
    default:
      return [command.process];
  }
}

function carryOut(world: World, command: Command, trace: TraceEntry[]): Refusal {
  // Faults write their entry first: what they lead to names it as its cause.
  const note = (process: ProcessName, peer?: ProcessName): TraceId => {
    const entry = worldEntry(world, command, process, peer);
    trace.push(entry);
    return entry.id;
  };
  switch (command.type) {
    case 'crash':
      return crash(world, recordOf(world, command.process), note);
    case 'restart':
      return restart(world, recordOf(world, command.process));
    case 'pause':
      return pause(world, recordOf(world, command.process));
    case 'resume':
      return resume(world, recordOf(world, command.process));
    case 'wipe':
      return wipe(recordOf(world, command.process), note);
    case 'freeze':
    case 'thaw':
    case 'step':
    case 'disk':
    case 'set':
    case 'zk':
    case 'library':
      return orderInto(world, command);
    case '4lw':
      return askWord(world, command);
    case 'cut':
      note(command.a, command.b);
      return cut(world, command);
    case 'heal':
      return heal(world, command, note(command.a ?? firstName(world), command.b));
    case 'partition':
      return partition(world, command, note(command.groups[0]?.[0] ?? firstName(world)));
    case 'hold':
      note(command.a, command.b);
      return hold(world, command);
    case 'release':
      note(command.a, command.b);
      return release(world, command);
    case 'latency':
      note(command.a, command.b);
      return latency(world, command);
    case 'reset':
      return reset(world, command, note(command.a, command.b));
    case 'deliver':
      note(firstName(world));
      return deliver(world, command);
    case 'app':
      return begin(world, command.settings);
    case 'submit':
    case 'fail':
    case 'fencing':
      return orderApp(world, command);
    case 'client': {
      const name = clientName(command.letter);
      if (processOf(world, name) !== undefined) return sayOfWorld('world.exists', { name });
      const record = addProcess(world, name, 'client');
      const { letter, hosts, timeoutMs, chroot, readOnly, batch } = command;
      record.client = { letter, hosts, timeoutMs, chroot, readOnly, batch };
      startProcess(world, record);
      return undefined;
    }
    case 'probe': {
      let record = processOf(world, command.process);
      if (record === undefined) {
        if (!/^probe \d+$/.test(command.process)) {
          return sayOfWorld('world.noProbe', { name: command.process });
        }
        record = addProcess(world, command.process, 'probe');
        startProcess(world, record);
      }
      if (record.kind !== 'probe') return sayOfWorld('world.noProbe', { name: record.name });
      orderProcess(world, record, { type: 'probe', action: command.action });
      return undefined;
    }
    default:
      return unreachable(command);
  }
}

/** Into the trace, as what a person did; in no event, and so without a number. */
function worldEntry(
  world: World,
  command: Command,
  process: ProcessName,
  peer: ProcessName | undefined,
): TraceEntry {
  const id = (firstTraceId(WORLD_INDEX, 0) + world.entries) as TraceId;
  const detail = { text: commandText(command) };
  const entry: TraceEntry = {
    id,
    at: world.now,
    process,
    type: 'command',
    name: command.type,
    detail,
  };
  if (peer !== undefined) entry.peer = peer;
  if ('channel' in command && command.channel !== undefined) entry.channel = command.channel;
  return entry;
}

function recordOf(world: World, name: ProcessName): ProcessRecord {
  return processOf(world, name) as ProcessRecord;
}

function firstName(world: World): ProcessName {
  return (world.processes[0] as ProcessRecord).name;
}

type Note = (process: ProcessName) => TraceId;

function crash(world: World, record: ProcessRecord, note: Note): Refusal {
  if (record.status === 'down') return sayOfWorld('world.isDownAlready', { name: record.name });
  if (record.app?.role === 'storage') {
    return sayOfWorld('world.neverCrashes', { name: record.name });
  }
  endProcess(world, record, world.now, note(record.name));
  return undefined;
}

function restart(world: World, record: ProcessRecord): Refusal {
  if (record.status !== 'down') return sayOfWorld('world.isRunning', { name: record.name });
  startProcess(world, record);
  return undefined;
}

function pause(world: World, record: ProcessRecord): Refusal {
  if (record.status === 'down') return sayOfWorld('world.isDown', { name: record.name });
  if (record.status === 'paused') return sayOfWorld('world.isPaused', { name: record.name });
  pushOrder(world, record, { type: 'pause' });
  record.status = 'paused';
  return undefined;
}

/** What has arrived in the meantime is handed over with the order to resume, under its old keys. */
function resume(world: World, record: ProcessRecord): Refusal {
  if (record.status !== 'paused') return sayOfWorld('world.isNotPaused', { name: record.name });
  const arrived: InboxItem[] = [];
  takeArrived(world, record, world.now, arrived);
  record.inbox.push(...arrived);
  pushOrder(world, record, { type: 'resume' });
  record.status = 'running';
  return undefined;
}

function wipe(record: ProcessRecord, note: Note): Refusal {
  if (record.kind !== 'server') return sayOfWorld('world.noDisk', { name: record.name });
  if (record.status !== 'down') return sayOfWorld('world.wipeRunning', { name: record.name });
  note(record.name);
  record.disk = {};
  record.sections = {};
  return undefined;
}

/** What a role can be ordered to do. */
const APP_ORDERS: Readonly<Record<'submit' | 'fail' | 'fencing', AppRole>> = {
  submit: 'taskclient',
  fail: 'worker',
  fencing: 'storage',
};

function begin(world: World, settings: AppSettings): Refusal {
  const name = appName(settings.role, settings.id);
  if (processOf(world, name) !== undefined) return sayOfWorld('world.exists', { name });
  startProcess(world, addApp(world, settings));
  return undefined;
}

function orderApp(
  world: World,
  command: Extract<Command, { type: 'submit' | 'fail' | 'fencing' }>,
): Refusal {
  const record = recordOf(world, command.process);
  const { type, process, ...rest } = command;
  if (record.app?.role !== APP_ORDERS[type]) {
    return sayOfWorld('world.noRole', { name: process, role: APP_ORDERS[type] });
  }
  if (record.status === 'down') return sayOfWorld('world.isDown', { name: process });
  orderProcess(world, record, { type: 'app', order: { type, ...rest } as AppOrder });
  return undefined;
}

/** Without a letter the first client that runs asks. */
function askWord(world: World, command: Extract<Command, { type: '4lw' }>): Refusal {
  const { process, word, letter, argument } = command;
  if (!isServer(process)) return sayOfWorld('world.noServer', { name: process });
  const record =
    letter === undefined
      ? world.processes.find(({ kind, status }) => kind === 'client' && status !== 'down')
      : recordOf(world, clientName(letter));
  if (record === undefined) return sayOfWorld('world.nobodyAsks');
  if (record.status === 'down') return sayOfWorld('world.isDown', { name: record.name });
  const order = { type: '4lw' as const, word, server: sidOf(process) };
  orderProcess(world, record, argument === undefined ? order : { ...order, argument });
  return undefined;
}

type Order = Extract<
  Command,
  { type: 'freeze' | 'thaw' | 'step' | 'disk' | 'set' | 'zk' | 'library' }
>;

/** Orders that reach into one process and happen there as an event. */
function orderInto(world: World, command: Order): Refusal {
  const name = 'letter' in command ? clientName(command.letter) : command.process;
  const record = recordOf(world, name);
  const isDown = record.status === 'down';
  switch (command.type) {
    case 'freeze':
    case 'thaw':
    case 'step': {
      const { thread } = command;
      if (isDown) return sayOfWorld('world.isDown', { name });
      if (!isServer(name)) return sayOfWorld('world.noThreads', { name, order: command.type });
      if (!isThreadName(thread)) return sayOfWorld('world.noThread', { thread });
      const type = command.type === 'step' ? 'stepThread' : command.type;
      orderProcess(world, record, { type, thread });
      return undefined;
    }
    case 'disk': {
      if (record.kind !== 'server') return sayOfWorld('world.noDisk', { name });
      const { fault, ms } = command;
      if (fault === 'slow' && !(ms !== undefined && ms >= 0)) {
        return sayOfWorld('world.slowNeedsMs');
      }
      const extraMicros = fault === 'slow' ? Math.round((ms as number) * 1000) : undefined;
      const order = extraMicros === undefined ? { fault } : { fault, extraMicros };
      // The disk outlives the process, and so does what ails it.
      record.diskFault = fault === 'ok' ? undefined : { ...order, fault };
      if (!isDown) orderProcess(world, record, { type: 'disk', ...order });
      return undefined;
    }
    case 'set': {
      if (isDown) return sayOfWorld('world.isDown', { name });
      record.settings[command.key] = command.value;
      orderProcess(world, record, { type: 'set', key: command.key, value: command.value });
      return undefined;
    }
    case 'zk':
      if (isDown) return sayOfWorld('world.isDown', { name });
      orderProcess(world, record, { type: 'console', line: command.line });
      return undefined;
    case 'library':
      if (isDown) return sayOfWorld('world.isDown', { name });
      orderProcess(world, record, { type: 'library', action: command.action });
      return undefined;
    default:
      return unreachable(command);
  }
}
