/**
 * SyncRequestProcessor: puts a txn on disk before anybody acknowledges it.
 *
 * One fsync covers a whole batch: all that was queued until the queue ran
 * empty, at most maxBatchSize. One append, one fsync, one hand-off are three
 * different steps, because a server can die between any two of them.
 *
 * Source: SyncRequestProcessor.run, flush.
 * Left out: flushDelay and maxWriteQueuePollTime (0 by default), snapSize.
 */
import { nextOf } from '../chains';
import { failsToAppend, failsToFsync } from '../diskFault';
import { imageOf } from '../../database/zkDatabase';
import { writeSnapshot } from '../../database/snapshot';
import { appendTxn, commitLog, hasUnsynced, lastLoggedZxid, rollLog } from '../../database/txnLog';
import { diskReport, type Request, type Server, type Thread, type ZksState } from '../machine';
import { serviceTime, threadOf } from '../threads';
import { sendAcks } from './plainProcessors';
import { changesBesides } from './txnChanges';

export function submitToSync(s: Server, zks: ZksState, request: Request): void {
  zks.sync.queue.push(request);
  request.cause = s.fx.traceRequest(
    'enqueue',
    request.ref,
    request.entry === undefined ? undefined : request.zxid,
    'SyncRequestProcessor',
    'queuedRequests',
  );
  s.fx.touch('SyncRequestProcessor');
  s.hand.kick(s, 'SyncRequestProcessor');
}

export function takeSync(s: Server, zks: ZksState, thread: Thread): number | undefined {
  const { timing, config } = s.state.spec;
  const { queue, toFlush, nexts } = zks.sync;
  if (nexts.length > 0) {
    thread.working = nexts[0];
    thread.doing = 'next';
    return serviceTime(s, 'SyncRequestProcessor', timing.processor / 4);
  }
  if (queue.length > 0 && toFlush.length < config.maxBatchSize) {
    thread.working = queue.shift();
    thread.doing = 'append';
    return timing.append;
  }
  if (toFlush.length > 0) {
    thread.working = toFlush[0];
    thread.doing = 'fsync';
    return timing.fsync + s.state.diskFault.extraMicros;
  }
  return undefined;
}

/** Does what the step was for; false: the thread died of the disk. */
export function doSync(s: Server, zks: ZksState, request: Request, doing: string): boolean {
  s.fx.touch('SyncRequestProcessor');
  if (doing === 'append') return append(s, zks, request);
  if (doing === 'fsync') return flush(s, zks);
  zks.sync.nexts.shift();
  s.hand.process(s, nextOf(zks.role, 'SyncRequestProcessor'), request);
  // The processor behind is Flushable: acks leave when the batch is through.
  if (zks.sync.nexts.length === 0 && zks.role === 'follower') sendAcks(s, zks);
  return true;
}

function append(s: Server, zks: ZksState, request: Request): boolean {
  if (request.entry === undefined) {
    // Only a standalone server sends reads this way; with nothing to flush they pass at once.
    if (zks.sync.toFlush.length === 0) {
      s.hand.process(s, nextOf(zks.role, 'SyncRequestProcessor'), request);
    } else zks.sync.toFlush.push(request);
    return true;
  }
  if (failsToAppend(s)) {
    s.fx.trace({ type: 'append', request: request.ref, zxid: request.zxid, err: 'SYSTEMERROR' });
    return false;
  }
  appendTxn(s.state.disk, diskReport(s), request.entry);
  traceAppend(s, zks, request);
  s.fx.touch('log');
  s.fx.touch('role');
  zks.sync.toFlush.push(request);
  zks.sync.txnsSinceSnapshot += 1;
  if (zks.sync.txnsSinceSnapshot > zks.sync.snapshotAt) takeSnapshot(s, zks);
  return true;
}

/** A leader has told in its proposal what changes; a server that is alone proposes nothing. */
function traceAppend(s: Server, zks: ZksState, request: Request): void {
  const { ref, zxid } = request;
  const changes = zks.role === 'standalone' ? changesBesides(ref, request.entry?.txn) : undefined;
  if (changes === undefined) s.fx.traceRequest('append', ref, zxid);
  else s.fx.trace({ type: 'append', request: ref, zxid, changes });
}

/** snapCount reached: the log is rolled and the tree written, not forced to disk. */
function takeSnapshot(s: Server, zks: ZksState): void {
  const half = Math.floor(s.state.spec.config.snapCount / 2);
  zks.sync.txnsSinceSnapshot = 0;
  zks.sync.snapshotAt = half + s.fx.random('snapshot', Math.max(half, 1));
  rollLog(s.state.disk);
  const image = imageOf(s.state.db);
  writeSnapshot(s.state.disk, diskReport(s), image, false);
  s.fx.trace({ type: 'snapshot', zxid: image.zxid });
}

function flush(s: Server, zks: ZksState): boolean {
  if (failsToFsync(s)) {
    s.fx.trace({ type: 'fsyncFailed', zxid: lastLoggedZxid(s.state.disk) });
    return false;
  }
  commitLog(s.state.disk, diskReport(s));
  s.fx.traceRequest('fsync', undefined, lastLoggedZxid(s.state.disk));
  s.fx.touch('log');
  zks.sync.nexts = zks.sync.toFlush;
  zks.sync.toFlush = [];
  return true;
}

/**
 * The role ends: what is in hand and what is queued is still logged, since
 * shutdown joins the thread behind its queue. A thread that died of its disk
 * logs nothing more. Differs: it takes no time here, and nobody acknowledges what is forced now.
 */
export function shutdownSync(s: Server, zks: ZksState): void {
  const { queue } = zks.sync;
  if (!zks.failed) {
    const thread = threadOf(s.state, 'SyncRequestProcessor');
    const inHand = thread.doing === 'append' ? thread.working : undefined;
    for (const request of inHand === undefined ? queue : [inHand, ...queue]) {
      if (request.entry === undefined) continue;
      appendTxn(s.state.disk, diskReport(s), request.entry);
      traceAppend(s, zks, request);
    }
  }
  zks.sync.queue = [];
  zks.sync.toFlush = [];
  s.fx.touch('log');
}

/** Forces what is appended and not on disk yet, by whatever thread. */
export function forceLog(s: Server): void {
  if (!hasUnsynced(s.state.disk)) return;
  commitLog(s.state.disk, diskReport(s));
  s.fx.traceRequest('fsync', undefined, lastLoggedZxid(s.state.disk));
  s.fx.touch('log');
}
