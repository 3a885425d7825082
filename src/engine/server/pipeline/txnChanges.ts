/** What a txn makes of the tree, for the trace: only where the request does not tell. */
import type { RequestRef } from '../../../bridge/traceEntry';
import type { Txn } from '../../../zk/records';

/** Undefined: what the request asked for is what happens. The format is that of `TraceEntry.changes`. */
export function changesBesides(ref: RequestRef, txn: Txn | undefined): string[] | undefined {
  switch (txn?.type) {
    case 'create':
    case 'create2':
      if (!txn.ephemeral && txn.path === ref.path) return undefined;
      return changesOf(txn);
    case 'createContainer':
    case 'createTTL':
    case 'delete':
    case 'deleteContainer':
      return txn.path === ref.path ? undefined : changesOf(txn);
    case 'closeSession':
      return txn.paths2Delete.length === 0 ? undefined : changesOf(txn);
    case 'multi':
    case 'error':
      return changesOf(txn);
    default:
      return undefined;
  }
}

function changesOf(txn: Txn): string[] {
  switch (txn.type) {
    case 'create':
    case 'create2':
      return [`${txn.ephemeral ? '~' : '+'}${txn.path}`];
    case 'createContainer':
    case 'createTTL':
      return [`+${txn.path}`];
    case 'delete':
    case 'deleteContainer':
      return [`-${txn.path}`];
    case 'closeSession':
      return txn.paths2Delete.map((path) => `-${path}`);
    case 'multi':
      return txn.txns.some(({ type }) => type === 'error') ? [] : txn.txns.flatMap(changesOf);
    default:
      return [];
  }
}
