/**
 * Laws of the engine, checked where they stand. A failed assertion is a mistake
 * of ours, never of a user; the worker's edge turns it into a message.
 */

/** Throws when `condition` does not hold. */
export function assert(condition: unknown, law: string): asserts condition {
  if (!condition) throw new Error(`broken law: ${law}`);
}

/** The default branch of a switch over a closed union; compiles only while the union is exhausted. */
export function unreachable(value: never): never {
  throw new Error(`unreachable: ${JSON.stringify(value)}`);
}
