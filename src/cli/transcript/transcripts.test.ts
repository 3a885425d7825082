import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { firstDifference, retell } from './retell';
import { parseScript } from './script';

const FOLDER = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..', 'transcripts');

const FLOWS = [
  'read-at-leader',
  'read-at-follower',
  'write-at-leader',
  'write-at-follower',
  'pipelined-session',
  'election-of-three',
  'election-of-five',
  'leader-crash',
  'restart-diff',
  'trunc',
  'snap',
  'quorum-lost',
  'session-expiry',
];

/** Those of stories lie in a folder of their own and are told by `npm run play`. */
const FILES = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.txt'))
  .sort();

test('each flow has its transcript', () => {
  const names = FILES.map((name) => name.replace(/\.txt$/, ''));
  expect(names).toEqual(expect.arrayContaining(FLOWS));
});

describe('a transcript is what its script answers (npm run transcripts -- --write rewrites it)', () => {
  test.each(FILES)('%s', (name) => {
    const text = readFileSync(join(FOLDER, name), 'utf8');
    const told = retell(text);
    if ('problem' in told) throw new Error(`line ${told.problem.line}: ${told.problem.message}`);
    if (told.text !== text) throw new Error(firstDifference(text, told.text));
    expect(text).toContain('all 23 checks hold');
  });
});

describe('an instruction that cannot be carried out is refused with its line', () => {
  test.each([
    ['a setting that is none', '> ensemble 3 wings 2', 1, 'no setting wings'],
    ['a process that is none', '> ensemble 3\n> crash 9', 2, 'no process 9'],
  ])('%s', (_, text, line, message) => {
    const told = retell(text);
    expect(told).toMatchObject({ problem: { line } });
    expect((told as { problem: { message: string } }).problem.message).toContain(message);
  });
});

describe('a wrong script is refused with its line', () => {
  test.each([
    ['no ensemble', '> run 5 ms', 1, 'begins with one "ensemble N"'],
    ['a second ensemble', '> ensemble 3\n> ensemble 5', 2, 'begins with one'],
    ['an unknown word', '> ensemble 3\n> smash 1', 2, 'smash'],
    ['a goal that is none', '> ensemble 3\n\n> run to lunch', 3, 'run to wants one of'],
    ['an amount without unit', '> ensemble 3\n> run 5', 2, 'run wants an amount'],
    ['too many servers', '> ensemble 12', 1, '1 to 9'],
    ['a line in front of everything', 'hello', 1, 'neither prose'],
  ])('%s', (_, text, line, message) => {
    const found = parseScript(text);
    expect(found).toMatchObject({ line });
    expect((found as { message: string }).message).toContain(message);
  });
});
