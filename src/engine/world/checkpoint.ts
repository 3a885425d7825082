/**
 * A run as it was, to begin from again: a copy of its state that has in common with the run
 * whatever is never changed. So it costs what is under way, not what has piled up in trees,
 * logs and histories.
 */
import type { Keeper } from '../../bridge/process';
import { copyPlain } from '../../base/copyPlain';
import { keepFiles } from '../server/keepServer';
import { type DriverOptions, type Run, runFrom, type RunState, stateOf } from './driver';
import { type MachineTable, machineOf } from './machineTable';
import type { ShellState } from './shellState';
import type { World } from './worldState';

export interface Checkpoint {
  readonly event: number;
  /** Not to be run: where a list grows, an empty one stands. */
  readonly state: RunState;
  /** By what stands in the state: the list, and how long it was. */
  readonly growing: ReadonlyMap<object, { readonly list: readonly unknown[]; length: number }>;
}

export function takeCheckpoint(run: Run): Checkpoint {
  const state = stateOf(run);
  const known = new Map<object, unknown>();
  const growing = new Map<object, { list: readonly unknown[]; length: number }>();
  keepState(state, run.machines, {
    share: (value) => known.set(value, value),
    replace: (value, other) => known.set(value, other),
    shareGrowing(list) {
      if (known.has(list)) return;
      const standIn: unknown[] = [];
      growing.set(standIn, { list, length: list.length });
      known.set(list, standIn);
    },
  });
  return { event: run.world.events, state: copyPlain(state, known), growing };
}

/** A run that goes on from there; any number may, one after another or at once. */
export function runOfCheckpoint(
  { state, growing }: Checkpoint,
  machines: MachineTable,
  options: DriverOptions,
): Run {
  const known = new Map<object, unknown>();
  keepState(state, machines, {
    share: (value) => known.set(value, value),
    replace: (value, other) => known.set(value, other),
    shareGrowing() {},
  });
  for (const [standIn, { list, length }] of growing) known.set(standIn, list.slice(0, length));
  return runFrom(copyPlain(state, known), machines, options);
}

function keepState({ world, shells }: RunState, machines: MachineTable, keeper: Keeper): void {
  keepWorld(world, keeper);
  for (const name in shells) {
    const shell = shells[name as keyof typeof shells] as ShellState;
    keepPackets(shell.agenda, keeper);
    if (shell.machine !== undefined) machineOf(machines, shell.spec).keep?.(shell.machine, keeper);
  }
}

function keepWorld(world: World, keeper: Keeper): void {
  keeper.share(world.config);
  keeper.shareGrowing(world.commands);
  for (const { disk, sections, inbound } of world.processes) {
    keepFiles(disk, keeper);
    // Replaced whole when one of them changes.
    keeper.share(sections);
    keepPackets(inbound, keeper);
  }
  keepPackets(world.nowhere, keeper);
  for (const id in world.connections) {
    const { forth, back } = world.connections[id] as World['connections'][string];
    keepPackets(forth.waiting, keeper);
    keepPackets(back.waiting, keeper);
  }
}

/** A packet on its way is never changed, and may be a whole tree. */
function keepPackets(items: readonly { value: { type: string } }[], keeper: Keeper): void {
  for (const { value } of items) {
    if (value.type === 'message' && 'packet' in value) keeper.share(value.packet as object);
  }
}
