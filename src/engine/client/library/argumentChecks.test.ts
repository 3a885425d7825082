import { expect, test } from 'vitest';
import type { MultiOp } from '../../../zk/records';
import { refusalOf } from './argumentChecks';

const READ: MultiOp = { op: 'getData', path: '/x', watch: false };
const WRITE: MultiOp = { op: 'delete', path: '/x', version: -1 };
const MIXED = 'Mixing read and write operations (transactions) is not allowed in a multi request.';

test.each<[string, MultiOp[], string | undefined]>([
  ['writes', [WRITE, { op: 'check', path: '/x', version: 0 }], undefined],
  ['reads', [READ, { op: 'getChildren', path: '/', watch: false }], undefined],
  ['a read behind a write', [WRITE, READ], MIXED],
  ['a write behind a read', [READ, WRITE], MIXED],
  ['a bad path first', [READ, WRITE, { ...READ, path: 'x' }], 'Path must start with / character'],
])('a multi of %s', (_, ops, message) => {
  for (const op of ['multi', 'multiRead'] as const) {
    const refusal = refusalOf({ op, ops }, undefined);
    expect(refusal).toEqual(
      message === undefined ? undefined : { type: 'illegalArgument', message },
    );
  }
});
