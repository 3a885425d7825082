/** Requests as workers and task clients make them: data is UTF-8 already, the ACL is open. */
import { type MultiOp, OPEN_ACL, type RequestBody } from '../../zk/records';

const ANY_VERSION = -1;

type Create = Extract<MultiOp, { op: 'create' | 'create2' | 'createContainer' }>;

function create(path: string, data: string, flags: number): Create {
  return { op: 'create', path, data, acl: OPEN_ACL, flags };
}

export function createPersistent(path: string, data: string): Create {
  return create(path, data, 0);
}

export function createEphemeral(path: string, data: string): Create {
  return create(path, data, 1);
}

export function createSequential(path: string, data: string): Create {
  return create(path, data, 2);
}

export function remove(path: string): Extract<MultiOp, { op: 'delete' }> {
  return { op: 'delete', path, version: ANY_VERSION };
}

export function setData(path: string, data: string): RequestBody {
  return { op: 'setData', path, data, version: ANY_VERSION };
}

export function getData(path: string): RequestBody {
  return { op: 'getData', path, watch: false };
}

export function exists(path: string): RequestBody {
  return { op: 'exists', path, watch: false };
}

export function getChildren(path: string): RequestBody {
  return { op: 'getChildren2', path, watch: false };
}
