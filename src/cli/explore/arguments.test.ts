import { describe, expect, test } from 'vitest';
import { FAULT_NAMES, parseExplore } from './arguments';

test('a range of seeds is enough', () => {
  expect(parseExplore(['--seeds', '3..9'])).toMatchObject({
    from: 3,
    to: 9,
    servers: 3,
    clients: 3,
    events: 3000,
    faults: FAULT_NAMES,
  });
});

test('one seed stands for a range of one', () => {
  expect(parseExplore(['--seeds', '7'])).toMatchObject({ from: 7, to: 7 });
});

test('faults are chosen by name', () => {
  expect(parseExplore(['--seeds', '1', '--faults', 'crash,cut'])).toMatchObject({
    faults: ['crash', 'cut'],
  });
  expect(parseExplore(['--seeds', '1', '--faults', 'none'])).toMatchObject({ faults: [] });
});

test('the application is asked for by its style', () => {
  expect(parseExplore(['--seeds', '1', '--app', 'book'])).toMatchObject({
    app: 'book',
    events: 6000,
  });
  expect(parseExplore(['--seeds', '1'])).not.toHaveProperty('app');
});

describe('a wrong word is said in one line', () => {
  test.each([
    [[], '--seeds A..B is needed'],
    [['--seeds', 'x'], 'wants A..B'],
    [['--seeds', '9..3'], 'goes backwards'],
    [['--seeds', '1', '--servers', '10'], 'from 1 to 9'],
    [['--seeds', '1', '--clients', '0'], 'from 1 to 9'],
    [['--seeds', '1', '--observers', '1'], 'only 0'],
    [['--seeds', '1', '--faults', 'fire'], 'does not know "fire"'],
    [['--seeds', '1', '--app', 'broken'], '--app wants hardened or book'],
    [['--seeds'], 'needs a value'],
    [['seven'], 'is not an option'],
    [['--speed', '1'], '--speed is not an option'],
  ])('%j', (words, expected) => {
    const problem = parseExplore(words);
    expect(problem).toContain(expected);
    expect(problem).not.toContain('\n');
  });
});
