/**
 * What the world worker and the worker of one process say to each other, and the
 * process's end of it. One `start`, then advances, each answered in order.
 */
import type { Advance, AdvanceResult, ProcessSpec } from '../bridge/process';
import type { ZnodesPage, ZnodesWish } from '../bridge/znodeViews';
import type { MachineTable } from '../engine/world/machineTable';
import {
  advanceShell,
  createShell,
  type ProcessShell,
  shellOf,
  znodesOf,
} from '../engine/world/processShell';
import type { ShellState } from '../engine/world/shellState';

export type ToProcess =
  | { type: 'start'; spec: ProcessSpec }
  /** Goes on from a state, as a fork or an opened recording does. */
  | { type: 'adopt'; state: ShellState }
  | { type: 'advance'; advance: Advance }
  /** A look at the process as it is; nothing happens to it. */
  | { type: 'znodes'; wish: ZnodesWish };

export type FromProcess =
  | { type: 'result'; result: AdvanceResult }
  | { type: 'znodes'; page: ZnodesPage | undefined }
  /** A law of the engine is broken; the process is of no further use. */
  | { type: 'error'; message: string };

/** The world's end: a Worker, or what stands in for one in tests. */
export interface ProcessPort {
  post(message: ToProcess): void;
  /** Set once, by the driver. */
  onMessage: (message: FromProcess) => void;
  /** What it still sends is never heard. */
  terminate(): void;
}

/** Handles the messages of one process; `answer` sends back. */
export function hostProcess(
  machines: MachineTable,
  answer: (message: FromProcess) => void,
): (message: ToProcess) => void {
  let shell: ProcessShell | undefined;
  return (message) => {
    // The worker's edge: the one place where a broken law becomes a message.
    try {
      if (message.type === 'start') shell = createShell(message.spec, machines);
      else if (message.type === 'adopt') shell = shellOf(message.state, machines, false);
      else if (shell === undefined) throw new Error('an advance came before the start');
      else if (message.type === 'znodes')
        answer({ type: 'znodes', page: znodesOf(shell, message.wish) });
      else answer({ type: 'result', result: advanceShell(shell, message.advance) });
    } catch (error) {
      answer({ type: 'error', message: error instanceof Error ? error.message : String(error) });
    }
  };
}
