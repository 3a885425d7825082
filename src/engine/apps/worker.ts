/** The machine of a worker, of both styles. */
import { assert } from '../../base/assert';
import type { Section } from '../../bridge/frame';
import type { AppSpec, Effects, Machine, MachineEvent } from '../../bridge/process';
import { clientSection } from '../client/clientSection';
import { checkCnxn } from '../client/library/cnxnState';
import { deliverAll, feed, isHardened, type Listener, startProgram } from './program';
import { feedStorage, storageLink } from './storageLink';
import { onBookResult, onBookSession } from './workerBook';
import { LAST_ROOT, listInbox, lookForRoots, register } from './workerCalls';
import { onHardenedResult, onHardenedSession } from './workerHardened';
import { failRunning, onEffectAnswer, onThreadTimer } from './workerRun';
import {
  inboxPath,
  type WorkerAsk,
  workerPath,
  workerSection,
  type WorkerState,
} from './workerState';

export const workerMachine: Machine<AppSpec, WorkerState> = {
  start(spec, effects) {
    const { settings } = spec;
    assert(settings.role === 'worker', 'it begins with settings of its own role');
    effects.touch('worker');
    const worker: WorkerState = {
      role: 'worker',
      settings,
      program: startProgram<WorkerAsk>(settings, effects),
      storage: settings.storage === undefined ? null : storageLink(settings.storage),
      hasBegun: false,
      isRegistered: false,
      isSuspended: false,
      isOver: false,
      known: {},
      inbox: [],
      running: null,
      runs: 0,
      done: 0,
      failed: 0,
      said: 'Idle',
    };
    deliverAll(worker, worker.program, LISTENER, effects);
    return worker;
  },
  step(worker, event, effects) {
    handle(worker, event, effects);
    deliverAll(worker, worker.program, LISTENER, effects);
  },
  project(worker, section): Section | undefined {
    if (section === 'worker') return workerSection(worker);
    if (section !== 'client') return undefined;
    return clientSection(worker.settings.id, worker.program.cnxn, worker.settings.hosts);
  },
  check(worker) {
    checkCnxn(worker.program.cnxn);
    const { running, inbox, isRegistered, isSuspended, isOver } = worker;
    const isFree = !isSuspended && !isOver;
    assert(running !== null || inbox.length === 0 || !isFree, 'whoever can work works');
    const names = new Set(inbox.map(({ task, czxid }) => `${task} ${czxid}`));
    assert(names.size === inbox.length, 'no assignment waits twice');
    if (running !== null) {
      assert(running.step <= running.steps, 'a run has no more steps than its task');
      assert(running.doing === 'steps' || running.step === running.steps, 'the steps come first');
      assert(!running.isAsked || worker.storage !== null, 'only a storage is asked');
    }
    if (isHardened(worker)) {
      assert(isRegistered || running === null, 'whoever is in no group runs nothing');
      assert(isRegistered || inbox.length === 0, 'whoever is in no group has no inbox');
    }
  },
};

const LISTENER: Listener<WorkerState, WorkerAsk> = {
  onResult(worker, about, result, effects) {
    if (isHardened(worker)) onHardenedResult(worker, about, result, effects);
    else onBookResult(worker, about, result, effects);
  },
  onWatch(worker, event, effects) {
    if (event.path === inboxPath(worker) && event.type === 'NodeChildrenChanged') {
      listInbox(worker, effects);
    } else if (event.path === LAST_ROOT) lookForRoots(worker, effects);
    else if (isHardened(worker)) onOtherWatch(worker, event.path, effects);
  },
  onSession(worker, event, effects) {
    if (isHardened(worker)) onHardenedSession(worker, event, effects);
    else onBookSession(worker, event, effects);
  },
};

/** Hardened: its inbox is gone, or the znode that an earlier session left in /workers. */
function onOtherWatch(worker: WorkerState, path: string | null, effects: Effects): void {
  if (path === inboxPath(worker)) listInbox(worker, effects);
  else if (path === workerPath(worker) && !worker.isRegistered) register(worker, effects);
}

function handle(worker: WorkerState, event: MachineEvent, effects: Effects): void {
  if (event.type === 'connect') {
    effects.refuse(event.conn);
    return;
  }
  if (event.type === 'command') {
    const { command } = event;
    if (command.type === 'app' && command.order.type === 'fail') failRunning(worker, effects);
    return;
  }
  if (feed(worker.program, event, effects)) return;
  const answers = worker.storage === null ? undefined : feedStorage(worker.storage, event, effects);
  for (const { purpose, outcome } of answers ?? []) {
    onEffectAnswer(worker, purpose, outcome, effects);
  }
  if (event.type === 'local' && answers === undefined) {
    assert(onThreadTimer(worker, event.work.timer ?? '', effects), 'a worker has timers only');
  }
}
