/**
 * The house rules as pure functions over file texts: who may import whom, where a package lives, how
 * long a file may be, which words the pure rooms may not say. `house.test.ts` reads the disk and calls
 * them. Over 300 lines because the tables and the rules that read them are one thing to a reader.
 */

/** Path from the root of the repository, with slashes, to text. */
export type FileMap = Readonly<Record<string, string>>;

/** `url`: the file is started as a worker, by its address; it is not linked into the importer. */
export interface Import {
  readonly kind: 'link' | 'url';
  readonly specifier: string;
}

export interface Violation {
  readonly rule: 'arrow' | 'circle' | 'package' | 'length' | 'name' | 'word' | 'room';
  readonly file: string;
  readonly what: string;
}

/** A violation that is known and borne for a while, with the reason. */
export interface Debt {
  readonly rule: Violation['rule'];
  readonly file: string;
  readonly reason: string;
}

export const LINES_MAX = 400;

const GROUND = ['bridge', 'zk', 'base'];
const ENGINE = ['world', 'server', 'apps', 'client', 'database', 'checks'].map(
  (n) => `engine/${n}`,
);

/** Room to the rooms it may import. A room may always import itself. */
export const ROOMS: Readonly<Record<string, readonly string[]>> = {
  base: [],
  zk: ['base'],
  bridge: ['zk', 'base'],
  scenarios: GROUND,
  'engine/database': GROUND,
  'engine/client': GROUND,
  'engine/apps': ['engine/client', ...GROUND],
  'engine/server': ['engine/database', ...GROUND],
  'engine/world': ['engine/server', 'engine/apps', 'engine/client', 'engine/database', ...GROUND],
  'engine/checks': GROUND,
  workers: [...ENGINE, 'scenarios', ...GROUND],
  cli: [...ENGINE, 'scenarios', ...GROUND],
  ui: ['scenarios', ...GROUND],
  'main.tsx': ['ui'],
};

/** Room to the rooms whose files it may start as workers, by URL only. */
export const WORKER_URLS: Readonly<Record<string, readonly string[]>> = {
  'main.tsx': ['workers'],
  workers: ['workers'],
};

/** A package (or `prefix*`) and the places it may be imported from: folders end in a slash. */
export const HOMES: readonly (readonly [name: string, homes: readonly string[]])[] = [
  ['react', ['src/ui/', 'src/main.tsx']],
  ['react-dom', ['src/ui/', 'src/main.tsx']],
  ['zustand', ['src/ui/store/']],
  ['immer', ['src/ui/store/']],
  // The one zoom wrapper; everything else of d3 computes for charts.
  ['d3-zoom', ['src/ui/charts/', 'src/ui/parts/zoom.ts']],
  ['d3-selection', ['src/ui/charts/', 'src/ui/parts/zoom.ts']],
  ['d3-*', ['src/ui/charts/']],
  ['valibot', ['src/bridge/']],
  ['radix-ui', ['src/ui/']],
  ['lucide-react', ['src/ui/']],
  ['react-resizable-panels', ['src/ui/']],
  ['motion', ['src/ui/']],
  ['i18next', ['src/ui/']],
  ['react-i18next', ['src/ui/']],
  ['@fontsource*', ['src/ui/', 'src/main.tsx']],
  ['fflate', ['src/ui/', 'src/workers/', 'src/cli/']],
  ['node:*', ['src/cli/']],
];

const FORBIDDEN_NAMES = /^(utils?|helpers?|commons?|managers?)\.tsx?$/i;

