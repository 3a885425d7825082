/** How a command of many calls is written: as a generator that yields requests and is given the answers. */
import { validatePath } from '../../../../zk/paths';
import type { ErrorName } from '../../../../zk/errorCode';
import type { ReplyBody, RequestBody } from '../../../../zk/records';
import type { Answer } from './step';

export interface ScriptArgs {
  path: string;
  /** The option given; at most one. */
  option?: { name: string; value: string };
}

export type Script = Generator<RequestBody, void, Answer>;

/** A Java exception of a script, on its way to the one place that prints it. */
export class ScriptError extends Error {
  readonly fault:
    | { type: 'keeper'; err: ErrorName; path: string | null }
    | { type: 'illegalArgument'; message: string }
    | { type: 'dies'; exception: string };

  constructor(fault: ScriptError['fault']) {
    super(fault.type);
    this.fault = fault;
  }
}

/** Throws IllegalArgumentException. */
export function refuse(message: string): never {
  throw new ScriptError({ type: 'illegalArgument', message });
}

/**
 * A call whose error is an exception, unless it is one of `allowed`, which makes the answer
 * undefined. The library looks at the path first.
 */
export function* call(
  body: Extract<RequestBody, { path: string | null }>,
  allowed: readonly ErrorName[] = [],
): Generator<RequestBody, ReplyBody | undefined, Answer> {
  const wrong = validatePath(body.path);
  if (wrong !== undefined) refuse(wrong);
  const { err, path, reply } = yield body;
  if (err === 'OK') return reply ?? {};
  if (allowed.includes(err)) return undefined;
  throw new ScriptError({ type: 'keeper', err, path });
}
