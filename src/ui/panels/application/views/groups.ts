/**
 * Which ensemble each process of the application belongs to. Ensembles that stand side by side share nothing, and
 * an application may be on top of each: then there is a board for each.
 */
import type { Frame } from '../../../../bridge/frame';
import type { ProcessName } from '../../../../bridge/names';
import type { Sid } from '../../../../zk/ids';
import { appsOf, sectionOf, serversOf } from '../../../parts/sections';
import { ensemblesOf } from '../../stage/composition';
import { boardOf, placesOf, type Ticket } from './board';
import { type Truth, truthOf } from './truth';

export interface AppGroup {
  /** Ascending. */
  servers: readonly Sid[];
  /** Masters, workers, task clients, and the storages that they write to. */
  processes: readonly ProcessName[];
}

/** One or more; ensembles without an application are left out when another one has one. */
export function appGroups(frame: Frame): AppGroup[] {
  const ensembles = ensemblesOf(frame, serversOf(frame));
  const storages = appsOf(frame, 'storage').map(({ name }) => name);
  const programs = (['master', 'worker', 'taskclient'] as const).flatMap((role) =>
    appsOf(frame, role),
  );
  const groups = ensembles.map((servers) => {
    const own = programs.filter((process) => {
      const hosts = sectionOf(process, 'client', 'client')?.hosts ?? [];
      return servers.some((sid) => hosts.includes(sid));
    });
    return { servers, processes: own.map(({ name }) => name) };
  });
  const used = groups.filter(({ processes }) => processes.length > 0);
  if (used.length < 2) {
    // All on one board, whatever hosts they name.
    const servers = used[0]?.servers ?? serversOf(frame);
    return [{ servers, processes: [...programs.map(({ name }) => name), ...storages] }];
  }
  return used.map(({ servers, processes }) => {
    const others = used.flatMap((group) => (group.processes === processes ? [] : group.processes));
    const written = storages.filter(
      (storage) => writes(frame, processes, storage) || !writes(frame, others, storage),
    );
    return { servers, processes: [...processes, ...written] };
  });
}

/** One of them has, or had, a connection to that storage. */
function writes(frame: Frame, processes: readonly ProcessName[], storage: ProcessName): boolean {
  return frame.connections.some(({ a, b }) => b === storage && processes.includes(a));
}

/** Index of the group of a process; the first one for whoever belongs to none. */
export function groupOf(groups: readonly AppGroup[], name: ProcessName): number {
  return Math.max(
    0,
    groups.findIndex(({ processes }) => processes.includes(name)),
  );
}

/** Where a task stands, ensemble by ensemble: side by side each has tasks of its own, of the same names. */
export function taskPlaces(frame: Frame, task: string): (Ticket & { truth: Truth })[] {
  return appGroups(frame).flatMap(({ servers }) => {
    const truth = truthOf(frame, servers);
    return placesOf(boardOf(truth), task).map((place) => ({ ...place, truth }));
  });
}
