/** Writes in flight whose token the storage has seen surpassed: what fencing is there to refuse. */
import type { Frame } from '../../../../bridge/frame';
import { sectionOf } from '../../../parts/sections';

/** Ids of the messages. */
export function oldWrites(frame: Frame): string[] {
  return frame.messages.flatMap(({ id, to, packet }) => {
    if (packet?.kind !== 'STORE') return [];
    const rows = sectionOf(frame.processes[to], 'storage', 'storage')?.rows ?? [];
    const seen = rows
      .filter(({ key, outcome }) => key === packet.key && outcome !== 'refused')
      .reduce((most, row) => Math.max(most, row.token, row.seen), 0);
    return packet.token < seen ? [id] : [];
  });
}
