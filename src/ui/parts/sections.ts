/** Typed looks into a frame: sections by name, servers in the order of their sids. */
import type { Frame, ProcessView, Section } from '../../bridge/frame';
import type { AppRole } from '../../bridge/app';
import { isServer, type ProcessName, processIndex, readAppName, sidOf } from '../../bridge/names';
import type { Sid } from '../../zk/ids';

type Of<T extends Section['type']> = Extract<Section, { type: T }>;

/** The section of that name if it is there and of that type. */
export function sectionOf<T extends Section['type']>(
  process: ProcessView | undefined,
  name: string,
  type: T,
): Of<T> | undefined {
  const section = process?.sections[name];
  return section?.type === type ? (section as Of<T>) : undefined;
}

/** Names of the sections that are processors. */
export function processorsOf(process: ProcessView): string[] {
  const { sections } = process;
  return Object.keys(sections).filter((name) => sections[name]?.type === 'processor');
}

/** Ascending. */
export function serversOf(frame: Frame): Sid[] {
  return Object.keys(frame.processes)
    .filter((name) => isServer(name as ProcessName))
    .map((name) => sidOf(name as ProcessName))
    .sort((a, b) => a - b);
}

export function serverOf(frame: Frame, sid: Sid): ProcessView | undefined {
  return frame.processes[String(sid)];
}

/** Whoever has, or had before it crashed, a session: clients, and the application but for its storage. */
export function clientsOf(frame: Frame): ProcessView[] {
  return Object.values(frame.processes).filter(isClient);
}

function isClient({ kind, name }: ProcessView): boolean {
  if (kind !== 'app') return kind === 'client';
  return readAppName(name)?.role !== 'storage';
}

/** The run has an application on top of its ensemble. */
export function hasApp(frame: Frame): boolean {
  return Object.values(frame.processes).some(({ kind }) => kind === 'app');
}

/** The processes of a role, by their numbers. */
export function appsOf(frame: Frame, role: AppRole): ProcessView[] {
  return Object.values(frame.processes)
    .filter((process) => process.kind === 'app' && readAppName(process.name)?.role === role)
    .sort((a, b) => processIndex(a.name) - processIndex(b.name));
}
