/** When a run is at rest: only pings and timers would follow. */
import type { Frame, ProcessView, RequestView } from '../../bridge/frame';

/**
 * Nothing shown is under way and nothing is broken. While a process is down, a
 * link is cut or a server does not serve, something is still to come (a
 * timeout, an election), so that is no rest. A ping on its way through a server
 * is.
 */
export function isAtRest(frame: Frame): boolean {
  if (frame.messages.some((message) => message.idle !== true)) return false;
  if (frame.links.some((link) => link.cut || link.partitioned || link.held)) return false;
  return Object.values(frame.processes).every(isProcessAtRest);
}

function isProcessAtRest(process: ProcessView): boolean {
  if (process.status === 'paused') return false;
  // A crashed server stays down for good; what its death leads to shows at the others.
  if (process.status === 'down') return true;
  return Object.values(process.sections).every((section) => {
    switch (section.type) {
      case 'role':
        return section.serving;
      case 'processor':
        return (
          isPing(section.working) &&
          section.queues.every((queue) => queue.items.every(isPing)) &&
          (section.pendingRequests ?? []).every((row) => row.items.every(isPing)) &&
          (section.workers ?? []).every((w) => isPing(w.working) && w.items.every(isPing))
        );
      case 'ledger':
        return section.rows.length === 0 && section.toBeApplied.length === 0;
      case 'pendingTxns':
        return section.items.length === 0 && section.pendingSyncs.length === 0;
      case 'client':
        return (
          section.state !== 'CONNECTING' &&
          section.outgoingQueue.every(isPing) &&
          section.pendingQueue.every(isPing)
        );
      default:
        return true;
    }
  });
}

/** Or nothing at all. */
function isPing(request: RequestView | null): boolean {
  return request === null || request.op === 'ping';
}
