/**
 * Txns as they lie in the log and travel in PROPOSAL: header, record, digest. Source:
 * SerializeUtils.deserializeTxn, zookeeper.jute, module org.apache.zookeeper.txn.
 */
import { assert } from '../../../base/assert';
import type { OpName } from '../../opCode';
import type { LoggedTxn, Txn, TxnHeader } from '../../records';
import {
  type Decoded,
  decoded,
  fail,
  type InputArchive,
  type InputOptions,
  mark,
  openInput,
  readInt,
} from '../archive/inputArchive';
import { type Field, type FieldOf, type Layout, writeRecord } from '../archive/layout';
import {
  openOutput,
  type OutputArchive,
  writeInt,
  writeSized,
  writtenBytes,
} from '../archive/outputArchive';
import { inField, readAs, readRecord, readSized } from '../archive/readRecord';
import { opCodeOf } from '../archive/codes';
import { ACL } from './data';

/** Hash over the tree after a txn, as its maker had it. */
export interface TxnDigest {
  /** 2. */
  version: number;
  /** 64 bits as 16 hex digits. */
  treeDigest: string;
}

/** A txn with what a server adds to it that has digests. */
export interface DigestedTxn extends LoggedTxn {
  readonly digest?: TxnDigest;
}

type Body = Layout<FieldOf<Txn>>;

const HEADER: Layout<keyof TxnHeader> = [
  ['clientId', 'session'],
  ['cxid', 'int'],
  ['zxid', 'zxid'],
  ['time', 'long'],
  ['type', 'op'],
];
const DIGEST: Layout<keyof TxnDigest> = [
  ['version', 'int'],
  ['treeDigest', 'session'],
];

const PATH: Field<'path'> = ['path', 'ustring'];
const DATA: Field<'data'> = ['data', 'data'];
const ACL_FIELD: Field<'acl'> = ['acl', { vector: { record: ACL } }];
const VERSION: Field<'version'> = ['version', 'int'];
const PARENT_C_VERSION: Field<'parentCVersion'> = ['parentCVersion', 'int'];

/** The oldest logs end here; parentCVersion is then -1. */
const CREATE_V0: Body = [PATH, DATA, ACL_FIELD, ['ephemeral', 'bool']];
const CREATE: Body = [...CREATE_V0, PARENT_C_VERSION];
const CREATE_CONTAINER: Body = [PATH, DATA, ACL_FIELD, PARENT_C_VERSION];
const CLOSE_SESSION: Body = [['paths2Delete', { vector: 'ustring' }]];

/** By type of the txn; multi apart. */
const BODIES: Readonly<Partial<Record<OpName, Body>>> = {
  create: CREATE,
  create2: CREATE,
  createContainer: CREATE_CONTAINER,
  createTTL: [...CREATE_CONTAINER, ['ttl', 'long']],
  delete: [PATH],
  deleteContainer: [PATH],
  setData: [PATH, DATA, VERSION],
  reconfig: [PATH, DATA, VERSION],
  setACL: [PATH, ACL_FIELD, VERSION],
  check: [PATH, VERSION],
  createSession: [['timeOut', 'int']],
  closeSession: CLOSE_SESSION,
  error: [['err', 'err']],
};

/** Types that DataTree takes inside a multi. */
const NESTED: ReadonlySet<OpName> = new Set<OpName>([
  'create',
  'create2',
  'createContainer',
  'createTTL',
  'delete',
  'deleteContainer',
  'setData',
  'check',
  'error',
]);

/** The entry of the log: no checksum, no length, no end mark (those are the log's). */
export function encodeTxn(entry: DigestedTxn): Uint8Array {
  const out = openOutput();
  writeTxn(out, entry);
  return writtenBytes(out);
}

export function writeTxn(out: OutputArchive, entry: DigestedTxn): void {
  writeRecord(out, HEADER, entry.hdr);
  writeTxnBody(out, entry.txn);
  if (entry.digest !== undefined) writeRecord(out, DIGEST, entry.digest);
}

function writeTxnBody(out: OutputArchive, txn: Txn): void {
  if (txn.type !== 'multi') {
    const layout = BODIES[txn.type];
    assert(layout !== undefined, `there is no txn of type ${txn.type}`);
    writeRecord(out, layout, txn);
    return;
  }
  writeInt(out, txn.txns.length);
  for (const one of txn.txns) {
    assert(NESTED.has(one.type), `a multi holds no ${one.type}`);
    writeInt(out, opCodeOf(one.type));
    writeSized(out, () => writeTxnBody(out, one));
  }
}

/** What follows the digest is ignored. */
export function decodeTxn(bytes: Uint8Array, options: InputOptions = {}): Decoded<DigestedTxn> {
  const input = openInput(bytes, options);
  return decoded(input, readTxn(input));
}

/** Reads up to the digest, which may be missing: an error txn has none, nor has a server that keeps none. */
export function readTxn(input: InputArchive): DigestedTxn {
  const hdr = inField(input, 'hdr', () => readAs<TxnHeader>(input, HEADER));
  const txn = inField(input, 'txn', () => readTxnBody(input, hdr.type));
  if (input.error !== undefined || input.at === input.end) return { hdr, txn };
  return { hdr, txn, digest: inField(input, 'digest', () => readAs<TxnDigest>(input, DIGEST)) };
}

function readTxnBody(input: InputArchive, type: OpName): Txn {
  const layout = BODIES[type];
  if (type === 'multi') return { type, txns: readNested(input) };
  if (layout === undefined)
    fail(input, 'value', input.at, `a txn expected, Unsupported Txn ${type}`);
  if (type === 'closeSession' && input.at === input.end && input.error === undefined) {
    // Written with closeSessionTxn.enabled=false: the receiver deletes what it knows.
    return { type, paths2Delete: [] };
  }
  if (type === 'create' || type === 'create2') return readCreate(input, type);
  return readAs<Txn>(input, layout ?? [], { type } as Partial<Txn>);
}

function readCreate(input: InputArchive, type: 'create' | 'create2'): Txn {
  const txn = readAs<Extract<Txn, { type: 'create' | 'create2' }>>(input, CREATE_V0, { type });
  if (input.at === input.end && input.error === undefined) return { ...txn, parentCVersion: -1 };
  return { ...txn, ...readRecord(input, [PARENT_C_VERSION]) };
}

function readNested(input: InputArchive): Txn[] {
  const txns: Txn[] = [];
  const at = input.at;
  const count = inField(input, 'txns', () => {
    const value = readInt(input);
    mark(input, at, 'vector', value);
    return value;
  });
  for (let i = 0; i < count && input.error === undefined; i += 1) {
    input.path.push(`txns[${i}]`);
    txns.push(readNestedTxn(input));
    input.path.pop();
  }
  return txns;
}

function readNestedTxn(input: InputArchive): Txn {
  const at = input.at;
  const { type } = readRecord(input, [['type', 'op']]) as { type: OpName };
  if (input.error === undefined && !NESTED.has(type)) {
    fail(input, 'value', at, `a txn of a multi expected, ${type} there`);
  }
  const dataAt = input.at;
  const txn = readSized(input, 'data', () => readTxnBody(input, type));
  if (txn === undefined) fail(input, 'length', dataAt, 'a txn in the buffer expected, null there');
  return txn ?? { type: 'error', err: 'OK' };
}
