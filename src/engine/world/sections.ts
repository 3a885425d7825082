/** Sections as the world keeps them: the last projection of each, and what is left of them after a death. */
import type { LogSection, RoleSection, Section } from '../../bridge/frame';
import { NO_SESSION, NO_ZXID } from '../../zk/ids';
import type { ProcessRecord } from './worldState';

/** Sessions of a client that crashes again and again are remembered up to this many. */
const FORMER_MAX = 8;

/** Replaces the sections that changed; the record is new only when something did. */
export function mergeSections(
  record: ProcessRecord,
  changes: Record<string, Section | null>,
): void {
  let merged: Record<string, Section> | undefined;
  for (const name in changes) {
    merged ??= { ...record.sections };
    const section = changes[name];
    if (section === null || section === undefined) delete merged[name];
    else merged[name] = section;
  }
  if (merged !== undefined) record.sections = merged;
}

/**
 * A dead process keeps `role` and `log`, as far as they lie on its disk; a client what stands on its terminal.
 * To be called after the loss.
 */
export function keepDeadSections(record: ProcessRecord): void {
  keepSession(record);
  const { role, log } = record.sections;
  const terminal = record.sections['console'];
  const kept: Record<string, Section> = {};
  const deadLog = log?.type === 'log' ? logOnDisk(record, log) : undefined;
  if (role?.type === 'role') kept['role'] = roleOnDisk(role, deadLog);
  if (deadLog !== undefined) kept['log'] = deadLog;
  if (terminal?.type === 'console') kept['console'] = { ...terminal, prompt: '', waiting: false };
  record.sections = kept;
}

/** A session outlives its client: whoever reads of it later wants to know whose it was. */
function keepSession(record: ProcessRecord): void {
  const { client } = record.sections;
  if (client?.type !== 'client' || client.sessionId === NO_SESSION) return;
  const { sessionId, letter } = client;
  const before = record.formerSessions ?? [];
  record.formerSessions = [...before.slice(1 - FORMER_MAX), { sessionId, letter }];
}

function logOnDisk(record: ProcessRecord, log: LogSection): LogSection {
  const records = log.records
    .filter((r) => r.synced)
    .map((r) => ({ ...r, committed: false, applied: false }));
  const files: LogSection['files'] = [];
  let lost = 0;
  for (const file of log.files) {
    const left = record.disk[file.name]?.records.length ?? 0;
    lost += file.records - left;
    if (record.disk[file.name] !== undefined) {
      files.push({ name: file.name, records: left, synced: left });
    }
  }
  const snapshots = log.snapshots.filter((zxid) =>
    Object.keys(record.disk).some((file) => file.endsWith(`snapshot.${zxid.toString(16)}`)),
  );
  return { ...log, records, total: log.total - lost, files, snapshots };
}

function roleOnDisk(role: RoleSection, log: LogSection | undefined): RoleSection {
  const newest = log?.records[log.records.length - 1]?.zxid;
  return {
    type: 'role',
    sid: role.sid,
    standalone: role.standalone,
    serverState: 'LOOKING',
    zabState: 'ELECTION',
    acceptedEpoch: role.acceptedEpoch,
    currentEpoch: role.currentEpoch,
    lastLoggedZxid: newest ?? log?.snapshots[log.snapshots.length - 1] ?? NO_ZXID,
    lastCommittedZxid: NO_ZXID,
    lastProcessedZxid: NO_ZXID,
    serving: false,
    voters: role.voters,
  };
}
