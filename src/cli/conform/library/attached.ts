/** What a replay sees of a client library besides its events. */
import type { ClientCnxn } from '../../../engine/client/library/cnxnState';

/** It has a connection, or has not yet said that it lost it. */
export function isAttached({ phase }: Pick<ClientCnxn, 'phase'>): boolean {
  return phase === 'serve' || phase === 'cleanup';
}
