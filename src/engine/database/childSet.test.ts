import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import {
  addName,
  binOf,
  emptyChildSet,
  hasName,
  namesInOrder,
  ownChildSet,
  removeName,
} from './childSet';

/** Every list of children whose order on the wire was recorded from a real server. */
function recordedOrders(): string[][] {
  const found: string[][] = [];
  const walk = (value: unknown): void => {
    if (Array.isArray(value)) for (const item of value) walk(item);
    else if (value !== null && typeof value === 'object') {
      for (const [key, item] of Object.entries(value)) {
        if (key === 'wireOrder') found.push(item as string[]);
        else walk(item);
      }
    }
  };
  for (const file of readdirSync('oracle', { recursive: true, encoding: 'utf8' })) {
    if (file.endsWith('.json')) walk(JSON.parse(readFileSync(`oracle/${file}`, 'utf8')));
  }
  return found;
}

function orderAfter(names: readonly string[]): string[] {
  const set = emptyChildSet(1);
  for (const name of names) addName(set, name);
  return namesInOrder(set);
}

test('children come in the order of the wire of real servers', () => {
  const orders = recordedOrders();
  expect(orders.length).toBeGreaterThan(50);
  for (const wire of orders) {
    // Sets that had more names before have more bins; the number of bins is not recorded.
    const explains = [8, 16, 32, 64, 128].some((capacity) =>
      wire.every(
        (name, i) => i === 0 || binOf(wire[i - 1] ?? '', capacity) <= binOf(name, capacity),
      ),
    );
    expect(explains, wire.join(' ')).toBe(true);
  }
});

test('names created in their sorted order come out as a real server named them', () => {
  const sequential = recordedOrders().find((wire) => wire.length === 45) ?? [];
  expect(sequential.length).toBe(45);
  expect(orderAfter([...sequential].sort())).toEqual(sequential);
  const odd = recordedOrders().find((wire) => wire.includes('\u65e5\u672c\u8a9e')) ?? [];
  expect(odd.length).toBeGreaterThan(10);
  expect(orderAfter(odd)).toEqual(odd);
});

test('names of one bin keep the order in which they were added', () => {
  expect(binOf('Aa', 8)).toBe(binOf('BB', 8));
  expect(orderAfter(['BB', 'Aa'])).toEqual(['BB', 'Aa']);
  expect(orderAfter(['Aa', 'BB'])).toEqual(['Aa', 'BB']);
  const set = emptyChildSet(1);
  for (const name of ['Aa', 'BB']) addName(set, name);
  removeName(set, 'Aa');
  addName(set, 'Aa');
  expect(namesInOrder(set)).toEqual(['BB', 'Aa']);
});

test('the seventh name doubles the bins, and removals never halve them', () => {
  const set = emptyChildSet(1);
  for (let i = 0; i < 6; i += 1) addName(set, `n${i}`);
  expect(set.capacity).toBe(8);
  addName(set, 'n6');
  expect(set.capacity).toBe(16);
  for (let i = 0; i < 7; i += 1) removeName(set, `n${i}`);
  expect(set.capacity).toBe(16);
  expect(namesInOrder(set)).toEqual([]);
});

test('a set of an older generation is copied, not changed', () => {
  const set = emptyChildSet(1);
  addName(set, 'a');
  const own = ownChildSet(set, 2);
  addName(own, 'b');
  removeName(own, 'a');
  expect(namesInOrder(set)).toEqual(['a']);
  expect(namesInOrder(own)).toEqual(['b']);
  expect(hasName(set, 'b')).toBe(false);
});
