import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { ENGLISH, ENGLISH_PARTS } from './english';

const UI = fileURLToPath(new URL('..', import.meta.url));

const sources = readdirSync(UI, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
  .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
  .filter((file) => !/\.test\.tsx?$/.test(file) && !file.startsWith(join(UI, 'i18n')))
  .map((file) => readFileSync(file, 'utf8'));

/** A key without the ending that i18next adds for a plural. */
const stem = (key: string) => key.replace(/_(one|other)$/, '');

/** Keys called by name: `t('a.b')`. */
const called = sources.flatMap((text) =>
  [...text.matchAll(/\bt\(\s*'([^']+)'/g)].map((match) => match[1] ?? ''),
);
/** Beginnings of keys that are put together: `t(`a.${b}`)`, and where a caption or a notice names its key. */
const prefixes = sources.flatMap((text) =>
  [...text.matchAll(/(?:\bt\(|\bsay\(|\bkey: )\s*[^`;]{0,80}`([a-z]+\.[A-Za-z.]*)\$\{/g)].map(
    (match) => match[1] ?? '',
  ),
);
const literals = new Set(
  sources.flatMap((text) => [...text.matchAll(/'([^'\n]+)'/g)].map((match) => match[1] ?? '')),
);
const stems = new Set(Object.keys(ENGLISH).map(stem));

describe('the catalogue', () => {
  test('has every key that is called by name', () => {
    expect(called.length).toBeGreaterThan(50);
    expect(called.filter((key) => !stems.has(key))).toEqual([]);
  });

  test('has at least one key for every beginning that is put together', () => {
    const isThere = (prefix: string) => [...stems].some((key) => key.startsWith(prefix));
    expect(prefixes.filter((prefix) => !isThere(prefix))).toEqual([]);
  });

  test('has no key that nobody uses', () => {
    const isUsed = (key: string) =>
      literals.has(key) || prefixes.some((prefix) => key.startsWith(prefix));
    expect([...stems].filter((key) => !isUsed(key))).toEqual([]);
  });

  test('has no key twice, and no empty text', () => {
    const keys = Object.values(ENGLISH_PARTS).flatMap((part) => Object.keys(part));
    expect(keys.filter((key, i) => keys.indexOf(key) !== i)).toEqual([]);
    expect(Object.entries(ENGLISH).filter(([, text]) => text.trim() === '')).toEqual([]);
  });

  test('has both forms of every plural', () => {
    const plurals = Object.keys(ENGLISH).filter((key) => stem(key) !== key);
    for (const key of plurals) {
      expect(ENGLISH, key).toHaveProperty([`${stem(key)}_one`]);
      expect(ENGLISH, key).toHaveProperty([`${stem(key)}_other`]);
    }
  });
});
