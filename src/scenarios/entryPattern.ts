/** Which trace entries a pattern fits. */
import type { EntryPattern } from '../bridge/condition';
import type { Frame } from '../bridge/frame';
import type { TraceEntry } from '../bridge/traceEntry';
import type { SessionId } from '../zk/ids';

/** The session that a client (by its letter) or a process of the application (by its id) has now. */
export function sessionOf(frame: Frame, who: string): SessionId | undefined {
  for (const name in frame.processes) {
    const process = frame.processes[name];
    if (process?.kind !== 'client' && process?.kind !== 'app') continue;
    if (name.slice(name.indexOf(' ') + 1) !== who) continue;
    const section = process.sections['client'];
    return section?.type === 'client' ? section.sessionId : undefined;
  }
  return undefined;
}

/** `frame` is needed by patterns with `session` alone; without it those fit nothing. */
export function entryMatches(
  pattern: EntryPattern,
  entry: TraceEntry,
  frame: Frame | undefined,
): boolean {
  const { op, path, pathStart, session, detail, ...plain } = pattern;
  for (const key in plain) {
    const field = key as keyof typeof plain;
    if (plain[field] !== undefined && entry[field] !== plain[field]) return false;
  }
  const { request } = entry;
  if (op !== undefined && request?.op !== op) return false;
  if (path !== undefined && request?.path !== path) return false;
  if (pathStart !== undefined && request?.path?.startsWith(pathStart) !== true) return false;
  if (session !== undefined) {
    const id = frame === undefined ? undefined : sessionOf(frame, session);
    if (id === undefined || request?.sessionId !== id) return false;
  }
  for (const key in detail) if (entry.detail?.[key] !== detail[key]) return false;
  return true;
}

export function patternText({ detail, ...plain }: EntryPattern): string {
  const parts = Object.entries(plain).map(([key, value]) => `${key} ${value}`);
  for (const [key, value] of Object.entries(detail ?? {})) parts.push(`${key} ${value}`);
  return parts.join(', ');
}
