/**
 * What the runner sees of an ensemble in process: what each server says of itself, and every message
 * at the moment it is handed to a machine. The machines are the real ones, with an ear at the door.
 */
import type { RoleSection } from '../../../bridge/frame';
import type { ConnId, ProcessName } from '../../../bridge/names';
import { processIndex } from '../../../bridge/names';
import type { Machine, MachineEvent, ProcessSpec } from '../../../bridge/process';
import type { WorldConfig } from '../../../bridge/recording';
import type { ProbeReceived, ProbeState } from '../../../engine/client/probe';
import type { Run } from '../../../engine/world/driver';
import { startRun } from '../../../engine/world/driver';
import { MACHINES } from '../../../engine/world/machines';
import type { ConnectionKind, Packet } from '../../../zk/packets';

export type { ProbeReceived } from '../../../engine/client/probe';

/** A message that arrived at its process. */
export interface Delivered {
  /** Virtual time, us. */
  readonly at: number;
  readonly from: ProcessName;
  readonly to: ProcessName;
  readonly channel: ConnectionKind;
  readonly conn: ConnId;
  readonly packet: Packet;
}

/** Starts a run whose messages are written into `log`, in no order between processes. */
export function startOverheardRun(config: WorldConfig, log: Delivered[]): Run {
  const machines = {
    server: overheard(MACHINES.server, log),
    client: MACHINES.client,
    app: MACHINES.app,
    probe: overheard(MACHINES.probe, log),
  };
  return startRun(config, machines, { invariants: true });
}

/** The machine, with every message it is handed written down first. */
function overheard<Spec extends ProcessSpec>(
  // biome-ignore lint/suspicious/noExplicitAny: the state is passed on and never read
  machine: Machine<Spec, any>,
  log: Delivered[],
  // biome-ignore lint/suspicious/noExplicitAny: as above
): Machine<Spec, any> {
  const names = new WeakMap<object, ProcessName>();
  return {
    start(spec, effects) {
      const state = machine.start(spec, effects);
      names.set(state, spec.name);
      return state;
    },
    step(state, event: MachineEvent, effects) {
      if (event.type === 'message') {
        const { from, channel, conn, packet } = event;
        const to = names.get(state) as ProcessName;
        log.push({ at: effects.now, from, to, channel, conn, packet });
      }
      machine.step(state, event, effects);
    },
    project: (state, section) => machine.project(state, section),
    check: (state) => machine.check(state),
  };
}

/** Takes the log, in the order of arrival. */
export function takeLog(log: Delivered[]): Delivered[] {
  const taken = log.splice(0);
  // Stable: messages to one process stay as they came.
  return taken.sort((x, y) => x.at - y.at || processIndex(x.to) - processIndex(y.to));
}

/** Section `role` of a server as it is now; undefined while it is down or has not begun. */
export function roleOf(run: Run, server: ProcessName): RoleSection | undefined {
  const shell = run.shells[server];
  if (shell?.state.machine === undefined) return undefined;
  return shell.machine.project(shell.state.machine, 'role') as RoleSection | undefined;
}

/** Everything a probe received, oldest first; a growing list. */
export function probeReceived(run: Run, probe: ProcessName): readonly ProbeReceived[] {
  const machine = run.shells[probe]?.state.machine as ProbeState | undefined;
  return machine?.received ?? [];
}

/** There is a connection of that kind between the two, or the rest of one. */
export function isConnected(run: Run, link: Link): boolean {
  return Object.values(run.world.connections).some(
    ({ channel, a, b }) =>
      channel === link.channel &&
      ((a === link.a && b === link.b) || (a === link.b && b === link.a)),
  );
}

interface Link {
  readonly a: ProcessName;
  readonly b: ProcessName;
  readonly channel: ConnectionKind;
}
