/**
 * Property tests draw from one seed, so that `npm test` says the same of the same tree. `FAST_CHECK_SEED=N` takes
 * another one, `FAST_CHECK_SEED=random` a new one each time; fast-check prints the seed of a failure.
 */
import fc from 'fast-check';

const wanted = process.env.FAST_CHECK_SEED ?? '20261125';
if (wanted !== 'random') fc.configureGlobal({ seed: Number(wanted) });
