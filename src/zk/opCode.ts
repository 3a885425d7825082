/** Request types by the names of ZooDefs.OpCode. */

export const OP_CODES = {
  error: -1,
  createSession: -10,
  closeSession: -11,
  create: 1,
  delete: 2,
  exists: 3,
  getData: 4,
  setData: 5,
  getACL: 6,
  setACL: 7,
  getChildren: 8,
  sync: 9,
  ping: 11,
  getChildren2: 12,
  check: 13,
  multi: 14,
  create2: 15,
  reconfig: 16,
  checkWatches: 17,
  removeWatches: 18,
  createContainer: 19,
  deleteContainer: 20,
  createTTL: 21,
  multiRead: 22,
  auth: 100,
  setWatches: 101,
  getEphemerals: 103,
  getAllChildrenNumber: 104,
  setWatches2: 105,
  addWatch: 106,
  whoAmI: 107,
} as const;

/** `raw` is a body that is none of an operation's. */
export type OpName = keyof typeof OP_CODES | 'raw';

/** Requests of clients that become txns (and so consume a zxid, failed ones too). */
const WRITES: ReadonlySet<string> = new Set<OpName>([
  'create',
  'create2',
  'createContainer',
  'createTTL',
  'delete',
  'deleteContainer',
  'setData',
  'setACL',
  'check',
  'multi',
  'reconfig',
  'createSession',
  'closeSession',
]);

export function isWriteOp(op: OpName): boolean {
  return WRITES.has(op);
}
