/** The machine of a task client, of both styles. */
import { assert } from '../../base/assert';
import type { Section } from '../../bridge/frame';
import type { AppSpec, Effects, Machine, MachineEvent } from '../../bridge/process';
import { clientSection } from '../client/clientSection';
import { checkCnxn } from '../client/library/cnxnState';
import type { WatchedEvent } from '../client/library/watchedEvent';
import { deliverAll, feed, isHardened, type Listener, startProgram } from './program';
import { onBookResult, onBookSession } from './taskClientBook';
import { lookForRoot, submit, watchStatus } from './taskClientCalls';
import { onHardenedResult, onHardenedSession } from './taskClientHardened';
import { type TaskClientAsk, taskClientSection, type TaskClientState } from './taskClientState';
import { onSweepTimer, watchClients } from './taskClientSweep';

export const taskClientMachine: Machine<AppSpec, TaskClientState> = {
  start(spec, effects) {
    const { settings, incarnation } = spec;
    assert(settings.role === 'taskclient', 'it begins with settings of its own role');
    effects.touch('taskclient');
    const client: TaskClientState = {
      role: 'taskclient',
      settings,
      incarnation,
      program: startProgram<TaskClientAsk>(settings, effects),
      submissions: [],
      isConnected: false,
      hasBegun: false,
      isOver: false,
      isNewSession: false,
      looks: 0,
      search: null,
      sweep: null,
      searchedBefore: null,
    };
    deliverAll(client, client.program, LISTENER, effects);
    return client;
  },
  step(client, event, effects) {
    handle(client, event, effects);
    deliverAll(client, client.program, LISTENER, effects);
  },
  project(client, section): Section | undefined {
    if (section === 'taskclient') return taskClientSection(client);
    if (section !== 'client') return undefined;
    return clientSection(client.settings.id, client.program.cnxn, client.settings.hosts);
  },
  check(client) {
    checkCnxn(client.program.cnxn);
    const mayAsk = client.isConnected || !isHardened(client);
    for (const { id, state, tasks, isConsumed, isAsked } of client.submissions) {
      assert(mayAsk || !isAsked, `without a connection ${id} is not being created`);
      const isNamed = tasks.length > 0;
      assert(state !== 'WAITING' || isNamed, `${id} waits for a task that has a name`);
      assert(state !== 'DONE' || isNamed, `${id} is done and had a name`);
      assert(!isConsumed || state === 'READING' || state === 'DONE', `${id} is read to its end`);
      assert(new Set(tasks).size === tasks.length, `the tasks of ${id} are different ones`);
    }
  },
};

const LISTENER: Listener<TaskClientState, TaskClientAsk> = {
  onResult(client, about, result, effects) {
    if (isHardened(client)) onHardenedResult(client, about, result, effects);
    else onBookResult(client, about, result, effects);
  },
  onWatch,
  onSession(client, event, effects) {
    if (isHardened(client)) onHardenedSession(client, event, effects);
    else onBookSession(client, event, effects);
  },
};

/** Whatever happened to a status: the same call that looks sets the next watch. */
function onWatch(client: TaskClientState, { path }: WatchedEvent, effects: Effects): void {
  if (path === '/clients') watchClients(client, effects);
  else if (path === '/tasks') lookForRoot(client, effects);
  const task = /^\/status\/([^/]+)$/.exec(path ?? '')?.[1];
  if (task === undefined) return;
  for (const submission of client.submissions) {
    const { state, tasks } = submission;
    const isAwaited = state === 'WAITING' || state === 'FAILED';
    if (isAwaited && tasks.includes(task)) watchStatus(client, submission, task, effects);
  }
}

function handle(client: TaskClientState, event: MachineEvent, effects: Effects): void {
  if (event.type === 'connect') effects.refuse(event.conn);
  else if (event.type === 'command') {
    const { command } = event;
    if (command.type === 'app' && command.order.type === 'submit') {
      submit(client, command.order.task, effects);
    }
  } else if (!feed(client.program, event, effects) && event.type === 'local') {
    assert(event.work.timer === 'sweep', 'a task client has no other timer');
    onSweepTimer(client, effects);
  }
}
