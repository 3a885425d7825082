/** Which lane of the tape a process has: its own; in the view of the application all servers share one. */
import { isServer, type ProcessName, readAppName, shortName } from '../../../bridge/names';
import type { PageView } from '../../store/page';

export interface TapeLanes {
  /** What stands before each, top down. */
  labels: readonly string[];
  /** Undefined: this view does not show it. */
  laneOf: (name: ProcessName) => number | undefined;
}

/** The lane of all servers together. */
const ENSEMBLE = 'ZK';

export function tapeLanes(processes: readonly ProcessName[], view: PageView): TapeLanes {
  const apps = processes.filter((name) => readAppName(name) !== undefined);
  if (view !== 'application' || apps.length === 0) {
    const places = new Map(processes.map((name, i) => [name, i]));
    return { labels: processes.map(laneLabel), laneOf: (name) => places.get(name) };
  }
  const places = new Map(apps.map((name, i) => [name, i]));
  return {
    labels: [...apps.map(laneLabel), ENSEMBLE],
    laneOf: (name) => (isServer(name) ? apps.length : places.get(name)),
  };
}

function laneLabel(name: ProcessName): string {
  if (isServer(name)) return name;
  // As on its mark.
  return shortName(name).replace('-', '').toUpperCase();
}