/** What would make two runs differ, or two browsers, or lead out of the engine. */
const FORBIDDEN_WORDS: readonly (readonly [pattern: RegExp, why: string])[] = [
  [/\bDate\b/, 'Date: time is a field'],
  [/\bIntl\b/, 'Intl: differs between machines'],
  [/\blocaleCompare\b|\btoLocale\w+/, 'locale: compare by code units'],
  [/\bMath\.random\b/, 'Math.random: chance comes from keyed streams'],
  [
    /\bMath\.(log|log2|log10|log1p|exp|expm1|pow|sin|cos|tan|asin|acos|atan|atan2|sinh|cosh|tanh|asinh|acosh|atanh|cbrt|hypot)\b/,
    'Math: this function differs between browsers',
  ],
  [/\b(const|let|var)\s*\{[^}]*\}\s*=\s*Math\b|\bMath\s*\[/, 'Math: name its functions one by one'],
  [
    /\bPromise\b|\basync\s+function\b|\basync\s*\(|\bawait\s+\w/,
    'promises: the engine is synchronous',
  ],
  [/\bconsole\b|\bsetTimeout\b|\bsetInterval\b|\bperformance\b/, 'the world outside'],
  [/\bWeakRef\b|\bFinalizationRegistry\b/, 'what a collector does must not be seen'],
];

const isCode = (file: string) => /\.tsx?$/.test(file) && !file.endsWith('.d.ts');
const isTest = (file: string) => /\.test\.tsx?$/.test(file);
const isPlain = (file: string) => isCode(file) && !isTest(file);

/** The room of a file below src; undefined for files that are in none. */
export function roomOf(file: string): string | undefined {
  const parts = file.split('/');
  if (parts[0] !== 'src') return undefined;
  const room = parts[1] === 'engine' ? parts.slice(1, 3).join('/') : parts[1];
  return room !== undefined && Object.hasOwn(ROOMS, room) ? room : undefined;
}

export function isPureRoom(room: string | undefined): boolean {
  if (room === undefined) return false;
  return ['base', 'zk', 'bridge', 'scenarios'].includes(room) || room.startsWith('engine/');
}

/**
 * Takes comments away, and the contents of strings too when asked. Line breaks stay, so that numbers
 * of lines do. Quotes inside a regular expression end at their line at the latest.
 */
export function strip(text: string, alsoStrings: boolean): string {
  const token =
    /\/\*[\s\S]*?\*\/|\/\/[^\n]*|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\[\s\S]|[^`\\])*`/g;
  return text.replace(token, (found) => {
    if (found.startsWith('/')) return found.replace(/[^\n]/g, ' ');
    if (!alsoStrings) return found;
    // The expressions of a template are code; one that holds a template itself is kept whole.
    if (found.startsWith('`'))
      return [...found.matchAll(/\$\{([^`]*?)\}/g)].map((m) => m[1]).join(' ');
    return "''";
  });
}

/** Every import of a file: values, types, re-exports, `import()` and worker URLs. */
export function importsOf(text: string): readonly Import[] {
  const code = strip(text, false);
  const links = [
    /\b(?:import|export)\b[^'"`;()=]*?\bfrom\s*(['"])([^'"\n]+)\1/g,
    /\bimport\s*(['"])([^'"\n]+)\1/g,
    /\b(?:import|require)\s*\(\s*(['"`])([^'"`\n]+)\1/g,
  ];
  const found: Import[] = [];
  for (const pattern of links) {
    for (const match of code.matchAll(pattern)) {
      const [specifier = '', query = ''] = (match[2] ?? '').split('?');
      found.push({ kind: /\b(worker|url)\b/.test(query) ? 'url' : 'link', specifier });
    }
  }
  for (const match of code.matchAll(/\bnew\s+URL\s*\(\s*(['"`])(\.[^'"`\n]+)\1/g)) {
    found.push({ kind: 'url', specifier: (match[2] ?? '').split('?')[0] ?? '' });
  }
  return found;
}

/** The file that a relative import names, or its path as written when it is not among the files. */
export function resolve(from: string, specifier: string, files: FileMap): string {
  const parts = from.split('/').slice(0, -1);
  for (const part of specifier.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.') parts.push(part);
  }
  const path = parts.join('/');
  const stem = path.replace(/\.jsx?$/, '');
  const tried = [
    path,
    `${path}.ts`,
    `${path}.tsx`,
    `${stem}.ts`,
    `${stem}.tsx`,
    `${path}/index.ts`,
  ];
  return tried.find((candidate) => Object.hasOwn(files, candidate)) ?? path;
}

const isRelative = (specifier: string) => specifier.startsWith('.');

/** Each source file stands in a room, and each arrow between two rooms is in the table. */
export function checkArrows(files: FileMap): readonly Violation[] {
  const broken: Violation[] = [];
  for (const [file, text] of Object.entries(files)) {
    if (!isPlain(file) || file === 'src/houseRules.ts') continue;
    const room = roomOf(file);
    if (room === undefined) {
      broken.push({ rule: 'room', file, what: 'stands in no room of the table' });
      continue;
    }
    for (const { kind, specifier } of importsOf(text)) {
      if (!isRelative(specifier)) continue;
      const target = resolve(file, specifier, files);
      const other = roomOf(target);
      if (kind === 'link' && isTest(target)) {
        broken.push({ rule: 'arrow', file, what: `imports the test ${target}` });
        continue;
      }
      const allowed =
        kind === 'url' ? [...(ROOMS[room] ?? []), ...(WORKER_URLS[room] ?? [])] : ROOMS[room];
      if (other === undefined || (other !== room && !allowed?.includes(other))) {
        broken.push({ rule: 'arrow', file, what: `${room} -> ${other ?? target} (${specifier})` });
      }
    }
  }
  return broken;
}

/** One violation for each circle found, named by its files in the order of the imports. */
export function checkCircles(files: FileMap): readonly Violation[] {
  const broken: Violation[] = [];
  const done = new Set<string>();
  const open: string[] = [];
  const visit = (file: string): void => {
    if (done.has(file)) return;
    const at = open.indexOf(file);
    if (at >= 0) {
      const circle = [...open.slice(at), file];
      broken.push({ rule: 'circle', file, what: circle.join(' -> ') });
      return;
    }
    open.push(file);
    for (const { kind, specifier } of importsOf(files[file] ?? '')) {
      if (kind !== 'link' || !isRelative(specifier)) continue;
      const target = resolve(file, specifier, files);
      if (isPlain(target) && Object.hasOwn(files, target)) visit(target);
    }
    open.pop();
    done.add(file);
  };
  for (const file of Object.keys(files).sort()) if (isPlain(file)) visit(file);
  return broken;
}

/** A package is imported at home only; one without a home nowhere but in tests. */
export function checkPackages(files: FileMap): readonly Violation[] {
  const broken: Violation[] = [];
  for (const [file, text] of Object.entries(files)) {
    if (!isPlain(file)) continue;
    for (const { specifier } of importsOf(text)) {
      if (isRelative(specifier)) continue;
      const homes = homesOf(specifier);
      const isHome = homes?.some((home) =>
        home.endsWith('/') ? file.startsWith(home) : file === home,
      );
      if (!isHome) broken.push({ rule: 'package', file, what: specifier });
    }
  }
  return broken;
}

function homesOf(specifier: string): readonly string[] | undefined {
  const matches = (name: string) =>
    name.endsWith('*')
      ? specifier.startsWith(name.slice(0, -1))
      : specifier === name || specifier.startsWith(`${name}/`);
  return HOMES.find(([name]) => matches(name))?.[1];
}

/** Tests and styles may be as long as they like. */
export function checkLengths(files: FileMap): readonly Violation[] {
  return Object.entries(files)
    .filter(([file]) => isPlain(file))
    .map(([file, text]) => ({ file, lines: text.replace(/\n$/, '').split('\n').length }))
    .filter(({ lines }) => lines > LINES_MAX)
    .map(({ file, lines }) => ({ rule: 'length', file, what: `${lines} lines` }));
}

/** A file says in its name what it is, and no file only passes on what others define. */
export function checkNames(files: FileMap): readonly Violation[] {
  const broken: Violation[] = [];
  for (const file of Object.keys(files)) {
    const name = file.split('/').at(-1) ?? '';
    if (FORBIDDEN_NAMES.test(name)) broken.push({ rule: 'name', file, what: 'says nothing' });
    if (/^index\.tsx?$/.test(name)) broken.push({ rule: 'name', file, what: 'is a barrel' });
  }
  return broken;
}

/** Words that the pure rooms may not say; comments and strings may. */
export function checkWords(files: FileMap): readonly Violation[] {
  const broken: Violation[] = [];
  for (const [file, text] of Object.entries(files)) {
    if (!isPlain(file) || !isPureRoom(roomOf(file))) continue;
    const code = strip(text, true);
    for (const [pattern, why] of FORBIDDEN_WORDS) {
      if (pattern.test(code)) broken.push({ rule: 'word', file, what: why });
    }
  }
  return broken;
}

export function checkHouse(files: FileMap): readonly Violation[] {
  return [checkArrows, checkCircles, checkPackages, checkLengths, checkNames, checkWords].flatMap(
    (check) => check(files),
  );
}

/** What is left after the debts, and the debts that nobody owes any more. */
export function settle(
  violations: readonly Violation[],
  debts: readonly Debt[],
): { readonly broken: readonly Violation[]; readonly paid: readonly Debt[] } {
  const covers = (debt: Debt, v: Violation) => debt.rule === v.rule && debt.file === v.file;
  return {
    broken: violations.filter((v) => !debts.some((debt) => covers(debt, v))),
    paid: debts.filter((debt) => !violations.some((v) => covers(debt, v))),
  };
}
