/** `history` and the numbers that `redo` takes. */
import type { ConsoleState } from './consoleState';

/** Earlier lines that `history` prints before itself. */
const HISTORY_SHOWN = 10;

/** A command among the arguments of zkCli has no line, which is printed as null. */
export function historyLines(state: ConsoleState): string[] {
  const lines: string[] = [];
  for (let n = Math.max(0, state.commandCount - HISTORY_SHOWN); n <= state.commandCount; n += 1) {
    lines.push(`${n} - ${state.history[n] ?? 'null'}`);
  }
  return lines;
}

/** Java's Integer.decode: decimal, `0x` or `#` hexadecimal, `0` octal. Undefined where it throws. */
export function decodeJavaInt(text: string): number | undefined {
  const match = /^([+-]?)(?:0[xX]([0-9a-fA-F]+)|#([0-9a-fA-F]+)|0([0-7]+)|(\d+))$/.exec(text);
  if (match === null) return undefined;
  const [, sign, hex, hash, octal, decimal] = match;
  const digits = hex ?? hash;
  const size =
    digits !== undefined
      ? Number.parseInt(digits, 16)
      : octal !== undefined
        ? Number.parseInt(octal, 8)
        : Number(decimal);
  const value = sign === '-' ? -size : size;
  return value >= -0x80000000 && value <= 0x7fffffff ? value : undefined;
}
