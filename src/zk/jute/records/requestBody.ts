/**
 * Bodies of requests, operation by operation. Source: zookeeper.jute, module
 * org.apache.zookeeper.proto; MultiOperationRecord.java.
 */
import type { OpName } from '../../opCode';
import type { MultiOp, RequestBody, WatchLists } from '../../records';
import { fail, type InputArchive, mark, readInt, readRestHex } from '../archive/inputArchive';
import {
  type Field,
  type FieldOf,
  type Layout,
  recordLength,
  writeRecord,
} from '../archive/layout';
import { type OutputArchive, writeHex } from '../archive/outputArchive';
import { inField, readAs, readRecord } from '../archive/readRecord';
import { opNameOf } from '../archive/codes';
import { MULTI_END, MULTI_HEADER, MULTI_HEADER_BYTES, type MultiHeader } from './multiHeader';
import { ACL } from './data';

type Body = Layout<FieldOf<RequestBody>>;

const PATH: Field<'path'> = ['path', 'ustringOrNull'];
const CREATE: Body = [
  PATH,
  ['data', 'data'],
  ['acl', { vectorOrNull: { record: ACL } }],
  ['flags', 'int'],
];
const PATH_ONLY: Body = [PATH];
const PATH_VERSION: Body = [PATH, ['version', 'int']];
const PATH_WATCH: Body = [PATH, ['watch', 'bool']];
const PATH_TYPE: Body = [PATH, ['type', 'int']];

const WATCHES: Layout<keyof WatchLists> = [
  ['data', { vectorOrNull: 'ustring' }, 'dataWatches'],
  ['exist', { vectorOrNull: 'ustring' }, 'existWatches'],
  ['child', { vectorOrNull: 'ustring' }, 'childWatches'],
];
const WATCHES_2: Layout<keyof WatchLists> = [
  ...WATCHES,
  ['persistent', { vectorOrNull: 'ustring' }, 'persistentWatches'],
  ['persistentRecursive', { vectorOrNull: 'ustring' }, 'persistentRecursiveWatches'],
];
/** Lists that the caller left out are empty ones. */
const NO_WATCHES: WatchLists = {
  data: [],
  exist: [],
  child: [],
  persistent: [],
  persistentRecursive: [],
};

/** The bodies that are plain records. Of a deleteContainer the body is the bare path (3.8). */
const BODIES: Readonly<Partial<Record<OpName, Body>>> = {
  create: CREATE,
  create2: CREATE,
  createContainer: CREATE,
  createTTL: [...CREATE, ['ttl', 'long']],
  delete: PATH_VERSION,
  deleteContainer: [['path', 'text']],
  exists: PATH_WATCH,
  getData: PATH_WATCH,
  setData: [PATH, ['data', 'data'], ['version', 'int']],
  getACL: PATH_ONLY,
  setACL: [PATH, ['acl', { vectorOrNull: { record: ACL } }], ['version', 'int']],
  getChildren: PATH_WATCH,
  getChildren2: PATH_WATCH,
  sync: PATH_ONLY,
  reconfig: [
    ['joiningServers', 'ustringOrNull'],
    ['leavingServers', 'ustringOrNull'],
    ['newMembers', 'ustringOrNull'],
    ['curConfigId', 'zxid'],
  ],
  ping: [],
  check: PATH_VERSION,
  checkWatches: PATH_TYPE,
  removeWatches: PATH_TYPE,
  auth: [
    ['op', { fixed: 0 }, 'type'],
    ['scheme', 'ustringOrNull'],
    ['auth', 'data'],
  ],
  setWatches: [
    ['relativeZxid', 'zxid'],
    ['lists', { record: WATCHES }, ''],
  ],
  setWatches2: [
    ['relativeZxid', 'zxid'],
    ['lists', { record: WATCHES_2 }, ''],
  ],
  addWatch: [PATH, ['mode', 'int']],
  whoAmI: [],
  getEphemerals: [['prefix', 'ustringOrNull', 'prefixPath']],
  getAllChildrenNumber: PATH_ONLY,
  createSession: [['timeOut', 'int']],
  closeSession: [],
};

const MULTI_OPS: ReadonlySet<OpName> = new Set<MultiOp['op']>([
  'create',
  'create2',
  'createContainer',
  'createTTL',
  'delete',
  'setData',
  'check',
  'getData',
  'getChildren',
  'exists',
]);

function layoutOf(op: OpName): Body {
  return BODIES[op] ?? [];
}

export function writeRequestBody(out: OutputArchive, body: RequestBody): void {
  switch (body.op) {
    case 'raw':
      writeHex(out, body.hex);
      return;
    case 'multi':
    case 'multiRead':
      for (const op of body.ops) {
        writeRecord(out, MULTI_HEADER, { type: op.op, done: false, err: -1 });
        writeRecord(out, layoutOf(op.op), op);
      }
      writeRecord(out, MULTI_HEADER, MULTI_END);
      return;
    case 'setWatches2': {
      const lists = { ...NO_WATCHES, ...body.lists };
      writeRecord(out, layoutOf(body.op), { ...body, lists });
      return;
    }
    default:
      writeRecord(out, layoutOf(body.op), body);
  }
}

/** Bytes that `writeRequestBody` writes. */
export function requestBodyLength(body: RequestBody): number {
  switch (body.op) {
    case 'raw':
      return body.hex.length / 2;
    case 'multi':
    case 'multiRead': {
      let length = MULTI_HEADER_BYTES;
      for (const op of body.ops) length += MULTI_HEADER_BYTES + recordLength(layoutOf(op.op), op);
      return length;
    }
    case 'setWatches2': {
      const lists = { ...NO_WATCHES, ...body.lists };
      return recordLength(layoutOf(body.op), { ...body, lists });
    }
    default:
      return recordLength(layoutOf(body.op), body);
  }
}

/** The body of a request whose type has just been read; a type that is no operation leaves its bytes as they are. */
export function readRequestBody(input: InputArchive, type: number): RequestBody {
  const op = opNameOf(type);
  if (op === undefined || (op !== 'multi' && op !== 'multiRead' && BODIES[op] === undefined)) {
    return inField(input, 'body', () => {
      const at = input.at;
      const hex = readRestHex(input);
      mark(input, at, 'bytes', `0x${hex}`);
      return { op: 'raw', type, hex };
    });
  }
  if (op === 'multi' || op === 'multiRead') return { op, ops: readMultiOps(input) };
  return readAs<RequestBody>(input, layoutOf(op), { op } as Partial<RequestBody>);
}

/** The type of a request, noted by its name. */
export function readRequestType(input: InputArchive): number {
  return inField(input, 'type', () => {
    const at = input.at;
    const type = readInt(input);
    mark(input, at, 'int', opNameOf(type) ?? type);
    return type;
  });
}

function readMultiOps(input: InputArchive): MultiOp[] {
  const ops: MultiOp[] = [];
  for (let i = 0; input.error === undefined; i += 1) {
    input.path.push(`ops[${i}]`);
    const at = input.at;
    const header = readRecord(input, MULTI_HEADER) as unknown as MultiHeader;
    const isEnd = header.done || input.error !== undefined;
    if (!isEnd && !MULTI_OPS.has(header.type)) {
      fail(input, 'value', at, `an operation of a multi expected, ${header.type} there`);
    } else if (!isEnd) {
      const given = { op: header.type } as Partial<MultiOp>;
      ops.push(readAs<MultiOp>(input, layoutOf(header.type), given));
    }
    input.path.pop();
    if (isEnd) break;
  }
  return ops;
}
