/**
 * By which edge case of the application a check broke: read from the trace, from what the processes wrote
 * down, how they ended, which calls they lost, and what became of their znodes.
 *
 * Source of the cases: reference master-worker, edge cases (E1 to E16).
 */
import type { AppTrace, AppTraceName } from '../../../bridge/app';
import type { CheckView } from '../../../bridge/frame';
import type { TraceEntry } from '../../../bridge/traceEntry';
import type { SessionId } from '../../../zk/ids';
import { type AppTree, followTree, initialTree } from '../../../engine/checks/appTree';

/**
 * `null`: a retry lost the name of the task, and its status is /status/null. `retry`: the master's read of
 * the dead inbox was lost, and its retry names none. `other`: anything else.
 */
export type EdgeCase =
  | ('E2' | 'E4' | 'E5' | 'E6' | 'E7' | 'E8' | 'E11' | 'E13' | 'V1')
  | ('null' | 'retry' | 'other');

/** What random faults over the book-style application have to find. */
export const SOUGHT: readonly EdgeCase[] = ['E2', 'E4', 'E5', 'E7', 'E8'];

export interface EdgeFound {
  edge: EdgeCase;
  check: string;
  event: number;
  explanation: string;
}

interface Note {
  /** Global number of the event. */
  event: number;
  process: string;
  /**
   * `end`: it crashed, or ended by itself (`name`). `lost`: a call ended with CONNECTIONLOSS. `read`: a
   * master's list of an inbox ended, well or not (`name`).
   */
  what: 'app' | 'end' | 'lost' | 'read' | 'create' | 'delete';
  name: string;
  /** Of the application's own entries. */
  detail: Readonly<Record<string, unknown>>;
  /** Of lost calls, and of znodes that came and went. */
  path: string;
  sessionId: SessionId | null;
}

export interface EdgeWatch {
  sids: readonly number[];
  tree: AppTree;
  event: number;
  notes: Note[];
}

export function startEdgeWatch(sids: readonly number[]): EdgeWatch {
  const ascending = [...sids].sort((a, b) => a - b);
  return { sids: ascending, tree: initialTree(ascending), event: 0, notes: [] };
}

export function watchEdges(watch: EdgeWatch, entries: readonly TraceEntry[]): void {
  for (const entry of entries) {
    if (entry.event !== undefined) watch.event = entry.event;
    const server = watch.sids.indexOf(Number(entry.process));
    for (const { what, path, sessionId } of followTree(watch.tree, entry, server)) {
      if (what !== 'close') note(watch, entry, { what, path, sessionId });
    }
    if (server < 0) watchProgram(watch, entry);
  }
}

function watchProgram(watch: EdgeWatch, entry: TraceEntry): void {
  const { type, name = '', detail = {}, request, err } = entry;
  if (type === 'app') note(watch, entry, { what: 'app', name, detail });
  else if (type === 'exit' || (type === 'command' && name === 'crash')) {
    note(watch, entry, { what: 'end', name: type });
  } else if (type === 'result') {
    const { op = '', path = '' } = request ?? {};
    const isRead = op === 'getChildren' && path.startsWith('/assign/');
    if (isRead && entry.process.startsWith('master ')) {
      note(watch, entry, { what: 'read', name: err ?? '', path });
    } else if (err === 'CONNECTIONLOSS') note(watch, entry, { what: 'lost', name: op, path });
  }
}

function note(
  watch: EdgeWatch,
  { process }: TraceEntry,
  rest: Partial<Note> & { what: Note['what'] },
): void {
  const { event } = watch;
  watch.notes.push({ event, process, name: '', detail: {}, path: '', sessionId: null, ...rest });
}

/**
 * How a check of the application came to break; nothing for any other check. The tasks of a dead inbox are
 * stuck together, and the check names the first: each of them may have come there in its own way.
 */
export function edgesOf(watch: EdgeWatch, check: CheckView): EdgeFound[] {
  const { name, brokenAt: event = 0, explanation = '', sentence } = check;
  const notes = watch.notes.filter((found) => found.event <= event);
  const values = Object.fromEntries(
    Object.entries(sentence?.values ?? {}).map(([key, value]) => [key, String(value)]),
  );
  const { submission = '', task = '', worker = '', master = '' } = values;
  const found = { check: name, event, explanation };
  switch (name) {
    case 'NoDuplicateEffect':
      return [{ ...found, edge: whyTwice(notes, submission) }];
    case 'NoStuckInbox':
      return tasksIn(notes, worker).map((other) => ({
        ...found,
        edge: whyStuck(notes, other, worker, master),
        explanation: explanation.replace(task, other),
      }));
    case 'NoTaskLost':
      return [{ ...found, edge: whyLost(notes, task) }];
    default:
      return [];
  }
}

/** What lies in that inbox at the end of these. */
function tasksIn(notes: readonly Note[], worker: string): string[] {
  const inbox = `/assign/${worker}/`;
  const tasks = new Set<string>();
  for (const { what, path } of notes) {
    if (!path.startsWith(inbox)) continue;
    if (what === 'create') tasks.add(path.slice(inbox.length));
    else if (what === 'delete') tasks.delete(path.slice(inbox.length));
  }
  return [...tasks];
}

