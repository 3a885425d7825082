/** Znodes that no frame holds, asked of the world while somebody looks at them. */
import type { ProcessName } from '../../bridge/names';
import type { ZnodesPage, ZnodesWish } from '../../bridge/znodeViews';
import { HostError } from './host';
import { edit } from './page';
import { ask } from './run';

/**
 * Not in turn with the actions: the world answers in its own order, and a look must not wait for a run.
 * Undefined when that server is dead at the event that is shown; then its card says so already.
 */
export async function askZnodes(
  server: ProcessName,
  wish: ZnodesWish,
): Promise<ZnodesPage | undefined> {
  count(1);
  try {
    return (await ask({ type: 'znodes', server, wish })).page;
  } catch (error) {
    if (error instanceof HostError) return undefined;
    throw error;
  } finally {
    count(-1);
  }
}

function count(by: 1 | -1): void {
  edit((draft) => {
    draft.loading += by;
  });
}
