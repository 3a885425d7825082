import { expect, test } from 'vitest';
import { client, request } from '../fixtures/build';
import { fitPill, lastCommand, outstandingOf, pillWidth } from './clientText';

test('the last line typed, and the requests that wait', () => {
  const busy = client('a', 1, 'create /a x', [request('a', 1, 'create', '/a')]);
  expect(lastCommand(busy)).toBe('create /a x');
  expect(outstandingOf(busy)).toBe(1);
  expect(lastCommand(client('b', 1, ''))).toBe('');
});

test('with room for all, all is said', () => {
  const width = pillWidth('CONNECTED', 'create /a hello', '2 outstanding');
  expect(fitPill(width, 'CONNECTED', 'create /a hello', '2 outstanding')).toEqual({
    command: 15,
    isCountInWords: true,
  });
});

test('with less, the command outlives the words of the count', () => {
  expect(fitPill(200, 'CONNECTED', 'get /app', '2 outstanding')).toEqual({
    command: 8,
    isCountInWords: false,
  });
});

test('a rest of three characters says nothing', () => {
  expect(fitPill(136, 'CONNECTED', 'create /very-long', '').command).toBe(0);
});
