/**
 * `npm run explore`: random workloads and faults from seeds, all checks on, on
 * all cores. Per broken seed one line and a recording; last line
 * `N passed, N failed`. Exit status 1 on a failure, 2 on a wrong argument.
 *
 * Over the book-style application the checks of the application may break: then it is the edge cases that
 * are counted, each with the first seed at which it shows, and the run ends when all are found.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseExplore, type ExploreOptions } from './explore/arguments';
import type { SeedResult } from './explore/oneSeed';
import { SOUGHT } from './explore/app/edgeCases';
import { edgeLines, hasAll, noteFound, startEdgeTable } from './explore/app/edgeTable';
import { explorePool, serveSeeds } from './explore/pool';

async function main(): Promise<number> {
  const options = parseExplore(process.argv.slice(2));
  if (typeof options === 'string') {
    console.error(options);
    return 2;
  }
  const counts = { passed: 0, failed: 0, events: 0 };
  const edges = options.app === 'book' ? startEdgeTable() : undefined;
  const start = performance.now();
  await explorePool(new URL(import.meta.url), options, (result) => {
    report(result, options, counts);
    if (edges === undefined) return undefined;
    noteFound(edges, result);
    return hasAll(edges) ? 'enough' : undefined;
  });
  if (edges !== undefined) {
    for (const line of edgeLines(edges, (result) => write(result, options))) console.log(line);
    // Seeds are only the way; what counts is what they find.
    counts.passed = SOUGHT.filter((edge) => edges.first[edge] !== undefined).length;
    counts.failed += SOUGHT.length - counts.passed;
  }
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(`${counts.events} events in ${seconds} s`);
  console.log(`${counts.passed} passed, ${counts.failed} failed`);
  return counts.failed > 0 ? 1 : 0;
}

function report(
  result: SeedResult,
  options: ExploreOptions,
  counts: { passed: number; failed: number; events: number },
): void {
  counts.events += result.events;
  if (result.problem === undefined) {
    counts.passed += 1;
    return;
  }
  counts.failed += 1;
  const { check, event, explanation } = result.problem;
  console.log(
    `seed ${result.seed}: ${check} at event ${event}: ${oneLine(explanation)}; ` +
      `recording ${write(result, options)}`,
  );
}

/** Of a stack trace: its message and the first two places. */
function oneLine(text: string): string {
  const [message = '', ...places] = text.split('\n').map((line) => line.trim());
  return [message, ...places.filter((place) => !place.includes('assert')).slice(0, 2)].join(' ');
}

function write(result: SeedResult, options: ExploreOptions): string {
  mkdirSync(options.out, { recursive: true });
  const file = join(
    options.out,
    `seed-${result.seed}-${options.servers}${options.app === undefined ? '' : `-${options.app}`}.zabscope.json`,
  );
  writeFileSync(file, `${JSON.stringify(result.recording, null, 1)}\n`);
  return file;
}

if (!serveSeeds()) process.exitCode = await main();
