/** When a world is at rest. */
import type { Section } from '../../bridge/frame';
import type { World } from './worldState';

/**
 * Nothing is outstanding but pings and timers: no message that could arrive, no
 * request in a processor, no proposal without its commit, no election under way.
 * The sections must be those of now. What a hold, a cut, a pause or a frozen
 * thread stops does not count: it goes on only when a person says so.
 */
export function isQuiet(world: World): boolean {
  for (const record of world.processes) {
    if (record.inbox.length > 0 && record.status === 'running') return false;
    if (record.status !== 'running') continue;
    for (const { value } of record.inbound) if (!isPing(value)) return false;
    for (const name in record.sections) {
      if (!isIdleSection(record.sections[name] as Section)) return false;
    }
  }
  return true;
}

function isPing(value: World['processes'][number]['inbound'][number]['value']): boolean {
  if (value.type !== 'message') return false;
  const { packet } = value;
  if (packet.kind === 'REQUEST') return packet.body.op === 'ping';
  return packet.kind === 'PING' || (packet.kind === 'REPLY' && packet.op === 'ping');
}

function isIdleSection(section: Section): boolean {
  switch (section.type) {
    case 'processor':
      if (section.frozen) return true;
      return (
        section.working === null &&
        section.queues.every((queue) => queue.items.length === 0) &&
        (section.pendingRequests ?? []).length === 0 &&
        (section.workers ?? []).every((w) => w.working === null && w.items.length === 0)
      );
    case 'role':
      return section.serving || section.serverState === 'LOOKING';
    case 'election':
      return !section.finalizing;
    case 'ledger':
      return section.rows.length === 0 && section.toBeApplied.length === 0;
    case 'learners':
      return section.rows.every((row) => row.queuedCount === 0 && row.sending === null);
    case 'pendingTxns':
      return section.items.length === 0 && section.pendingSyncs.length === 0;
    case 'client':
      return section.outgoingQueue.length === 0 && section.pendingQueue.length === 0;
    default:
      return true;
  }
}
