/** Checks of values that come from a file: the first that has not the expected form is named with its place. */
import { show } from './caseFile';

/** A file that cannot be read; `place` is the way to the field, as in `steps[3].op.path`. */
export class CaseFileError extends Error {
  readonly place: string;
  constructor(place: string, expected: string) {
    super(place === '' ? expected : `${place}: ${expected}`);
    this.place = place;
  }
}

export type Check = (value: unknown, place: string) => unknown;

export function record(value: unknown, place: string): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return value as Readonly<Record<string, unknown>>;
  }
  throw new CaseFileError(place, `expected an object, got ${show(value)}`);
}

export function listOf(value: unknown, place: string): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw new CaseFileError(place, `expected a list, got ${show(value)}`);
}

export function each(value: unknown, place: string, check: Check): void {
  for (const [k, item] of listOf(value, place).entries()) check(item, `${place}[${k}]`);
}

export function textOf(value: unknown, place: string): string {
  if (typeof value === 'string') return value;
  throw new CaseFileError(place, `expected a text, got ${show(value)}`);
}

export function numberOf(value: unknown, place: string): number {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return value;
  throw new CaseFileError(place, `expected an integer, got ${show(value)}`);
}

export function texts(value: unknown, place: string): void {
  each(value, place, textOf);
}

export function numbers(value: unknown, place: string): void {
  each(value, place, numberOf);
}

export function optional<T>(value: unknown, place: string, check: (v: unknown, p: string) => T) {
  return value === undefined ? undefined : check(value, place);
}

/** Number of voters, and the configuration where one is named. */
export function ensembleOf(file: Readonly<Record<string, unknown>>): {
  ensemble: number;
  config: Readonly<Record<string, unknown>>;
} {
  const ensemble = numberOf(file['ensemble'], 'ensemble');
  if (ensemble < 1 || ensemble > 9) throw new CaseFileError('ensemble', 'expected 1 to 9 voters');
  return { ensemble, config: optional(file['config'], 'config', record) ?? {} };
}
