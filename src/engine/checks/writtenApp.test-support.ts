/** Traces of the application written by hand, for the tests of its checks. */
import type { AppTrace, AppTraceName } from '../../bridge/app';
import type { ProcessName } from '../../bridge/names';
import type { SessionId } from '../../zk/ids';
import type { OpName } from '../../zk/opCode';
import { at, type Written, z } from './writtenTrace.test-support';

export const MASTER = 'master m-1' as ProcessName;
export const WORKER = 'worker w-1' as ProcessName;
export const CLIENT = 'taskclient c-1' as ProcessName;
export const STORAGE = 'storage s-1' as ProcessName;
export const SESSIONS = {
  [MASTER]: '0100000000000001',
  [WORKER]: '0100000000000002',
  [CLIENT]: '0100000000000003',
} as Record<ProcessName, SessionId>;

/** Something that a process of the application writes. */
export function by(
  process: ProcessName,
  type: Written['type'],
  rest: Partial<Written> = {},
): Written {
  return { ...rest, type, process };
}

export function says<Name extends AppTraceName>(
  process: ProcessName,
  name: Name,
  detail: AppTrace[Name],
) {
  return by(process, 'app', { name, detail: { ...detail } });
}

export const begun = [MASTER, WORKER, CLIENT, STORAGE].map((process) => by(process, 'start'));
export const connected = Object.entries(SESSIONS).map(([process, sessionId]) =>
  by(process as ProcessName, 'clientState', { name: 'CONNECTED', detail: { sessionId } }),
);

/** Server 1 proposes what `process` asked for. */
export function proposed(
  n: number,
  process: ProcessName,
  op: OpName,
  path: string,
  changes?: string[],
) {
  const request = { sessionId: SESSIONS[process] as SessionId, cxid: n, op, path };
  const line = at(1, 'propose', { zxid: z(1, n), request });
  return changes === undefined ? line : { ...line, changes };
}

/** And everybody applies it. */
export function done(
  n: number,
  process: ProcessName,
  op: OpName,
  path: string,
  changes?: string[],
) {
  const applied = [1, 2, 3].map((sid) => at(sid, 'apply', { zxid: z(1, n) }));
  return [proposed(n, process, op, path, changes), ...applied];
}

export const TASK = 'task-0000000000';
export const OF_TASK = { submission: 'c-1.0.1', task: TASK };
export const ASSIGNMENT = `/assign/worker-w-1/${TASK}`;

export const submitted = [
  ...begun,
  ...connected,
  ...done(1, CLIENT, 'create', '/tasks/task-', [`+/tasks/${TASK}`]),
  says(CLIENT, 'acknowledged', OF_TASK),
];
export const assigned = [
  ...submitted,
  ...done(2, MASTER, 'create', ASSIGNMENT),
  ...done(3, MASTER, 'delete', `/tasks/${TASK}`),
];
