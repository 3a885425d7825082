/** Numbers on the wire and their names, both ways. */
import { assert } from '../../../base/assert';
import { ERROR_CODES, type ErrorName } from '../../errorCode';
import { OP_CODES, type OpName } from '../../opCode';

type NamedOp = Exclude<OpName, 'raw'>;

const OPS_BY_CODE = byCode<NamedOp>(OP_CODES);
const ERRORS_BY_CODE = byCode<ErrorName>(ERROR_CODES);

function byCode<Name extends string>(codes: Readonly<Record<Name, number>>): Record<string, Name> {
  const names: Record<string, Name> = {};
  for (const name of Object.keys(codes) as Name[]) names[codes[name]] = name;
  return names;
}

export function opCodeOf(op: OpName): number {
  assert(op !== 'raw', 'a raw body carries its own number');
  return OP_CODES[op];
}

/** undefined: no operation has this number. */
export function opNameOf(code: number): NamedOp | undefined {
  return OPS_BY_CODE[code];
}

export function errorCodeOf(err: ErrorName): number {
  return ERROR_CODES[err];
}

/** undefined: KeeperException has no such code (the Java client throws at it). */
export function errorNameOf(code: number): ErrorName | undefined {
  return ERRORS_BY_CODE[code];
}
