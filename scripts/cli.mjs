/**
 * Runs a node program written in TypeScript: `node scripts/cli.mjs NAME [ARGS...]` bundles src/cli/NAME.ts into
 * .cache/ (some 50 ms) and runs it with node. A program may start itself again in threads:
 * `new Worker(new URL(import.meta.url))` names the bundle.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/** Returns the path of the bundle. Packages stay outside and are found in node_modules. */
export async function bundle(source) {
  const folder = join(root, '.cache', 'cli');
  const file = join(folder, `${basename(source).replace(/\.tsx?$/, '')}.mjs`);
  const result = await build({
    entryPoints: [source],
    outfile: file,
    absWorkingDir: root,
    bundle: true,
    write: false,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  mkdirSync(folder, { recursive: true });
  // Renamed into place, so that two runs at once never read half a file.
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, result.outputFiles[0].contents);
  renameSync(draft, file);
  return file;
}

/** Returns the exit status. */
export async function runTypeScript(source, args) {
  const file = await bundle(source);
  const done = spawnSync(process.execPath, ['--enable-source-maps', file, ...args], {
    stdio: 'inherit',
  });
  return done.status ?? 1;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [name, ...args] = process.argv.slice(2);
  const source = join(root, 'src', 'cli', `${name}.ts`);
  if (name === undefined || !/^[a-z]+$/i.test(name) || !existsSync(source)) {
    console.error(`There is no program ${name ?? '(no name given)'}: src/cli has no such file.`);
    process.exit(2);
  }
  try {
    process.exit(await runTypeScript(source, args));
  } catch (error) {
    // Errors of the bundler are already on screen, with file and line.
    if (error.errors === undefined) console.error(error);
    process.exit(1);
  }
}
