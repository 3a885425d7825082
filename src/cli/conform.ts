/**
 * `npm run conform -- [PATH...] [--write]`: replays recorded cases of a real ZooKeeper (files or
 * folders, default `oracle/`) against the engine, in process.
 *
 * One line per failing case with the first difference, one per skipped case with what it needs;
 * last line `N passed, N failed, N skipped`. Exit status 1 on a failure, 2 on an unreadable file.
 * `--write` also writes the list of all cases to `oracle/CONFORMANCE.md`.
 */
import { conform } from './conform/program';

process.exitCode = conform(
  process.argv.slice(2),
  (line) => console.log(line),
  (line) => console.error(line),
);
