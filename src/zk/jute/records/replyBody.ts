/**
 * Bodies of successful replies, operation by operation. Source: zookeeper.jute, module
 * org.apache.zookeeper.proto; MultiResponse.java.
 */
import { assert } from '../../../base/assert';
import type { OpName } from '../../opCode';
import type { MultiResult, ReplyBody } from '../../records';
import { fail, type InputArchive } from '../archive/inputArchive';
import {
  type Field,
  type FieldOf,
  type Layout,
  recordLength,
  writeRecord,
} from '../archive/layout';
import type { OutputArchive } from '../archive/outputArchive';
import { readAs, readRecord } from '../archive/readRecord';
import { errorCodeOf, errorNameOf } from '../archive/codes';
import { MULTI_END, MULTI_HEADER, MULTI_HEADER_BYTES, type MultiHeader } from './multiHeader';
import { ACL, STAT } from './data';

type Body = Layout<keyof ReplyBody>;
type Result = Layout<FieldOf<MultiResult>>;

const PATH: Field<'path'> = ['path', 'ustringOrNull'];
const STAT_FIELD: Field<'stat'> = ['stat', { record: STAT }];
const DATA: Field<'data'> = ['data', 'data'];
const CHILDREN: Field<'children'> = ['children', { vector: 'ustring' }];
const CLIENT_INFO: Layout = [
  ['authScheme', 'ustring'],
  ['user', 'ustring'],
];

const BODIES: Readonly<Partial<Record<OpName, Body>>> = {
  create: [PATH],
  create2: [PATH, STAT_FIELD],
  createContainer: [PATH, STAT_FIELD],
  createTTL: [PATH, STAT_FIELD],
  exists: [STAT_FIELD],
  getData: [DATA, STAT_FIELD],
  reconfig: [DATA, STAT_FIELD],
  setData: [STAT_FIELD],
  getACL: [['acl', { vector: { record: ACL } }], STAT_FIELD],
  setACL: [STAT_FIELD],
  getChildren: [CHILDREN],
  getChildren2: [CHILDREN, STAT_FIELD],
  sync: [PATH],
  whoAmI: [['clientInfo', { vector: { record: CLIENT_INFO } }]],
  getEphemerals: [['ephemerals', { vector: 'ustring' }]],
  getAllChildrenNumber: [['number', 'int', 'totalNumber']],
  addWatch: [['innerErr', 'err', 'err']],
};

/** By the type in the result's header; that of an error repeats its code. */
const RESULTS: Readonly<Partial<Record<OpName, Result>>> = {
  create: [['path', 'ustring']],
  create2: [['path', 'ustring'], STAT_FIELD],
  delete: [],
  check: [],
  setData: [STAT_FIELD],
  getData: [DATA, STAT_FIELD],
  getChildren: [CHILDREN],
  error: [['err', 'err']],
};

export function writeReplyBody(out: OutputArchive, op: OpName, body: ReplyBody): void {
  if (op !== 'multi' && op !== 'multiRead') {
    writeRecord(out, BODIES[op] ?? [], body);
    return;
  }
  for (const result of body.results ?? []) {
    const err = errorCodeOf(result.err);
    writeRecord(out, MULTI_HEADER, { type: result.op, done: false, err });
    const layout = RESULTS[result.op];
    assert(layout !== undefined, `a multi has no result of type ${result.op}`);
    writeRecord(out, layout, result);
  }
  writeRecord(out, MULTI_HEADER, MULTI_END);
}

/** Bytes that `writeReplyBody` writes. */
export function replyBodyLength(op: OpName, body: ReplyBody): number {
  if (op !== 'multi' && op !== 'multiRead') return recordLength(BODIES[op] ?? [], body);
  let length = MULTI_HEADER_BYTES;
  for (const result of body.results ?? []) {
    length += MULTI_HEADER_BYTES + recordLength(RESULTS[result.op] ?? [], result);
  }
  return length;
}

/** undefined where the reply of this operation has a header only. */
export function readReplyBody(input: InputArchive, op: OpName): ReplyBody | undefined {
  if (op === 'multi' || op === 'multiRead') return { results: readResults(input) };
  const layout = BODIES[op];
  return layout === undefined ? undefined : readAs<ReplyBody>(input, layout);
}

function readResults(input: InputArchive): MultiResult[] {
  const results: MultiResult[] = [];
  for (let i = 0; input.error === undefined; i += 1) {
    input.path.push(`results[${i}]`);
    const at = input.at;
    const header = readRecord(input, MULTI_HEADER) as unknown as MultiHeader;
    const isEnd = header.done || input.error !== undefined;
    if (!isEnd) results.push(readResult(input, header, at));
    input.path.pop();
    if (isEnd) break;
  }
  return results;
}

function readResult(input: InputArchive, header: MultiHeader, at: number): MultiResult {
  const err = errorNameOf(header.err);
  const layout = RESULTS[header.type];
  if (err === undefined || layout === undefined) {
    fail(input, 'value', at, `a result expected, type ${header.type} err ${header.err} there`);
  }
  const given: MultiResult = { op: header.type, err: err ?? 'OK' };
  return readAs<MultiResult>(input, layout ?? [], given);
}
