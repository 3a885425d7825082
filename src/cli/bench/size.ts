/** How heavy the built page is, compressed. */
import { spawnSync } from 'node:child_process';
import type { Figure } from './figures';

/** Reads what `scripts/size.mjs` prints; throws when there is no build. */
export function benchSize(): Figure[] {
  const done = spawnSync(process.execPath, ['scripts/size.mjs'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    encoding: 'utf8',
  });
  const figures: Figure[] = [];
  for (const line of done.stdout.split('\n')) {
    const match = /^\s*([\d.]+) KB gz of (\d+)\s+(?:ok|TOO HEAVY)\s+(.+)$/.exec(line);
    if (match === null) continue;
    const name = nameOf(match[3] as string);
    figures.push({ name, value: Number(match[1]), unit: 'KB gz', n: 1 });
  }
  if (figures.length === 0) throw new Error('scripts/size.mjs weighed nothing: is there a dist/?');
  return figures;
}

function nameOf(label: string): string {
  if (label.startsWith('first load')) return 'first_load_kb_gz';
  return `${label.replace(/^worker-/, '').replace(/-[\w-]{8}\.js$/, '')}_kb_gz`;
}
