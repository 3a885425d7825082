/** What stands in front of each part of a multi and of its reply, and closes the row. Source: MultiHeader in zookeeper.jute. */
import type { OpName } from '../../opCode';
import type { Layout } from '../archive/layout';

export interface MultiHeader {
  type: OpName;
  done: boolean;
  /** -1 in requests. */
  err: number;
}

export const MULTI_HEADER: Layout<keyof MultiHeader> = [
  ['type', 'op'],
  ['done', 'bool'],
  ['err', 'int'],
];

export const MULTI_HEADER_BYTES = 9;

export const MULTI_END: MultiHeader = { type: 'error', done: true, err: -1 };
