/**
 * Requests about watches: addWatch, removeWatches, checkWatches, and setWatches, by which a
 * client that comes back tells what it watched and hears what it missed.
 *
 * Source: FinalRequestProcessor.processRequest, DataTree.setWatches, addWatch, containsWatcher, removeWatch.
 */
import type { ErrorName } from '../../../zk/errorCode';
import type { Zxid } from '../../../zk/ids';
import type { ReplyBody, RequestBody, WatcherType, WatchLists } from '../../../zk/records';
import { getNode } from '../../database/dataTree';
import type { Server, ServerCnxn } from '../machine';
import { sendEvent } from '../sessions/serverCnxn';
import {
  hasWatch,
  removeWatch,
  watchChildren,
  watchData,
  watchPersistently,
  type WatchKinds,
} from '../sessions/watches';

type WatchBody = Extract<
  RequestBody,
  { op: 'setWatches' | 'setWatches2' | 'addWatch' | 'removeWatches' | 'checkWatches' }
>;

export function answerWatchRequest(
  s: Server,
  cnxn: ServerCnxn,
  body: WatchBody,
): ReplyBody | ErrorName | undefined {
  switch (body.op) {
    case 'setWatches':
    case 'setWatches2':
      return setWatches(s, cnxn, body.relativeZxid, body.lists);
    case 'addWatch': {
      const mode = MODES[body.mode];
      if (mode === undefined || body.path === null) return 'MARSHALLINGERROR';
      watchPersistently(s, cnxn.conn, body.path, mode);
      return { innerErr: 'OK' };
    }
    default: {
      const kinds = kindsOf(body.type);
      if (kinds === undefined || body.path === null) return 'MARSHALLINGERROR';
      const found =
        body.op === 'removeWatches'
          ? removeWatch(s, cnxn.conn, body.path, kinds)
          : hasWatch(s, body.path, kinds);
      return found ? undefined : 'NOWATCHER';
    }
  }
}

const MODES = ['persistent', 'persistentRecursive'] as const;

/** WatcherType; undefined: no such type. */
function kindsOf(type: WatcherType): WatchKinds | undefined {
  if (type === 1) return 'child';
  if (type === 2) return 'data';
  return type === 3 ? 'any' : undefined;
}

/**
 * What changed while the client was away is told at once, in the order of its lists; the rest is
 * watched. At a list that is null the request ends in an error: what stood before it is done.
 */
function setWatches(
  s: Server,
  cnxn: ServerCnxn,
  relativeZxid: Zxid,
  lists: WatchLists,
): ErrorName | undefined {
  const { tree } = s.state.db;
  const { conn } = cnxn;
  const { persistent = [], persistentRecursive = [] } = lists;
  if (lists.data === null) return 'MARSHALLINGERROR';
  for (const path of lists.data) {
    const node = getNode(tree, path);
    if (node === undefined) sendEvent(s, conn, 'NodeDeleted', path, undefined);
    else if (node.mzxid > relativeZxid) sendEvent(s, conn, 'NodeDataChanged', path, undefined);
    else watchData(s, conn, path);
  }
  if (lists.exist === null) return 'MARSHALLINGERROR';
  for (const path of lists.exist) {
    if (getNode(tree, path) !== undefined) sendEvent(s, conn, 'NodeCreated', path, undefined);
    else watchData(s, conn, path);
  }
  if (lists.child === null) return 'MARSHALLINGERROR';
  for (const path of lists.child) {
    const node = getNode(tree, path);
    if (node === undefined) sendEvent(s, conn, 'NodeDeleted', path, undefined);
    else if (node.pzxid > relativeZxid) sendEvent(s, conn, 'NodeChildrenChanged', path, undefined);
    else watchChildren(s, conn, path);
  }
  if (persistent === null) return 'MARSHALLINGERROR';
  for (const path of persistent) watchPersistently(s, conn, path, 'persistent');
  if (persistentRecursive === null) return 'MARSHALLINGERROR';
  for (const path of persistentRecursive) {
    watchPersistently(s, conn, path, 'persistentRecursive');
  }
  return undefined;
}
