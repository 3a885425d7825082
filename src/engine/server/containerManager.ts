/**
 * ContainerManager: on a leader or a standalone server, deletes container nodes that have lost
 * their children and TTL nodes whose time is over, by a request of its own for each.
 *
 * Its checks come at a fixed rate from the start of the server. One in which nothing could be
 * found, since there is no such node at all, is left out: no event for nothing.
 *
 * Source: ContainerManager.java, LeaderZooKeeperServer.setupContainerManager.
 */
import { NO_SESSION } from '../../zk/ids';
import { containerCandidates, hasContainers } from '../database/containers';
import { nowMs, type Server, WALL_CLOCK_START_MS, type ZksState } from './machine';
import { localRequest } from './request';

const TIMER = 'ContainerManagerTask';
/** `znode.container.maxPerMinute` 10000: a pause between two deletions. */
const INTERVAL_MIN_US = 6000;

export function isContainerTimer(timer: string): boolean {
  return timer === TIMER;
}

export function startContainerManager(s: Server, zks: ZksState): void {
  zks.containers.startedAt = s.fx.now;
  watchContainers(s, zks);
}

export function stopContainerManager(s: Server): void {
  s.fx.clearTimer(TIMER);
}

/** A node was created that it has to look after; or it starts with some. */
export function watchContainers(s: Server, zks: ZksState): void {
  const { startedAt, nextCheckAt } = zks.containers;
  if (startedAt === undefined || nextCheckAt !== undefined) return;
  if (!hasContainers(s.state.db.tree)) return;
  const interval = s.state.spec.config.containerCheckIntervalMs * 1000;
  const next = (Math.floor((s.fx.now - startedAt) / interval) + 1) * interval;
  zks.containers.nextCheckAt = startedAt + next;
  s.fx.setTimer(TIMER, startedAt + next - s.fx.now);
}

/** A check begins, or goes on with its next candidate. */
export function onContainerTimer(s: Server, zks: ZksState): void {
  const { containers } = zks;
  if (containers.candidates.length === 0) {
    const wallMs = WALL_CLOCK_START_MS + nowMs(s);
    containers.candidates = containerCandidates(s.state.db.tree, wallMs);
  }
  const path = containers.candidates.shift();
  if (path === undefined) s.fx.describe({ idle: true });
  else postDelete(s, path);
  if (containers.candidates.length > 0) s.fx.setTimer(TIMER, INTERVAL_MIN_US);
  else {
    containers.nextCheckAt = undefined;
    watchContainers(s, zks);
  }
}

/** Straight into PrepRequestProcessor, as a request of no session. */
function postDelete(s: Server, path: string): void {
  const body = { op: 'deleteContainer', path } as const;
  const request = localRequest(NO_SESSION, 0, body, undefined, s.fx.head);
  s.fx.describe({ request: request.ref });
  s.hand.submitLearnerRequest(s, request);
}
