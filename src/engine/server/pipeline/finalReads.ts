/**
 * Reads: what the tree says here and now, to whom may know it; the watch that a read leaves
 * is registered in the same step. Source: FinalRequestProcessor.processRequest and its handlers.
 */
import { checkAcl, maskedAcl, PERMS } from '../../../zk/acl';
import type { ErrorName } from '../../../zk/errorCode';
import type {
  AuthId,
  MultiOp,
  MultiResult,
  ReplyBody,
  RequestBody,
  Stat,
} from '../../../zk/records';
import {
  childrenOf,
  ephemeralsOf,
  getAllChildrenNumber,
  getNode,
  statOf,
  type ZNode,
} from '../../database/dataTree';
import type { Request, Server, ServerCnxn } from '../machine';
import { countAccess } from '../namespaces';
import { watchChildren, watchData } from '../sessions/watches';
import { answerWatchRequest } from './finalWatches';

/** What the reply holds; a string is the error, undefined a reply without a body. */
export function readReply(
  s: Server,
  cnxn: ServerCnxn,
  request: Request,
): ReplyBody | ErrorName | undefined {
  const body = request.body as RequestBody;
  switch (body.op) {
    case 'sync':
      return { path: body.path };
    case 'exists':
      return exists(s, cnxn, body.path, body.watch);
    case 'getData':
      return getData(s, cnxn, request.authInfo, body.path, body.watch);
    case 'getChildren':
    case 'getChildren2':
      return getChildren(s, cnxn, request.authInfo, body.op, body.path, body.watch);
    case 'getACL':
      return getAcl(s, request.authInfo, body.path);
    case 'getAllChildrenNumber': {
      const node = readable(s, request.authInfo, body.path, PERMS.READ);
      if (typeof node === 'string') return node;
      return { number: getAllChildrenNumber(s.state.db.tree, body.path as string) };
    }
    case 'getEphemerals':
      return { ephemerals: ephemerals(s, request, body.prefix) };
    case 'whoAmI':
      return { clientInfo: request.authInfo.map(clientInfoOf) };
    case 'multiRead':
      return multiRead(s, cnxn, request.authInfo, body.ops);
    case 'setWatches':
    case 'setWatches2':
    case 'addWatch':
    case 'removeWatches':
    case 'checkWatches':
      return answerWatchRequest(s, cnxn, body);
    case 'raw':
      return 'MARSHALLINGERROR';
    default:
      return undefined;
  }
}

/** The node, when there is one and the ids have any of the permissions on it. */
function readable(
  s: Server,
  authInfo: readonly AuthId[],
  path: string | null,
  perms: number,
): ZNode | ErrorName {
  if (path === null) return 'MARSHALLINGERROR';
  const node = getNode(s.state.db.tree, path);
  if (node === undefined) return 'NONODE';
  return checkAcl(node.acl, perms, authInfo, s.state.spec.config.skipACL) ? node : 'NOAUTH';
}

/** Needs no permission in 3.8.0. A watch is left on what does not exist, too. */
function exists(
  s: Server,
  cnxn: ServerCnxn,
  path: string | null,
  watch: boolean,
): ReplyBody | ErrorName {
  if (path === null) return 'MARSHALLINGERROR';
  if (path.includes('\0')) return 'BADARGUMENTS';
  if (watch) watchData(s, cnxn.conn, path);
  countAccess(s.state.namespaces.reads, path, 0);
  const stat = statOf(s.state.db.tree, path);
  return stat === undefined ? 'NONODE' : { stat };
}

function getData(
  s: Server,
  cnxn: ServerCnxn,
  authInfo: readonly AuthId[],
  path: string | null,
  watch: boolean,
): { data: string | null; stat: Stat } | ErrorName {
  const node = readable(s, authInfo, path, PERMS.READ);
  if (typeof node === 'string') return node;
  if (watch) watchData(s, cnxn.conn, path as string);
  countAccess(s.state.namespaces.reads, path as string, node.data?.length ?? 0);
  return { data: node.data, stat: statOf(s.state.db.tree, path as string) as Stat };
}

function getChildren(
  s: Server,
  cnxn: ServerCnxn,
  authInfo: readonly AuthId[],
  op: 'getChildren' | 'getChildren2',
  path: string | null,
  watch: boolean,
): { children: string[]; stat?: Stat } | ErrorName {
  const node = readable(s, authInfo, path, PERMS.READ);
  if (typeof node === 'string') return node;
  const { tree } = s.state.db;
  if (watch) watchChildren(s, cnxn.conn, path as string);
  countAccess(s.state.namespaces.reads, path as string, 0);
  const children = childrenOf(tree, path as string);
  if (op === 'getChildren') return { children };
  return { children, stat: statOf(tree, path as string) as Stat };
}

/** Who may not administer the node sees no hashes of passwords. */
function getAcl(
  s: Server,
  authInfo: readonly AuthId[],
  path: string | null,
): ReplyBody | ErrorName {
  const node = readable(s, authInfo, path, PERMS.READ | PERMS.ADMIN);
  if (typeof node === 'string') return node;
  const { skipACL } = s.state.spec.config;
  const isAdmin = checkAcl(node.acl, PERMS.ADMIN, authInfo, skipACL);
  const stat = statOf(s.state.db.tree, path as string) as Stat;
  return { acl: isAdmin ? node.acl : maskedAcl(node.acl), stat };
}

/** Of this session alone; the prefix is one of text, not of paths. */
function ephemerals(s: Server, request: Request, prefix: string | null): string[] {
  const all = ephemeralsOf(s.state.db.tree, request.sessionId);
  const wanted = prefix?.trim() ?? '';
  if (prefix === null || wanted === '' || wanted === '/') return all;
  return all.filter((path) => path.startsWith(prefix));
}

/** Names, never secrets: of a digest the part before the colon; of a scheme without provider nothing. */
function clientInfoOf({ scheme, id }: AuthId): { authScheme: string; user: string } {
  if (scheme === 'digest') return { authScheme: scheme, user: id.split(':', 1)[0] as string };
  return { authScheme: scheme, user: scheme === 'ip' ? id : '' };
}

/** Each part answers for itself; a part that writes makes the whole unreadable. */
function multiRead(
  s: Server,
  cnxn: ServerCnxn,
  authInfo: readonly AuthId[],
  ops: readonly MultiOp[],
): ReplyBody | ErrorName {
  const results: MultiResult[] = [];
  for (const op of ops) {
    if (op.op !== 'getData' && op.op !== 'getChildren') return 'MARSHALLINGERROR';
    const { path } = op;
    const result =
      op.op === 'getData'
        ? getData(s, cnxn, authInfo, path, false)
        : getChildren(s, cnxn, authInfo, 'getChildren', path, false);
    if (result === 'MARSHALLINGERROR') return result;
    if (typeof result === 'string') results.push({ op: 'error', err: result });
    else results.push({ op: op.op, err: 'OK', ...result });
  }
  return { results };
}
