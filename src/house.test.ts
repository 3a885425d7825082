import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import {
  checkArrows,
  checkCircles,
  checkHouse,
  checkLengths,
  checkNames,
  checkPackages,
  checkWords,
  type Debt,
  type FileMap,
  importsOf,
  LINES_MAX,
  ROOMS,
  settle,
  type Violation,
} from './houseRules';

/** Debts: each with its reason, to be paid off. */
const DEBTS: readonly Debt[] = [];

function readSources(): FileMap {
  const src = dirname(fileURLToPath(import.meta.url));
  const files: Record<string, string> = {};
  for (const entry of readdirSync(src, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath ?? entry.path, entry.name);
    const name = path
      .slice(dirname(src).length + 1)
      .split(sep)
      .join('/');
    files[name] = readFileSync(path, 'utf8');
  }
  return files;
}

const lines = (violations: readonly Violation[]) =>
  violations.map((v) => `${v.rule}: ${v.file}: ${v.what}`);

describe('the house', () => {
  const files = readSources();

  test('keeps all its rules, debts apart', () => {
    expect(lines(settle(checkHouse(files), DEBTS).broken)).toEqual([]);
  });

  test('owes no debt that is paid', () => {
    expect(settle(checkHouse(files), DEBTS).paid).toEqual([]);
  });

  test('was read whole', () => {
    expect(Object.keys(files)).toContain('src/houseRules.ts');
    expect(Object.keys(files).length).toBeGreaterThan(5);
  });

  test('has a table without upward arrows: no room is reached by what it imports', () => {
    const reach = (room: string): string[] => (ROOMS[room] ?? []).flatMap((r) => [r, ...reach(r)]);
    for (const room of Object.keys(ROOMS)) expect(reach(room)).not.toContain(room);
  });
});

