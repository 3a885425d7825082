import { describe, expect, test } from 'vitest';
import { nameOf, parentOf, validatePath } from './paths';

const invalid = (path: string, reason: string) =>
  `Invalid path string "${path}" caused by ${reason}`;

describe('a path is refused with the words of PathUtils', () => {
  test.each<[string | null, string]>([
    [null, 'Path cannot be null'],
    ['', 'Path length must be > 0'],
    ['a', 'Path must start with / character'],
    ['/a/', 'Path must not end with / character'],
    ['//', 'Path must not end with / character'],
    ['/a\u0000b', invalid('/a\u0000b', 'null character not allowed @2')],
    ['/a//b', invalid('/a//b', 'empty node name specified @3')],
    ['//a', invalid('//a', 'empty node name specified @1')],
    ['/.', invalid('/.', 'relative paths not allowed @1')],
    ['/./a', invalid('/./a', 'relative paths not allowed @1')],
    ['/a/..', invalid('/a/..', 'relative paths not allowed @4')],
    ['/../a', invalid('/../a', 'relative paths not allowed @2')],
    ['/a\u001f', invalid('/a\u001f', 'invalid character @2')],
    ['/\u007f', invalid('/\u007f', 'invalid character @1')],
    ['/\u009f', invalid('/\u009f', 'invalid character @1')],
    ['/\u{1f600}', invalid('/\u{1f600}', 'invalid character @1')],
    ['/\ud800', invalid('/\ud800', 'invalid character @1')],
    ['/\uf8ff', invalid('/\uf8ff', 'invalid character @1')],
    ['/\ufff0', invalid('/\ufff0', 'invalid character @1')],
  ])('%j', (path, message) => {
    expect(validatePath(path)).toBe(message);
  });
});

test('dots inside a longer name, spaces and most of Unicode are legal', () => {
  const legal = ['/', '/a', '/a/b', '/...', '/.a', '/a.', '/a..b', '/a b', '/ ', '/\u00a0'];
  for (const path of [...legal, '/\uf900', '/\ud7ff', '/\uffef', '/\u65e5\u672c', '/~']) {
    expect(validatePath(path), path).toBeUndefined();
  }
});

test('the parent of a top level node is the root by its inner name', () => {
  expect(parentOf('/a')).toBe('');
  expect(parentOf('/a/b/c')).toBe('/a/b');
  expect(parentOf('/')).toBe('');
  expect(nameOf('/a/b')).toBe('b');
  expect(nameOf('/a')).toBe('a');
});
