/**
 * A master of the master-worker application: a program over the client library that is elected, gives
 * tasks to workers, and recovers from znodes alone what the master before it had done. It takes no
 * virtual time of its own. Two styles: `masterBook` and `masterHardened`.
 *
 * Source: the published example of the ZooKeeper book, Master.
 */
import { assert } from '../../base/assert';
import type { Section } from '../../bridge/frame';
import type { AppSpec, Effects, Machine, MachineEvent } from '../../bridge/process';
import { clientSection } from '../client/clientSection';
import { checkCnxn } from '../client/library/cnxnState';
import { bookMaster } from './masterBook';
import { goOnInNewSession } from './masterElection';
import { beginAgain, hardenedMaster, resign } from './masterHardened';
import { masterSection } from './masterSection';
import { initialMaster, type MasterProcess } from './masterState';
import { deliverAll, feed, isHardened, openNewSession, startProgram } from './program';
import { feedStorage, storageLink } from './storageLink';

const TIMER = 'newSession';
/** A master that resigned lets others have their turn before its wrapper opens a new session, us. */
const PAUSE_MICROS = 1_000_000;

export const masterMachine: Machine<AppSpec, MasterProcess> = {
  start({ settings }, effects) {
    assert(settings.role === 'master', 'it begins with settings of its own role');
    const storage = settings.storage === undefined ? null : storageLink<'plan'>(settings.storage);
    const master = initialMaster(settings, startProgram(settings, effects), storage);
    effects.touch('master');
    deliver(master, effects);
    return master;
  },
  step(master, event, effects) {
    if (event.type === 'connect') effects.refuse(event.conn);
    else if (!onStorage(master, event, effects) && !feed(master.program, event, effects)) {
      onTimer(master, event, effects);
    }
    deliver(master, effects);
  },
  project(master, section): Section | undefined {
    if (section === 'master') return masterSection(master);
    if (section !== 'client') return undefined;
    return clientSection(master.settings.id, master.program.cnxn, master.settings.hosts);
  },
  check: checkMaster,
};

/** False: the event is none of the storage's. */
function onStorage(master: MasterProcess, event: MachineEvent, effects: Effects): boolean {
  if (master.storage === null) return false;
  const answers = feedStorage(master.storage, event, effects);
  if (answers === undefined) return false;
  effects.touch('master');
  const isRefused = answers.some(({ outcome }) => outcome === 'refused');
  // E12: book-style masters do not listen to what the storage says.
  const canResign = isHardened(master) && master.state !== 'RESIGNED' && master.state !== 'STOPPED';
  if (isRefused && canResign) resign(master, effects);
  return true;
}

function onTimer(master: MasterProcess, event: MachineEvent, effects: Effects): void {
  if (event.type === 'local' && event.work.timer === TIMER) reopen(master, effects);
}

function deliver(master: MasterProcess, effects: Effects): void {
  const listener = isHardened(master) ? hardenedMaster : bookMaster;
  deliverAll(master, master.program, listener, effects);
  if (master.over === null || master.program.cnxn.phase !== 'ended') return;
  const { over, settings } = master;
  if (settings.reconnects !== true) {
    master.over = null;
    // A session that expired ends the process.
    if (master.state === 'STOPPED') effects.exit(0, 'session expired');
  } else if (over === 'expired') reopen(master, effects);
  else {
    master.over = null;
    effects.setTimer(TIMER, PAUSE_MICROS);
  }
}

function reopen(master: MasterProcess, effects: Effects): void {
  master.over = null;
  openNewSession(master.program, effects);
  if (isHardened(master)) beginAgain(master, effects);
  else goOnInNewSession(master, effects);
}

/** Holds after every step. */
function checkMaster(master: MasterProcess): void {
  const { state, phase, program, pending, settings, recovery } = master;
  checkCnxn(program.cnxn);
  assert(program.cnxn.waitingEvents.length === 0, 'what the library has learned is told');
  assert((phase !== null) === (state === 'ELECTED'), 'only an elected master has a phase');
  assert(phase === null || master.token !== null, 'an elected master has a token');
  assert(master.again.length === 0 || settings.reconnects === true, 'only a wrapper calls again');
  if (settings.style === 'book') return;
  assert(state !== 'SUSPENDED' || program.cnxn.phase !== 'serve', 'a connected master acts');
  const isQuiet = state === 'SUSPENDED' || state === 'STOPPED';
  assert(
    !isQuiet || Object.keys(program.waiting).length === 0,
    'without a connection it asks nothing',
  );
  assert(state === 'ELECTED' || recovery === null, 'only the master recovers');
  assert(state === 'ELECTED' || Object.keys(pending).length === 0, 'only the master gives out');
  for (const { worker, data } of Object.values(pending)) {
    assert(worker === undefined || data !== undefined, 'a task is read before it is given');
  }
}
