/**
 * A look of a hardened task client through /tasks, every inbox and /status: which tasks are where. It
 * is not a snapshot: tasks move while it goes on, and `seen` tells whether they did.
 */
import type { Effects } from '../../bridge/process';
import type { CallResult } from '../client/library/cnxnState';
import { ask } from './program';
import { getChildren, getData } from './requests';
import type { Look, LookAsk, TaskClientState } from './taskClientState';
import { decodeStatus, decodeTask } from '../../bridge/taskData';

const LISTS = ['/clients', '/tasks', '/assign', '/status'] as const;

/** Begins one; answers to an earlier one of that kind are nobody's from now on. */
export function beginLook(client: TaskClientState, why: Look['why'], effects: Effects): void {
  client.looks += 1;
  const look: Look = { why, round: client.looks, open: 0, seen: [], clients: [], found: [] };
  client[why] = look;
  // What was on its way, of an earlier connection too, has arrived behind this or never will.
  askFor(client, look, 'sync', effects);
  for (const path of LISTS) askFor(client, look, path, effects);
}

function askFor(client: TaskClientState, look: Look, path: string, effects: Effects): void {
  const { why, round } = look;
  const body = path === 'sync' ? { op: 'sync' as const, path: '/tasks' } : getChildren(path);
  ask(client.program, body, { for: 'look', why, round, path, task: null }, effects);
  look.open += 1;
}

/** True: it was the last answer. CONNECTIONLOSS gives the look up. */
export function onLooked(
  client: TaskClientState,
  { why, round, path, task }: LookAsk,
  { err, reply }: CallResult,
  effects: Effects,
): boolean {
  const look = client[why];
  if (look === null || look.round !== round) return false;
  if (err === 'CONNECTIONLOSS') {
    client[why] = null;
    return false;
  }
  look.open -= 1;
  if (task !== null) noteTask(look, path, task, reply?.data);
  else if (path !== 'sync') {
    if (path !== '/clients') look.seen.push(`${path} ${reply?.stat?.pzxid ?? 'none'}`);
    onListed(client, look, path, reply?.children ?? [], effects);
  }
  return look.open === 0;
}

function onListed(
  client: TaskClientState,
  look: Look,
  path: string,
  names: readonly string[],
  effects: Effects,
): void {
  if (path === '/clients') {
    look.clients = [...names];
    return;
  }
  for (const name of names) {
    const child = `${path}/${name}`;
    if (path === '/assign') {
      askFor(client, look, child, effects);
      continue;
    }
    const { why, round } = look;
    ask(
      client.program,
      getData(child),
      { for: 'look', why, round, path: child, task: name },
      effects,
    );
    look.open += 1;
  }
}

/** What nobody could read any more has moved on. */
function noteTask(look: Look, path: string, task: string, data: string | null | undefined): void {
  if (data === undefined) return;
  const isStatus = path.startsWith('/status/');
  const status = isStatus ? decodeStatus(data) : undefined;
  const written = isStatus ? status?.task : decodeTask(data);
  if (written === undefined || written.submission === '') return;
  const { submission } = written;
  look.found.push({ task, submission, status: status?.status ?? null });
}
