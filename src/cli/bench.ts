/**
 * `npm run bench -- [engine|tree|workers|page|size]`: all parts, or the one named; one
 * JSON line per figure. `workers` and `page` need the built page and a Chromium.
 */
import { benchEngine } from './bench/engine';
import { printFigure } from './bench/figures';
import { benchInBrowser } from './bench/browser';
import { benchSize } from './bench/size';
import { benchTree } from './bench/tree';

const PARTS = ['engine', 'tree', 'workers', 'page', 'size'] as const;
type Part = (typeof PARTS)[number];

const USAGE = 'npm run bench -- [engine|tree|workers|page|size]';

function measure(part: Part): void {
  switch (part) {
    case 'engine':
      for (const figure of benchEngine({ messagesMax: 1_000_000 })) printFigure(figure);
      return;
    case 'tree':
      for (const figure of benchTree()) printFigure(figure);
      return;
    case 'workers':
    case 'page':
      for (const figure of benchInBrowser(part)) printFigure(figure);
      return;
    case 'size':
      for (const figure of benchSize()) printFigure(figure);
  }
}

const words = process.argv.slice(2);
const stranger = words.find((word) => !(PARTS as readonly string[]).includes(word));
if (stranger !== undefined) {
  console.error(`there is no part "${stranger}": ${USAGE}`);
  process.exitCode = 2;
} else {
  for (const part of words.length === 0 ? PARTS : (words as Part[])) measure(part);
}
