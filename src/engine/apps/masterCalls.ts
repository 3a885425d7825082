/** The calls of a master as requests of the protocol. */
import { textToBytes } from '../../base/bytes';
import type { Effects } from '../../bridge/process';
import { OPEN_ACL, type MultiOp, type RequestBody } from '../../zk/records';
import { validatePath } from '../../zk/paths';
import type { CallResult } from '../client/library/cnxnState';
import { isMulti, type MasterAsk, type MultiAsk } from './masterAsk';
import type { MasterProcess } from './masterState';
import { ask } from './program';

const PERSISTENT = 0;
const EPHEMERAL = 1;
const ANY_VERSION = -1;

/** Makes a call; a path that the library does not take is never sent, as an exception would have it. */
export function call(master: MasterProcess, what: MasterAsk, effects: Effects): void {
  const { body, isWatched } = bodyOf(master, what);
  if ('path' in body && validatePath(body.path) !== undefined) return;
  ask(master.program, body, what, effects, isWatched);
  effects.touch('master');
}

interface Asked {
  body: RequestBody;
  isWatched?: boolean;
}

function bodyOf(master: MasterProcess, what: MasterAsk): Asked {
  switch (what.for) {
    case 'root':
      return { body: create(what.path, '') };
    case 'runForMaster':
      return { body: runBody(master) };
    case 'checkMaster':
      return { body: checkBody(master) };
    case 'masterExists':
      return { body: { op: 'exists', path: '/master', watch: true }, isWatched: true };
    case 'workers':
    case 'tasks':
      return { body: getChildren(`/${what.for}`, true), isWatched: true };
    case 'statuses':
      return { body: getChildren('/status', true), isWatched: true };
    case 'workerData':
      return { body: getData(`/workers/${what.worker}`) };
    case 'taskData':
      return { body: getData(`/tasks/${what.task}`) };
    case 'statusData':
      return { body: getData(`/status/${what.task}`) };
    case 'recoverTasks':
      return { body: getChildren('/tasks') };
    case 'recoverAssign':
      return { body: getChildren('/assign') };
    case 'recoverWorkers':
      return { body: getChildren('/workers') };
    case 'recoverStatus':
      return { body: getChildren('/status') };
    case 'recoverInbox':
      return { body: getChildren(`/assign/${what.worker}`) };
    default:
      return { body: isMulti(what) ? multiOf(master, what) : writeOf(what) };
  }
}

type Write = Extract<
  MasterAsk,
  {
    for:
      | 'assign'
      | 'deleteTask'
      | 'absentInbox'
      | 'reassignData'
      | 'recreate'
      | 'deleteAssignment'
      | 'dropTask'
      | 'assignAnew'
      | 'deleteStatus'
      | 'assignmentData'
      | 'inbox';
  }
>;

function writeOf(what: Write): RequestBody {
  switch (what.for) {
    case 'assign':
      return create(`/assign/${what.worker}/${what.task}`, what.data);
    case 'deleteTask':
      return remove(`/tasks/${what.name}`);
    case 'absentInbox':
      return getChildren(`/assign/${what.name}`);
    case 'reassignData':
      return getData(what.path);
    case 'recreate':
    case 'assignAnew':
      return create(`/tasks/${what.task}`, what.data);
    case 'deleteAssignment':
      return remove(what.path);
    case 'dropTask':
      return remove(`/tasks/${what.task}`);
    case 'deleteStatus':
      return remove(`/status/${what.task}`);
    case 'assignmentData':
      return getData(`/assign/${what.worker}/${what.task}`);
    case 'inbox':
      return create(`/assign/${what.worker}`, '');
  }
}

/** Which operation of a multi failed, from 0; undefined: none, or the answer does not tell. */
export function failedOp({ reply }: CallResult): number | undefined {
  const at = reply?.results?.findIndex(({ op, err }) => op === 'error' && err !== 'OK') ?? -1;
  return at < 0 ? undefined : at;
}

/** Each begins with the check of the epoch: whoever was deposed changes nothing. */
function multiOf(master: MasterProcess, what: MultiAsk): RequestBody {
  const ops: MultiOp[] = [check('/epoch', master.token ?? ANY_VERSION)];
  switch (what.for) {
    case 'give':
      ops.push(
        check(`/workers/${what.worker}`),
        create(`/assign/${what.worker}/${what.task}`, what.data),
        remove(`/tasks/${what.task}`),
      );
      break;
    case 'dropIf':
      ops.push(check(what.path), remove(`/tasks/${what.task}`));
      break;
    case 'dropAssignment':
      ops.push(check(what.path), remove(`/assign/${what.worker}/${what.task}`));
      break;
    case 'moveBack':
      ops.push(
        create(`/tasks/${what.task}`, what.data),
        remove(`/assign/${what.worker}/${what.task}`),
      );
      break;
    case 'retryFailed':
      ops.push(
        create(`/tasks/${what.task}`, what.data),
        remove(`/status/${what.task}`, what.version),
      );
      break;
    case 'dropStatus':
      ops.push(check(`/tasks/${what.task}`), remove(`/status/${what.task}`, what.version));
  }
  return { op: 'multi', ops };
}

/**
 * Book-style creates the lock alone. Hardened raises the epoch in the same txn, so that there is no
 * moment in which a master holds the lock and its predecessor's epoch still stands.
 */
function runBody(master: MasterProcess): RequestBody {
  const { id, style } = master.settings;
  const lock = {
    op: 'create2' as const,
    path: '/master',
    data: textToBytes(id),
    acl: OPEN_ACL,
    flags: EPHEMERAL,
  };
  if (style === 'book') return lock;
  const raise: MultiOp = {
    op: 'setData',
    path: '/epoch',
    data: textToBytes(id),
    version: ANY_VERSION,
  };
  return { op: 'multi', ops: [lock, raise] };
}

/**
 * Hardened reads the lock and the epoch in one: read one after the other at a follower that catches
 * up between them, they could be an old master's lock and its successor's epoch.
 */
function checkBody(master: MasterProcess): RequestBody {
  if (master.settings.style === 'book') return getData('/master');
  return { op: 'multiRead', ops: [getData('/master'), getData('/epoch')] };
}

type Create = Extract<MultiOp, { op: 'create' | 'create2' | 'createContainer' }>;

function create(path: string, data: string): Create {
  return { op: 'create', path, data, acl: OPEN_ACL, flags: PERSISTENT };
}

function remove(path: string, version = ANY_VERSION): Extract<MultiOp, { op: 'delete' }> {
  return { op: 'delete', path, version };
}

function check(path: string, version = ANY_VERSION): MultiOp {
  return { op: 'check', path, version };
}

function getData(path: string): Extract<MultiOp, { op: 'exists' | 'getData' | 'getChildren' }> {
  return { op: 'getData', path, watch: false };
}

function getChildren(path: string, watch = false): RequestBody {
  return { op: 'getChildren', path, watch };
}
