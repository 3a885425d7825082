/** Processes of the application, as the stories about it need them. */
import type { AppSettings, AppStyle } from '../bridge/app';
import type { Condition } from '../bridge/condition';
import type { Sid } from '../zk/ids';

/** Wanted session timeout of every process, ms: short, so that a story needs not wait long for an expiry. */
const TIMEOUT_MS = 6000;

export interface AppParts {
  /** The servers that each of its processes knows. */
  hosts: readonly Sid[];
  style: AppStyle;
  masters: readonly string[];
  workers: readonly string[];
  client: string;
  /** Masters and workers write to it. */
  storage?: { id: string; fencing: boolean };
  /** Masters have a wrapper that opens a new session in place of an expired one. */
  reconnects?: boolean;
  /** Of the masters, ms. */
  masterTimeoutMs?: number;
}

export function applicationOf(parts: AppParts): AppSettings[] {
  const { style, storage, reconnects, masterTimeoutMs = TIMEOUT_MS } = parts;
  const base = { hosts: [...parts.hosts], timeoutMs: TIMEOUT_MS, style };
  const writes = storage === undefined ? {} : { storage: storage.id };
  const again = reconnects === undefined ? {} : { reconnects };
  return [
    ...parts.masters.map((id): AppSettings => {
      return { role: 'master', id, ...base, timeoutMs: masterTimeoutMs, ...writes, ...again };
    }),
    ...parts.workers.map((id): AppSettings => ({ role: 'worker', id, ...base, ...writes })),
    { role: 'taskclient', id: parts.client, ...base },
    ...(storage === undefined ? [] : [{ role: 'storage' as const, ...storage }]),
  ];
}

/** So many workers have registered, and each of these masters has read all there is. */
export function atRest(workers: number, masters: readonly string[]): Condition {
  return {
    all: [
      { entry: { type: 'app', name: 'workerRegistered' }, times: workers },
      ...masters.map((id): Condition => {
        return { frame: `processes.master ${id}.sections.master.phase`, is: 'steady' };
      }),
      { quiet: true },
    ],
  };
}
