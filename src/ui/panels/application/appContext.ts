/** What every card may need of the whole: who is cut off from whom, and whom the processes write to. */
import { createContext, useContext } from 'react';
import type { Frame } from '../../../bridge/frame';
import type { ProcessName } from '../../../bridge/names';
import { serverName } from '../../../bridge/names';
import { appsOf, sectionOf } from '../../parts/sections';
import { faultBetween } from '../stage/links/linkFaults';
import { type AppGroup, groupOf } from './views/groups';

export interface AppLinks {
  /** The one that it is connected to, or tries. */
  server?: ProcessName;
  servers: readonly ProcessName[];
  /** Those it cannot reach, or that cannot reach it. */
  cut: readonly ProcessName[];
  /** What it writes to. */
  storage?: ProcessName;
  isStorageCut: boolean;
}

const NONE: AppLinks = { servers: [], cut: [], isStorageCut: false };

export const AppLinksContext = createContext<Readonly<Record<ProcessName, AppLinks>>>({});

export function useAppLinks(name: ProcessName): AppLinks {
  return useContext(AppLinksContext)[name] ?? NONE;
}

/** Of masters, workers and task clients; the last writes to no storage. */
export function appLinks(frame: Frame, groups: readonly AppGroup[]): Record<ProcessName, AppLinks> {
  const storages = appsOf(frame, 'storage').map(({ name }) => name);
  const isCut = (a: ProcessName, b: ProcessName) => {
    const fault = faultBetween(frame.links, a, b);
    return fault !== undefined && fault.kind !== 'held';
  };
  const out: Record<ProcessName, AppLinks> = {};
  for (const role of ['master', 'worker', 'taskclient'] as const) {
    for (const process of appsOf(frame, role)) {
      const group = groups[groupOf(groups, process.name)];
      const servers = (group?.servers ?? []).map(serverName);
      const storage = storages.find((name) => group?.processes.includes(name));
      const sid = sectionOf(process, 'client', 'client')?.server;
      const writes = role === 'taskclient' ? undefined : storage;
      out[process.name] = {
        ...(sid === undefined ? {} : { server: serverName(sid) }),
        servers,
        cut: servers.filter((server) => isCut(process.name, server)),
        ...(writes === undefined ? {} : { storage: writes }),
        isStorageCut: writes !== undefined && isCut(process.name, writes),
      };
    }
  }
  return out;
}
