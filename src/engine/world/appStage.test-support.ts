/**
 * A stage for masters: an ensemble, masters as processes, and workers and tasks whose znodes a raw
 * client makes by hand, so that each fault can be placed exactly.
 */
import { assert } from '../../base/assert';
import { bytesToText, textToBytes } from '../../base/bytes';
import type { AppTrace, AppTraceName, MasterSection, MasterSettings } from '../../bridge/app';
import type { Command } from '../../bridge/command';
import { appName, type ProcessName } from '../../bridge/names';
import type { TraceEntry } from '../../bridge/traceEntry';
import type { SessionId } from '../../zk/ids';
import { masterSection } from '../apps/masterSection';
import type { MasterProcess } from '../apps/masterState';
import {
  encodeStatus,
  encodeTask,
  encodeWorker,
  type TaskData,
  workerNode,
} from '../../bridge/taskData';
import type { StorageState } from '../apps/storage';
import { childrenOf, getNode, statOf } from '../database/dataTree';
import { make } from './clientApi.test-support';
import {
  type Ensemble,
  give,
  newSession,
  pass,
  type RawClient,
  serverState,
  servingEnsemble,
  sidsOf,
} from './ensemble.test-support';

const TIMEOUT_MS = 4000;

export type Style = MasterSettings['style'];

export class Stage {
  readonly e: Ensemble;
  readonly style: Style;
  readonly hand: RawClient;

  /** One server unless said otherwise; sessions have 4 s. */
  constructor(style: Style, servers = 1) {
    this.e = servingEnsemble(servers);
    this.style = style;
    this.hand = newSession(this.e, 1);
  }

  /** Begins `m-1`, `m-2`... and lets it come to rest. */
  master(id: string, over: Partial<MasterSettings> = {}): ProcessName {
    const settings = {
      role: 'master' as const,
      id,
      hosts: sidsOf(this.e),
      timeoutMs: TIMEOUT_MS,
      style: this.style,
      ...over,
    };
    give(this.e, { type: 'app', settings });
    pass(this.e, 300);
    return appName('master', id);
  }

  /** Its inbox first, then its znode, ephemeral in a session of its own. */
  worker(id: string, can?: string): RawClient {
    const session = newSession(this.e, 1);
    const node = workerNode(id);
    session.send(make(`/assign/${node}`));
    const data = encodeWorker(can === undefined ? { state: 'Idle' } : { state: 'Idle', can });
    session.send(make(`/workers/${node}`, { flags: 1, data }));
    pass(this.e, 300);
    return session;
  }

  /** Its session ends, as after a crash. */
  kill(worker: RawClient): void {
    worker.send({ op: 'closeSession' });
    pass(this.e, 300);
  }

  /** Writes a task into /tasks at once; returns its name. */
  task(over: Partial<TaskData> = {}): string {
    const data = encodeTask({ text: 'resize 7', kind: 'any', submission: 'c-1.0.1', ...over });
    this.hand.send(make('/tasks/task-', { flags: 2, data }));
    const before = new Set(this.ls('/tasks'));
    for (let i = 0; i < 200; i += 1) {
      pass(this.e, 0.1);
      const name = this.ls('/tasks').find((found) => !before.has(found));
      if (name !== undefined) return name;
    }
    throw new Error('the task was never made');
  }

  status(task: string, status: 'done' | 'failed', data?: TaskData): void {
    const text = encodeStatus(data === undefined ? { status } : { status, task: data });
    this.hand.send(make(`/status/${task}`, { data: text }));
  }

  make(path: string, text = ''): void {
    this.hand.send(make(path, { data: textToBytes(text) }));
    pass(this.e, 100);
  }

  pass(ms: number): void {
    pass(this.e, ms);
  }

  give(command: Command): void {
    give(this.e, command);
  }

  /** Children at the first server, sorted. */
  ls(path: string): string[] {
    const { db } = this.server();
    return getNode(db.tree, path) === undefined ? [] : childrenOf(db.tree, path).sort();
  }

  /** Data at the first server as text; undefined: there is no such znode. */
  get(path: string): string | undefined {
    const node = getNode(this.server().db.tree, path);
    return node === undefined ? undefined : bytesToText(node.data ?? '');
  }

  ownerOf(path: string): SessionId | undefined {
    return statOf(this.server().db.tree, path)?.ephemeralOwner;
  }

  inbox(id: string): string[] {
    return this.ls(`/assign/${workerNode(id)}`);
  }

  private server() {
    const state = serverState(this.e, 1);
    assert(state !== undefined, 'server 1 runs');
    return state;
  }

  stateOf(name: ProcessName): MasterProcess {
    const machine = this.e.run.shells[name]?.state.machine as MasterProcess | undefined;
    assert(machine !== undefined, `${name} runs`);
    return machine;
  }

  section(name: ProcessName): MasterSection {
    return masterSection(this.stateOf(name));
  }

  isUp(name: ProcessName): boolean {
    return this.e.run.world.processes.some((p) => p.name === name && p.status !== 'down');
  }

  storage(id = 's-1'): StorageState {
    return this.e.run.shells[appName('storage', id)]?.state.machine as StorageState;
  }

  /** Details of all entries of that name, oldest first. */
  told<Name extends AppTraceName>(name: Name, process?: ProcessName): AppTrace[Name][] {
    return this.e.trace
      .filter((entry) => isApp(entry, name) && (process === undefined || entry.process === process))
      .map((entry) => entry.detail as unknown as AppTrace[Name]);
  }

  states(name: ProcessName): MasterSection['state'][] {
    return this.told('masterState', name).map(({ state }) => state);
  }
}

export function isApp(entry: TraceEntry, name: AppTraceName): boolean {
  return entry.type === 'app' && entry.name === name;
}

/** A request of that operation, on a path that begins so, leaves that process. */
export function sends(entry: TraceEntry, process: ProcessName, op: string, path = ''): boolean {
  return (
    entry.type === 'send' &&
    entry.process === process &&
    entry.request?.op === op &&
    (entry.request.path ?? '').startsWith(path)
  );
}