function lastPlace(notes: readonly Note[], is: (found: Note) => boolean): number {
  for (let i = notes.length - 1; i >= 0; i -= 1) if (is(notes[i] as Note)) return i;
  return -1;
}

function last(notes: readonly Note[], is: (found: Note) => boolean): Note | undefined {
  return notes[lastPlace(notes, is)];
}

function isApp<Name extends AppTraceName>(
  { what, name, detail }: Note,
  wanted: Name,
  having: Partial<AppTrace[Name]>,
): boolean {
  if (what !== 'app' || name !== wanted) return false;
  return Object.entries(having).every(([key, value]) => detail[key] === value);
}

/** The effects of one submission, twice accepted. */
function whyTwice(notes: readonly Note[], submission: string): EdgeCase {
  const isStored = (found: Note) =>
    isApp(found, 'stored', { what: 'effect', key: submission, outcome: 'accepted' });
  const first = notes.findIndex(isStored);
  const second = notes.findIndex((found, i) => i > first && isStored(found));
  const [a, b] = [runBehind(notes, first, submission), runBehind(notes, second, submission)];
  if (a === undefined || b === undefined) return 'other';
  if (a.task === 'null' || b.task === 'null') return 'null';
  if (a.task !== b.task) {
    return notes.some((found) => isApp(found, 'uncertain', { submission })) ? 'E8' : 'other';
  }
  const between = notes.slice(first, second);
  const status = `/status/${a.task}`;
  if (between.some(({ what, path }) => what === 'create' && path === status)) return 'E6';
  // It was still in its group when it took effect, and died before anybody knew.
  const isIn = wasRegistered(notes.slice(0, first), a.worker);
  const isDead = between.some(
    ({ what, name, process }) => what === 'end' && name === 'command' && process === a.worker,
  );
  if (isIn && isDead) return 'E5';
  // Taken for dead, and not dead.
  const isGone = (upTo: number, worker: string) => !wasRegistered(notes.slice(0, upTo), worker);
  return isGone(second, a.worker) || isGone(second, b.worker) || !isIn ? 'E13' : 'other';
}

/** The run of which the storage was asked for what it let in at `place`. */
function runBehind(notes: readonly Note[], place: number, submission: string) {
  const by = `worker ${String(notes[place]?.detail['by'])}`;
  const asked = last(
    notes.slice(0, place),
    (found) => found.process === by && isApp(found, 'effect', { submission }),
  );
  return asked === undefined ? undefined : { worker: by, task: String(asked.detail['task']) };
}

/** Whether its znode stands in /workers at the end of these. */
function wasRegistered(notes: readonly Note[], worker: string): boolean {
  const path = `/workers/worker-${worker.slice('worker '.length)}`;
  return last(notes, (found) => found.path === path && isChange(found))?.what === 'create';
}

function isChange({ what }: Note): boolean {
  return what === 'create' || what === 'delete';
}

function whyStuck(notes: readonly Note[], task: string, worker: string, master: string): EdgeCase {
  const place = (is: (found: Note) => boolean) => lastPlace(notes, is);
  const path = `/assign/${worker}/${task}`;
  const created = place((found) => found.what === 'create' && found.path === path);
  const gone = place((found) => found.what === 'delete' && found.path === `/workers/${worker}`);
  // The last look into that inbox, answered or not: what was there before belongs to other cases.
  const read = place((found) => found.what === 'read' && found.path === `/assign/${worker}`);
  if (created > gone && created > read) {
    const lock = last(
      notes.slice(0, created),
      (found) => found.path === '/master' && isChange(found),
    );
    const isOwner = lock?.what === 'create' && lock.sessionId === notes[created]?.sessionId;
    return isOwner ? 'E2' : 'E11';
  }
  const isBy = (found: Note) => found.process === master;
  const elected = place(
    (found) => isBy(found) && isApp(found, 'masterState', { state: 'ELECTED' }),
  );
  const skipped = place(
    (found) => isBy(found) && isApp(found, 'recoverySkipped', { why: 'noWorker' }),
  );
  const emptied = place((found) => isApp(found, 'requeued', { task, worker, isEmpty: true }));
  if (emptied > created) return 'V1';
  if (skipped > elected && created < elected) return 'E4';
  if (read > gone && notes[read]?.name !== 'OK') return 'retry';
  return 'other';
}

/** The assignment went, and the status had not come. */
function whyLost(notes: readonly Note[], task: string): EdgeCase {
  const status = `/status/${task}`;
  const isLost = notes.some(
    ({ what, name, path, process }) =>
      what === 'lost' && name === 'create' && path === status && process.startsWith('worker '),
  );
  const goes = last(notes, (found) => found.what === 'delete' && found.path.endsWith(`/${task}`));
  return isLost && goes?.path.startsWith('/assign/') ? 'E7' : 'other';
}
