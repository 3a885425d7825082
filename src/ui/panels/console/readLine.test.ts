import { describe, expect, test } from 'vitest';
import { readLine } from './readLine';

describe('a line at a console', () => {
  test('goes to the client, whole, unless it is a word of the world', () => {
    for (const line of ['create /a hello', '  ls  /', 'foo', 'get /a; get /b', 'zk']) {
      if (line === 'zk') continue;
      expect(readLine(line, 'b')).toEqual({
        type: 'order',
        command: { type: 'zk', letter: 'b', line },
        isWorldWord: false,
      });
    }
  });

  test('orders the world by its words', () => {
    const order = (line: string) => {
      const reading = readLine(line, 'a');
      return reading.type === 'order' ? reading.command : reading.error.message;
    };
    expect(order('crash 1')).toEqual({ type: 'crash', process: '1' });
    expect(order(' cut 1 2 ')).toEqual({ type: 'cut', a: '1', b: '2' });
    expect(order('partition 1,2 | 3')).toEqual({ type: 'partition', groups: [['1', '2'], ['3']] });
    expect(order('client c 9')).toEqual({ type: 'client', letter: 'c', hosts: [9] });
  });

  test('leaves to zkCli what names a znode', () => {
    expect(readLine('set /a 1', 'a')).toMatchObject({ isWorldWord: false });
    expect(readLine('set 1 fsync 9000', 'a')).toMatchObject({ isWorldWord: true });
    expect(readLine('set client a x', 'a')).toMatchObject({ type: 'wrong' });
  });

  test('says in one line what is wrong with a word of the world', () => {
    for (const line of ['crash', 'crash nine', 'cut 1', 'latency 1 2 soon']) {
      const reading = readLine(line, 'a');
      expect(reading.type, line).toBe('wrong');
      if (reading.type === 'wrong') expect(reading.error.message, line).toMatch(/^\S.*\S$/);
    }
  });
});
