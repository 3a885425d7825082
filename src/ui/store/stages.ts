/** The stages of a request as its trace shows them; the world runs to them, the page walks back over them. */
import type { RequestRef, TraceEntry } from '../../bridge/traceEntry';
import { isServer } from '../../bridge/names';

export type Stage =
  | 'sent'
  | 'received'
  | 'forwarded'
  | 'proposed'
  | 'logged'
  | 'committed'
  | 'applied'
  | 'replied';

/** The stage that an entry marks; undefined for all others. */
export function stageOf(entry: TraceEntry): Stage | undefined {
  switch (entry.type) {
    case 'send':
      if (entry.kind !== 'REQUEST') return undefined;
      return entry.channel === 'client' ? 'sent' : 'forwarded';
    case 'deliver':
      return entry.kind === 'REQUEST' && isServer(entry.process) ? 'received' : undefined;
    case 'propose':
      return 'proposed';
    case 'ack':
      return 'logged';
    case 'commit':
      return 'committed';
    case 'apply':
      return 'applied';
    case 'reply':
      return 'replied';
    default:
      return undefined;
  }
}

/** The entry marks a stage of `request`, or of any when none is given. */
export function isStage(entry: TraceEntry, request: RequestRef | undefined): boolean {
  if (entry.idle || stageOf(entry) === undefined) return false;
  if (request === undefined) return true;
  return entry.request?.sessionId === request.sessionId && entry.request.cxid === request.cxid;
}
