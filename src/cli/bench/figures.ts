/** One figure of the benchmark, and how CPU and memory are read. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

export interface Figure {
  name: string;
  value: number;
  unit: string;
  /** How many of what was counted. */
  n: number;
}

export function printFigure(figure: Figure): void {
  console.log(JSON.stringify(figure));
}

/** User and system time of all threads of this process so far, the collector's included. */
export function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

/** Bytes that live on the heap once all garbage is gone. */
export function heapAfterGc(): number {
  setFlagsFromString('--expose-gc');
  const gc = runInNewContext('gc') as () => void;
  gc();
  gc();
  return process.memoryUsage().heapUsed;
}

/** The middle value; of an even number the lower of the two. */
export function medianOf(values: readonly number[]): number {
  return values.slice().sort((a, b) => a - b)[(values.length - 1) >> 1] as number;
}
