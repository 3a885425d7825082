/** Places of a frame by their names with dots between, and the tests on what stands there. */
import type { Condition, Json } from '../bridge/condition';
import type { Frame } from '../bridge/frame';

export type PlaceTest = Extract<Condition, { frame: string }>;

/** True, or what stands there instead, in words. */
export function placePasses(test: PlaceTest, frame: Frame | undefined): true | string {
  const found = frame === undefined ? [] : valuesAt(frame, test.frame.split('.'));
  if (found.some((value) => passes(test, value))) return true;
  if (found.length === 0) return 'nothing is there';
  const shown = found.slice(0, 5).map((value) => shortText(value, test));
  return `it is ${shown.join(', ')}${found.length > 5 ? ', ...' : ''}`;
}

export function frameText({ frame, ...tests }: PlaceTest): string {
  const words = Object.entries(tests).map(([key, value]) => {
    return `${TEST_WORDS[key as keyof typeof tests]} ${JSON.stringify(value)}`;
  });
  return words.length === 0 ? `${frame} is there` : `${frame} ${words.join(' and ')}`;
}

const TEST_WORDS: Readonly<Record<Exclude<keyof PlaceTest, 'frame'>, string>> = {
  is: 'is',
  not: 'is not',
  atLeast: 'is at least',
  atMost: 'is at most',
  count: 'has a count of',
  has: 'has',
};

/** What stands at the place: one value at most, with `*` one for each item. */
function valuesAt(root: unknown, names: readonly string[]): unknown[] {
  let values: unknown[] = [root];
  for (const name of names) values = values.flatMap((value) => partsOf(value, name));
  return values;
}

function partsOf(value: unknown, name: string): unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  if (name === '*') return Object.values(value).filter((part) => part !== undefined);
  if (!Object.hasOwn(value, name)) return [];
  const part = (value as Record<string, unknown>)[name];
  return part === undefined ? [] : [part];
}

function passes({ is, not, atLeast, atMost, count, has }: PlaceTest, value: unknown): boolean {
  const isBare = [is, not, atLeast, atMost, count, has].every((test) => test === undefined);
  if (isBare) return value !== null;
  if (is !== undefined && value !== is) return false;
  if (not !== undefined && value === not) return false;
  if (atLeast !== undefined && !(typeof value === 'number' && value >= atLeast)) return false;
  if (atMost !== undefined && !(typeof value === 'number' && value <= atMost)) return false;
  if (count !== undefined && lengthOf(value) !== count) return false;
  if (has === undefined) return true;
  return typeof value === 'string'
    ? value.includes(has)
    : Array.isArray(value) && value.includes(has);
}

function lengthOf(value: unknown): number | undefined {
  return typeof value === 'string' || Array.isArray(value) ? value.length : undefined;
}

function shortText(value: unknown, { count }: PlaceTest): string {
  if (count !== undefined && lengthOf(value) !== undefined) return `of ${lengthOf(value)}`;
  if (typeof value === 'object' && value !== null) {
    return Array.isArray(value) ? `a list of ${value.length}` : 'a record';
  }
  return JSON.stringify(value as Json);
}
