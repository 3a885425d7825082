/** A book-style master: what it does with each answer and each watch. */
import type { Effects } from '../../bridge/process';
import type { CallResult } from '../client/library/cnxnState';
import type { WatchedEvent } from '../client/library/watchedEvent';
import type { MasterAsk } from './masterAsk';
import {
  onAbsentInbox,
  onAssigned,
  onBackAgain,
  onDropped,
  onReassignData,
  onRecreated,
  onStatusData,
  onStatusDeleted,
  onStatuses,
  onTaskData,
  onTaskDeleted,
  onTasks,
  onWorkerData,
  onWorkers,
} from './masterAssign';
import { call } from './masterCalls';
import { onBookSession, onChecked, onMasterExists, onRan, runForMaster } from './masterElection';
import { onRecoveryRead } from './masterRecovery';
import type { MasterProcess } from './masterState';
import type { Listener } from './program';

export const bookMaster: Listener<MasterProcess, MasterAsk> = {
  onResult(master, what, result, effects) {
    effects.touch('master');
    if (result.err === 'CONNECTIONLOSS' && what.for !== 'runForMaster') {
      call(master, triedAgain(what), effects);
    } else if (result.err === 'SESSIONEXPIRED') {
      if (master.settings.reconnects === true) master.again.push(what);
    } else onAnswer(master, what, result, effects);
  },
  onWatch: onBookWatch,
  onSession: onBookSession,
};

/**
 * Defects: the retries of two calls hand over the full path where a name is expected. The path that
 * comes of it, `/tasks//tasks/task-3`, is none, and the library throws: the call is never made again.
 */
function triedAgain(what: MasterAsk): MasterAsk {
  switch (what.for) {
    case 'deleteTask':
      return { ...what, name: `/tasks/${what.name}` };
    case 'absentInbox':
      return { ...what, name: `/assign/${what.name}` };
    default:
      return what;
  }
}

function onAnswer(
  master: MasterProcess,
  what: MasterAsk,
  result: CallResult,
  effects: Effects,
): void {
  switch (what.for) {
    case 'runForMaster':
      onRan(master, result, effects);
      return;
    case 'checkMaster':
      onChecked(master, result, effects);
      return;
    case 'masterExists':
      onMasterExists(master, result, effects);
      return;
    case 'workers':
      onWorkers(master, result, effects);
      return;
    case 'workerData':
      onWorkerData(master, what, result);
      return;
    case 'tasks':
      onTasks(master, result, effects);
      return;
    case 'taskData':
      onTaskData(master, what, result, effects);
      return;
    case 'statuses':
      onStatuses(master, result, effects);
      return;
    case 'statusData':
      onStatusData(master, what, result, effects);
      return;
    case 'recoverTasks':
    case 'recoverAssign':
    case 'recoverWorkers':
    case 'recoverInbox':
    case 'recoverStatus':
      onRecoveryRead(master, what, result, effects);
      return;
    case 'assign':
      onAssigned(master, what, result, effects);
      return;
    case 'deleteTask':
      onTaskDeleted(master, what, result, effects);
      return;
    case 'absentInbox':
      onAbsentInbox(master, what, result, effects);
      return;
    case 'reassignData':
      onReassignData(master, what, result, effects);
      return;
    case 'recreate':
      onRecreated(master, what, result, effects);
      return;
    case 'dropTask':
      onDropped(what, result, effects);
      return;
    case 'assignAnew':
      onBackAgain(master, what, result, effects);
      return;
    case 'deleteStatus':
      onStatusDeleted(what, result, effects);
      return;
    default:
    // Of a root and of a deleted assignment nothing follows, whatever the answer.
  }
}

/** The watch says only that something changed; the call that reads it arms the next one. */
function onBookWatch(master: MasterProcess, { type, path }: WatchedEvent, effects: Effects): void {
  if (type === 'NodeDeleted' && path === '/master') runForMaster(master, effects);
  if (type !== 'NodeChildrenChanged') return;
  if (path === '/workers') call(master, { for: 'workers' }, effects);
  else if (path === '/tasks') call(master, { for: 'tasks' }, effects);
  else if (path === '/status') call(master, { for: 'statuses' }, effects);
}
