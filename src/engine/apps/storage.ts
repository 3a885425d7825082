/**
 * The storage outside ZooKeeper: keeps what masters and workers write, remembers the greatest token
 * of each thing, and refuses a smaller one while fencing is on. It outlives every process that
 * writes to it and cannot crash.
 */
import { assert } from '../../base/assert';
import type { StorageRow, StorageSection } from '../../bridge/app';
import type { AppSpec, Effects, Machine } from '../../bridge/process';
import type { AppPacket } from '../../zk/packets';
import { traceApp } from './traceApp';

type Store = Extract<AppPacket, { kind: 'STORE' }>;

/** Rows that the page sees. */
const ROWS_SHOWN = 200;

export interface StorageState {
  role: 'storage';
  id: string;
  fencing: boolean;
  /** By key. */
  seen: Record<string, number>;
  /** Keys under which something was accepted. */
  kept: Record<string, true>;
  rows: StorageRow[];
  dropped: number;
}

export const storageMachine: Machine<AppSpec, StorageState> = {
  start(spec, effects) {
    assert(spec.settings.role === 'storage', 'it begins with settings of its own role');
    effects.touch('storage');
    const { id, fencing } = spec.settings;
    return { role: 'storage', id, fencing, seen: {}, kept: {}, rows: [], dropped: 0 };
  },
  step(state, event, effects) {
    if (event.type === 'connect') {
      if (event.channel === 'app') effects.accept(event.conn);
      else effects.refuse(event.conn);
    } else if (event.type === 'message' && event.packet.kind === 'STORE') {
      const { n } = event.packet;
      effects.send(event.conn, { kind: 'STORED', n, ...answer(state, event.packet, effects) });
    } else if (event.type === 'command' && event.command.type === 'app') {
      const { order } = event.command;
      assert(order.type === 'fencing', 'the world refuses every other order');
      state.fencing = order.on;
      effects.touch('storage');
    }
  },
  project(state, section): StorageSection | undefined {
    if (section !== 'storage') return undefined;
    const { id, fencing, rows, dropped } = state;
    return { type: 'storage', id, fencing, rows: rows.slice(), dropped };
  },
  check(state) {
    assert(state.rows.length <= ROWS_SHOWN, 'old rows are dropped');
  },
};

function answer(state: StorageState, write: Store, effects: Effects) {
  const { by, what, key, text, token, taskKind, ifAbsent } = write;
  const seen = state.seen[key] ?? 0;
  const isOld = state.fencing && token < seen;
  const outcome = isOld
    ? ('refused' as const)
    : ifAbsent === true && state.kept[key] === true
      ? ('duplicate' as const)
      : ('accepted' as const);
  // A write that is not let in does not move the fence.
  if (outcome === 'accepted') {
    state.kept[key] = true;
    state.seen[key] = Math.max(seen, token);
  }
  const row: StorageRow = { at: effects.now, by, what, key, text, token, outcome, seen };
  if (taskKind !== undefined) row.kind = taskKind;
  state.rows.push(row);
  if (state.rows.length > ROWS_SHOWN) {
    state.rows.shift();
    state.dropped += 1;
  }
  const kind = taskKind ?? null;
  traceApp(effects, 'stored', { by, what, key, token, kind, outcome, seen });
  effects.touch('storage');
  return { outcome, seen };
}
