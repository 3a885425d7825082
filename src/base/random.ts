/**
 * Chance from keyed streams: the value is a function of (seed, purpose, index)
 * alone, so that one more draw in one place moves no draw anywhere else.
 */
import { finish, mix, mixText } from './hash';

/** The `index`-th draw of the stream `purpose` under `seed`: an unsigned 32-bit integer. */
export function draw(seed: number, purpose: string, index: number): number {
  return finish(mix(mixText(mix(0x5eed, seed | 0), purpose), index));
}

/** A draw as an integer from 0 up to, not including, `bound` (1 to 2^32). */
export function drawBelow(seed: number, purpose: string, index: number, bound: number): number {
  return Math.floor((draw(seed, purpose, index) / 0x100000000) * bound);
}
