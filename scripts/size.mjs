/** Weighs dist/ as a browser loads it, compressed, and holds it against the budget. Fonts are not weighed. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const DIST = join(dirname(fileURLToPath(import.meta.url)), '..', 'dist');
const FIRST_LOAD_MAX_KB = 165;
const WORKER_MAX_KB = 60;

/** Rows of `{name, kb, maxKb}`; throws when there is no build. */
export function weigh() {
  if (!existsSync(join(DIST, 'index.html'))) throw new Error('there is no dist/ to weigh');
  const html = readFileSync(join(DIST, 'index.html'), 'utf8');
  const named = [
    ...html.matchAll(/<(?:script|link)\b[^>]*?(?:src|href)="(\.?\/?assets\/[^"]+\.(?:js|css))"/g),
  ];
  const first = closure(named.map((match) => match[1].replace(/^\.?\//, '')));
  const rows = [{ name: 'first load (js, css)', kb: sum(first), maxKb: FIRST_LOAD_MAX_KB }];
  const assets = join(DIST, 'assets');
  for (const file of existsSync(assets) ? readdirSync(assets).sort() : []) {
    if (!/^worker-.*\.js$/.test(file)) continue;
    const own = closure([`assets/${file}`]);
    // A process begins by loading its machine; the world loads machines only when somebody looks back.
    const machines = file.startsWith('worker-processWorker') ? laterParts(own) : [];
    rows.push({ name: file, kb: sum(own), maxKb: WORKER_MAX_KB });
    for (const part of machines) {
      const all = [...new Set([...own, ...closure([part])])];
      const name = part.replace(/^assets\/part-/, 'worker-');
      rows.push({ name, kb: sum(all), maxKb: WORKER_MAX_KB });
    }
  }
  return rows;
}

/** The files and all that they import at once; a dynamic `import()` loads later and is left out. */
function closure(files) {
  const seen = new Set();
  const waiting = [...files];
  while (waiting.length > 0) {
    const file = waiting.pop();
    if (seen.has(file) || !existsSync(join(DIST, file))) continue;
    seen.add(file);
    if (!file.endsWith('.js')) continue;
    const text = readFileSync(join(DIST, file), 'utf8');
    for (const match of text.matchAll(/(?:\bfrom|\bimport)\s*["'](\.\.?\/[^"']+\.js)["']/g)) {
      waiting.push(join(dirname(file), match[1]));
    }
  }
  return [...seen];
}

/** What these files load by `import()`. */
function laterParts(files) {
  const parts = new Set();
  for (const file of files) {
    const text = readFileSync(join(DIST, file), 'utf8');
    for (const match of text.matchAll(/\bimport\(\s*[`"'](\.\.?\/[^`"']+\.js)[`"']/g)) {
      parts.add(join(dirname(file), match[1]));
    }
  }
  return [...parts].sort();
}

function sum(files) {
  let bytes = 0;
  for (const file of files) bytes += gzipSync(readFileSync(join(DIST, file)), { level: 9 }).length;
  return bytes / 1024;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    let isTooHeavy = false;
    for (const { name, kb, maxKb } of weigh()) {
      const verdict = kb <= maxKb ? 'ok' : 'TOO HEAVY';
      isTooHeavy ||= kb > maxKb;
      console.log(`${kb.toFixed(1).padStart(7)} KB gz of ${maxKb}  ${verdict}  ${name}`);
    }
    process.exit(isTooHeavy ? 1 : 0);
  } catch (error) {
    console.error(error.message);
    process.exit(1);
  }
}
