/** What a client's pill says, and how much room that takes. */
import type { ProcessView } from '../../../../bridge/frame';
import { sectionOf } from '../../../parts/sections';

/** Width of a character of the command and, wide enough, of the state's capitals. */
export const CHARACTER = 7.3;
const COUNT_CHARACTER = 6.2;

/** The last line typed at its console; empty for none. */
export function lastCommand(process: ProcessView): string {
  const lines = sectionOf(process, 'console', 'console')?.lines ?? [];
  for (let i = lines.length - 1; i >= 0; i -= 1) {
    const line = lines[i];
    if (line?.kind === 'input') return line.text;
  }
  return '';
}

/** Requests written or to be written, without their answers. */
export function outstandingOf(process: ProcessView): number {
  const client = sectionOf(process, 'client', 'client');
  return (client?.outgoingQueue.length ?? 0) + (client?.pendingQueue.length ?? 0);
}

export interface PillFit {
  /** Characters of the command; 0: none. */
  command: number;
  /** The count in words, else as a number. */
  isCountInWords: boolean;
}

/** What fits beside the state: first the command, then the count's words. */
export function fitPill(width: number, state: string, command: string, count: string): PillFit {
  const room = width - 44 - state.length * CHARACTER;
  const words = count === '' ? 0 : count.length * COUNT_CHARACTER + 8;
  const isCountInWords = room - words >= Math.min(command.length, 10) * CHARACTER;
  const left = room - (count === '' ? 0 : isCountInWords ? words : 24);
  const characters = Math.min(command.length, Math.floor(left / CHARACTER));
  return {
    command: characters < 4 && characters < command.length ? 0 : characters,
    isCountInWords,
  };
}

/** The width at which everything fits. */
export function pillWidth(state: string, command: string, count: string): number {
  return (
    46 +
    state.length * CHARACTER +
    (command === '' ? 0 : 8 + command.length * CHARACTER) +
    (count === '' ? 0 : 10 + count.length * COUNT_CHARACTER)
  );
}
