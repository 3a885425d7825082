import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { conform } from './program';
import { conformanceList, type Report, summary, verdict } from './report';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'conform-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function run(...args: string[]): { status: number; said: string[]; complained: string[] } {
  const said: string[] = [];
  const complained: string[] = [];
  const status = conform(
    args,
    (line) => said.push(line),
    (line) => complained.push(line),
  );
  return { status, said, complained };
}

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const DIRECTORY = '{"format": "zk-oracle-datadir/1", "name": "x"}';

describe('the program', () => {
  test('names what it cannot read, and ends with status 2', () => {
    const truncated = file('a.json', '{"format": "zk-oracle-case/1", "steps": [');
    expect(run(truncated)).toMatchObject({ status: 2, said: ['0 passed, 0 failed, 0 skipped'] });
    expect(run(truncated).complained[0]).toMatch(/a\.json: not JSON/);
    const other = file('b.json', '{"format": "odd/1", "name": "x"}');
    expect(run(other).status).toBe(2);
    expect(run(other).complained[0]).toMatch(/b\.json: format: expected one of/);
    expect(run(join(folder, 'none.json')).status).toBe(2);
    expect(run('--write', folder).complained[0]).toMatch('--write lists all cases');
    expect(run('--odd').complained[0]).toMatch('unknown option --odd');
  });

  test('walks folders, names what it skips, and counts', () => {
    file('a.json', DIRECTORY);
    file('b.json', DIRECTORY.replace('"x"', '"datadirs/y"'));
    file('notes.md', 'not a case');
    expect(run(folder)).toEqual({
      status: 0,
      said: [
        'SKIP datadirs/x: needs data directory',
        'SKIP datadirs/y: needs data directory',
        '0 passed, 0 failed, 2 skipped',
      ],
      complained: [],
    });
  });
});

describe('the report', () => {
  const reports: Report[] = [
    { file: 'a', name: 'area/a', outcome: { type: 'passed' } },
    { file: 'b', name: 'area/b', outcome: { type: 'failed', where: 'step 2', why: 'zxid: no' } },
    { file: 'c', name: 'area/c', outcome: { type: 'skipped', needs: ['multi', 'watches'] } },
  ];

  test('has one line for each case that did not pass, and the counts', () => {
    expect(reports.map(verdict)).toEqual([
      undefined,
      'FAIL area/b: step 2: zxid: no',
      'SKIP area/c: needs multi, watches',
    ]);
    expect(summary(reports)).toBe('1 passed, 1 failed, 1 skipped');
  });

  test('lists every case once', () => {
    const list = conformanceList(reports);
    expect(list).toContain('\n- area/a\n');
    expect(list).toContain('\n- area/b: step 2: zxid: no\n');
    expect(list).toContain('\n- area/c: multi, watches\n');
  });
});
