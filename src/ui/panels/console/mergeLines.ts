/** The lines of one console: those of its client and those that the page itself adds, in the order of time. */
import type { ConsoleLine } from '../../../bridge/frame';
import type { LocalLine } from '../../store/page';

/** Of the page's lines only those that were written by event `event`: one may look back. */
export function mergeLines(
  lines: readonly ConsoleLine[],
  local: readonly LocalLine[],
  letter: string,
  event: number,
): (ConsoleLine | LocalLine)[] {
  const own = local.filter((line) => line.letter === letter && line.event <= event);
  const merged: (ConsoleLine | LocalLine)[] = [];
  let next = 0;
  for (const line of lines) {
    for (; next < own.length && (own[next] as LocalLine).at < line.at; next += 1) {
      merged.push(own[next] as LocalLine);
    }
    merged.push(line);
  }
  return [...merged, ...own.slice(next)];
}
