/**
 * Replays one case against the engine and says whether both did the same.
 *
 * Who hears of a death first, and whose vote crosses whose, depends on microseconds; what three
 * recordings of a flow have in common may still be one of several legal elections. So a flow whose
 * votes differ, and nothing else, is replayed under further paces: under one of them all of it must
 * come out as recorded. Everything but the votes must do so at the first pace, and the laws hold at
 * every one.
 */
import type { OracleCase } from '../case/caseFile';
import { replayOnce } from './replayOnce';
import { STEADY } from './startEnsemble';

export type Outcome =
  | { readonly type: 'passed' }
  | { readonly type: 'skipped'; readonly needs: readonly string[] }
  | { readonly type: 'failed'; readonly where: string; readonly why: string };

/** Now and then a message takes much longer than another; the jitters are taken in turn, us. */
const PACES = 200;
const SHORTEST = 50;
const JITTERS = [300, 1000, 3000];

/** Only for a case that misses no ability. `paces`: how many are tried before votes that differ make the case fail. */
export function replayCase(file: OracleCase, paces = PACES): Outcome {
  const first = replayOnce(file, STEADY, true);
  if (first === undefined) return { type: 'passed' };
  if (first.kind !== 'election') return { type: 'failed', where: first.where, why: first.why };
  const rest = replayOnce(file, STEADY, false);
  if (rest !== undefined) return { type: 'failed', where: rest.where, why: rest.why };
  for (let k = 1; k < paces; k += 1) {
    const jitterMicros = JITTERS[k % JITTERS.length] as number;
    const pace = { seed: STEADY.seed + k, linkMicros: SHORTEST, jitterMicros };
    const found = replayOnce(file, pace, true);
    if (found === undefined) return { type: 'passed' };
    if (found.kind === 'engine') return { type: 'failed', where: found.where, why: found.why };
  }
  return { type: 'failed', where: first.where, why: `${first.why}, at each of ${paces} paces` };
}
