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
  getChildren: 8,
  sync: 9,
  ping: 11,
  getChildren2: 12,
  create2: 15,
} as const;

export type OpName = keyof typeof OP_CODES;

/** Requests of clients that become txns (and so consume a zxid, failed ones too). */
const WRITES: ReadonlySet<string> = new Set<OpName>([
  'create',
  'create2',
  'delete',
  'setData',
  'createSession',
  'closeSession',
]);

export function isWriteOp(op: OpName): boolean {
  return WRITES.has(op);
}
