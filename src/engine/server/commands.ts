/** Orders of a person that reach into a server. */
import { unreachable } from '../../base/assert';
import type { ProcessCommand } from '../../bridge/process';
import { settingMicros } from '../../bridge/settings';
import type { Server, Thread } from './machine';
import { scheduleReplay, threadOf } from './threads';
import { kick } from './work';

export function onCommand(s: Server, command: ProcessCommand): void {
  switch (command.type) {
    case 'freeze':
      freeze(s, threadOf(s.state, command.thread));
      return;
    case 'thaw':
      thaw(s, threadOf(s.state, command.thread));
      return;
    case 'stepThread':
      stepThread(s, command.thread);
      return;
    case 'disk':
      s.state.diskFault = {
        fault: command.fault,
        extraMicros: command.extraMicros ?? 0,
      };
      s.fx.describe({ name: `disk ${command.fault}` });
      s.fx.touch('log');
      return;
    case 'set':
      set(s, command.key, command.value);
      return;
    case 'console':
    case 'library':
    case '4lw':
    case 'probe':
    case 'app':
      throw new Error(`broken law: ${command.type} is no order for a server`);
    default:
      unreachable(command);
  }
}

/** The thread finishes what it has in hand and takes nothing more. */
function freeze(s: Server, thread: Thread): void {
  thread.frozen = true;
  thread.allowed = 0;
  s.fx.describe({ name: 'freeze', thread: thread.name });
  touchSections(s);
}

function thaw(s: Server, thread: Thread): void {
  thread.frozen = false;
  thread.allowed = 0;
  s.fx.describe({ name: 'thaw', thread: thread.name });
  touchSections(s);
  scheduleReplay(s, thread);
  kick(s, thread.name);
}

/** A frozen thread does one item: what waits for it longest, a message or its next piece of work. */
function stepThread(s: Server, name: string): void {
  const thread = threadOf(s.state, name);
  s.fx.describe({ name: 'step', thread: name });
  if (!thread.frozen) freeze(s, thread);
  thread.allowed = 1;
  if (thread.stalled.length > 0) scheduleReplay(s, thread);
  else kick(s, name);
}

const TIMING_KEYS = ['processor', 'fsync', 'append'] as const;

/** Service times in milliseconds, for all threads of a kind or one by name; anything else is no order. */
function set(s: Server, key: string, value: string): void {
  const micros = settingMicros(value);
  s.fx.describe({
    name: `set ${key} ${value}`,
    err: micros === undefined ? 'BADARGUMENTS' : undefined,
  });
  if (micros === undefined) return;
  const known = TIMING_KEYS.find((name) => name === key);
  // In process all servers begin with the one object of the configuration: it stays as it is.
  const { timing: old } = s.state.spec;
  const timing = { ...old, threads: { ...old.threads } };
  if (known === undefined) timing.threads[key] = micros;
  else timing[known] = micros;
  s.state.spec = { ...s.state.spec, timing };
}

function touchSections(s: Server): void {
  for (const name of [
    'RequestThrottler',
    'PrepRequestProcessor',
    'SyncRequestProcessor',
    'CommitProcessor',
    'FollowerRequestProcessor',
    'learners',
    'election',
  ]) {
    s.fx.touch(name);
  }
}
