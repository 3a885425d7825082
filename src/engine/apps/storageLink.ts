/**
 * A program's connection to its storage: opened when there is something to write, kept, and given up
 * when nothing is answered for a while. A write without an answer is `lost`: whether it took place
 * is not known.
 */
import { appName, type ConnId, type ProcessName } from '../../bridge/names';
import type { Effects, MachineEvent } from '../../bridge/process';
import type { AppPacket } from '../../zk/packets';

export type StorageWrite = Omit<Extract<AppPacket, { kind: 'STORE' }>, 'kind' | 'n'>;
export type StorageOutcome = Extract<AppPacket, { kind: 'STORED' }>['outcome'] | 'lost';

/** A write is given up after this long, virtual us. */
const PATIENCE_MICROS = 5_000_000;
const TIMER = 'storage';

export interface StorageLink<Purpose> {
  storage: ProcessName;
  conn: ConnId | null;
  isOpen: boolean;
  lastN: number;
  /** Written or waiting for the connection, oldest first. */
  writes: { n: number; write: StorageWrite; purpose: Purpose; at: number }[];
}

export function storageLink<Purpose>(id: string): StorageLink<Purpose> {
  return { storage: appName('storage', id), conn: null, isOpen: false, lastN: 0, writes: [] };
}

export function store<Purpose>(
  link: StorageLink<Purpose>,
  write: StorageWrite,
  purpose: Purpose,
  effects: Effects,
): void {
  link.lastN += 1;
  link.writes.push({ n: link.lastN, write, purpose, at: effects.now });
  if (link.conn === null) link.conn = effects.open('app', link.storage);
  else if (link.isOpen) effects.send(link.conn, { kind: 'STORE', n: link.lastN, ...write });
  if (link.writes.length === 1) effects.setTimer(TIMER, PATIENCE_MICROS);
}

/** What waits for the connection is not written any more, and nobody asks what became of it. */
export function forgetUnsent<Purpose>(link: StorageLink<Purpose>): void {
  if (!link.isOpen) link.writes = [];
}

/** What an event means for the link: answers, oldest first; undefined: it is none of its own. */
export function feedStorage<Purpose>(
  link: StorageLink<Purpose>,
  event: MachineEvent,
  effects: Effects,
): { purpose: Purpose; outcome: StorageOutcome }[] | undefined {
  if (event.type === 'local')
    return event.work.timer === TIMER ? onSilence(link, effects) : undefined;
  if (event.type === 'command' || event.type === 'connect') return undefined;
  if (event.conn !== link.conn) return undefined;
  switch (event.type) {
    case 'accepted':
      link.isOpen = true;
      for (const { n, write } of link.writes) {
        effects.send(event.conn, { kind: 'STORE', n, ...write });
      }
      return [];
    case 'message':
      return event.packet.kind === 'STORED' ? onStored(link, event.packet, effects) : [];
    default:
      return giveUp(link);
  }
}

function onStored<Purpose>(
  link: StorageLink<Purpose>,
  { n, outcome }: Extract<AppPacket, { kind: 'STORED' }>,
  effects: Effects,
) {
  const found = link.writes.find((write) => write.n === n);
  if (found === undefined) return [];
  link.writes = link.writes.filter((write) => write !== found);
  const [oldest] = link.writes;
  if (oldest === undefined) effects.clearTimer(TIMER);
  else effects.setTimer(TIMER, Math.max(0, oldest.at + PATIENCE_MICROS - effects.now));
  return [{ purpose: found.purpose, outcome }];
}

function onSilence<Purpose>(link: StorageLink<Purpose>, effects: Effects) {
  if (link.conn !== null) effects.close(link.conn);
  return giveUp(link);
}

function giveUp<Purpose>(link: StorageLink<Purpose>) {
  const lost = link.writes.map(({ purpose }) => ({ purpose, outcome: 'lost' as const }));
  link.conn = null;
  link.isOpen = false;
  link.writes = [];
  return lost;
}