/** The rules, each broken on purpose: a rule that cannot fail guards nothing. */
describe('a house rule fails when it is broken', () => {
  const of = (check: (files: FileMap) => readonly Violation[], files: FileMap) =>
    check(files).map((v) => `${v.file}: ${v.what}`);

  test('every form of import is seen', () => {
    const text = [
      "import a from 'a';",
      "import type { B } from 'b';",
      'import {\n  c,\n  type D,\n} from "c";',
      "import * as e from 'e';",
      "export { f } from 'f';",
      "export type * from 'g';",
      "import 'h.css';",
      "const i = await import('i');",
      "type J = import('j').J;",
      "// import k from 'k';",
      "/* import l from 'l'; */",
      "new Worker(new URL('./m.ts', import.meta.url), { type: 'module' });",
      "import N from './n?worker';",
    ].join('\n');
    const found = importsOf(text).map(({ kind, specifier }) => `${kind} ${specifier}`);
    expect(found.sort()).toEqual(
      [...'abcefgij']
        .map((n) => `link ${n}`)
        .concat('link h.css', 'url ./m.ts', 'url ./n')
        .sort(),
    );
  });

  test('an arrow that is not in the table', () => {
    const engine = { 'src/engine/server/peer.ts': 'export const peer = 1;' };
    const bad: [string, string][] = [
      ['src/ui/App.tsx', "import { peer } from '../engine/server/peer';"],
      ['src/ui/App.tsx', "import type { Peer } from '../engine/server/peer';"],
      ['src/base/rng.ts', "export { peer } from '../engine/server/peer';"],
      ['src/engine/database/disk.ts', "import { peer } from '../server/peer';"],
      ['src/engine/client/session.ts', "import { peer } from '../server/peer.js';"],
      ['src/engine/checks/zab.ts', "type P = import('../server/peer').Peer;"],
      ['src/main.tsx', "import { peer } from './engine/server/peer';"],
    ];
    for (const [file, text] of bad) {
      expect(of(checkArrows, { ...engine, [file]: text }), `${file} ${text}`).toHaveLength(1);
    }
    const good = { 'src/engine/world/plan.ts': "import { peer } from '../server/peer';" };
    expect(of(checkArrows, { ...engine, ...good })).toEqual([]);
    const test = { 'src/base/rng.test.ts': "import { peer } from '../engine/server/peer';" };
    expect(of(checkArrows, { ...engine, ...test })).toEqual([]);
  });

  test('workers and cli know neither the page nor each other', () => {
    const files = {
      'src/ui/App.tsx': 'export const App = 1;',
      'src/workers/world.ts': "import { App } from '../ui/App';",
      'src/cli/run.ts': "import '../workers/world';",
      'src/workers/driver.ts': "import '../cli/run';",
    };
    expect(of(checkArrows, files)).toHaveLength(3);
  });

  test('main.tsx knows workers by their URL only', () => {
    const worker = { 'src/workers/world.ts': 'export const world = 1;' };
    const byUrl = "new Worker(new URL('./workers/world.ts', import.meta.url));";
    expect(of(checkArrows, { ...worker, 'src/main.tsx': byUrl })).toEqual([]);
    expect(
      of(checkArrows, { ...worker, 'src/ui/App.tsx': byUrl.replace('./', '../') }),
    ).toHaveLength(1);
    const linked = "import { world } from './workers/world';";
    expect(of(checkArrows, { ...worker, 'src/main.tsx': linked })).toHaveLength(1);
  });

  test('a file outside all rooms, and an import that leaves src', () => {
    expect(of(checkArrows, { 'src/engine/spare.ts': '' })).toHaveLength(1);
    expect(of(checkArrows, { 'src/lib/a.ts': '' })).toHaveLength(1);
    expect(of(checkArrows, { 'src/cli/run.ts': "import '../../e2e/page';" })).toHaveLength(1);
    const toTest = { 'src/zk/a.ts': "import './b.test';", 'src/zk/b.test.ts': '' };
    expect(of(checkArrows, toTest)).toHaveLength(1);
  });

  test('a circle, of types too', () => {
    const files = {
      'src/zk/a.ts': "import type { B } from './b';",
      'src/zk/b.ts': "import { c } from './c';",
      'src/zk/c.ts': "export * from './a';",
      'src/zk/d.ts': "import { a } from './a';",
    };
    expect(of(checkCircles, files)).toEqual([
      'src/zk/a.ts: src/zk/a.ts -> src/zk/b.ts -> src/zk/c.ts -> src/zk/a.ts',
    ]);
    expect(of(checkCircles, { ...files, 'src/zk/c.ts': '' })).toEqual([]);
  });

  test('a package outside its home', () => {
    const bad: [string, string][] = [
      ['src/engine/world/plan.ts', 'immer'],
      ['src/base/rng.ts', 'fast-check'],
      ['src/zk/jute.ts', 'fflate'],
      ['src/scenarios/a.ts', 'valibot'],
      ['src/ui/panels/A.tsx', 'zustand/middleware/immer'],
      ['src/ui/panels/A.tsx', 'd3-scale'],
      ['src/ui/panels/A.tsx', 'node:fs'],
      ['src/ui/panels/A.tsx', 'left-pad'],
      ['src/ui/charts/A.tsx', 'immer'],
      ['src/workers/world.ts', 'react'],
      ['src/cli/run.ts', 'valibot'],
      ['src/main.tsx', 'radix-ui'],
    ];
    for (const [file, name] of bad) {
      expect(of(checkPackages, { [file]: `import x from '${name}';` }), `${file} ${name}`).toEqual([
        `${file}: ${name}`,
      ]);
    }
    const good: [string, string][] = [
      ['src/ui/panels/A.tsx', 'react'],
      ['src/main.tsx', 'react-dom/client'],
      ['src/ui/store/page.ts', 'zustand/middleware/immer'],
      ['src/ui/charts/scale.ts', 'd3-scale'],
      ['src/ui/parts/zoom.ts', 'd3-zoom'],
      ['src/ui/parts/Fade.tsx', 'motion/mini'],
      ['src/bridge/schemas.ts', 'valibot'],
      ['src/cli/run.ts', 'node:fs'],
      ['src/base/rng.test.ts', 'fast-check'],
    ];
    for (const [file, name] of good) {
      expect(of(checkPackages, { [file]: `import x from '${name}';` })).toEqual([]);
    }
  });

  test('a file that is too long', () => {
    const long = 'x\n'.repeat(LINES_MAX + 1);
    expect(of(checkLengths, { 'src/zk/a.ts': long })).toEqual(['src/zk/a.ts: 401 lines']);
    expect(of(checkLengths, { 'src/zk/a.ts': 'x\n'.repeat(LINES_MAX) })).toEqual([]);
    expect(of(checkLengths, { 'src/zk/a.test.ts': long, 'src/ui/a.css': long })).toEqual([]);
  });

  test('a name that says nothing, and a barrel', () => {
    const names = ['utils.ts', 'helpers.ts', 'common.ts', 'manager.ts', 'util.tsx', 'index.ts'];
    for (const name of names) {
      expect(of(checkNames, { [`src/ui/parts/${name}`]: '' }), name).toHaveLength(1);
    }
    expect(of(checkNames, { 'src/engine/server/sessionTracker.ts': '' })).toEqual([]);
  });

  test('a word that makes two runs differ', () => {
    const bad = [
      'const now = Date.now();',
      'const t = new Date(0);',
      'Math.random()',
      'Math.pow(2, 3)',
      'const { random } = Math;',
      "Math['random']()",
      'names.sort((a, b) => a.localeCompare(b))',
      'n.toLocaleString()',
      'new Intl.Collator()',
      'async function f() {}',
      "console.log('x')",
      // biome-ignore lint/suspicious/noTemplateCurlyInString: it is source text, not a template
      '`at ${Date.now()}`',
    ];
    for (const text of bad) {
      expect(of(checkWords, { 'src/engine/world/a.ts': text }), text).toHaveLength(1);
      expect(of(checkWords, { 'src/ui/a.ts': text, 'src/zk/a.test.ts': text })).toEqual([]);
    }
    const good =
      "// Date.now() would differ.\nconst a = 'Math.random'; const update = Math.floor(1.5);";
    expect(of(checkWords, { 'src/engine/world/a.ts': good })).toEqual([]);
  });

  test('a debt covers its own violation only, and is named when it is paid', () => {
    const violations: Violation[] = [
      { rule: 'length', file: 'src/zk/a.ts', what: '401 lines' },
      { rule: 'name', file: 'src/zk/a.ts', what: 'says nothing' },
    ];
    const debt: Debt = { rule: 'length', file: 'src/zk/a.ts', reason: 'one table' };
    const old: Debt = { rule: 'word', file: 'src/zk/b.ts', reason: 'gone' };
    expect(settle(violations, [debt, old])).toEqual({ broken: [violations[1]], paid: [old] });
  });
});
