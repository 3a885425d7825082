/**
 * Where the processors of a chain stand inside a server's card, and the tracks
 * between them, in design pixels from the card's top left corner. The tracks
 * are the graph along which chips travel: what is drawn is what is driven on.
 */
import type { Box, Point } from './shapes';

export interface Station extends Point {
  /** The class name. */
  name: string;
  /** As it stands on the map, a line each. */
  label: readonly string[];
  /** On the lower line: its queue waits on the track before it, not above it. */
  low: boolean;
}

export interface Chain {
  stations: readonly Station[];
  /** CommitProcessor. */
  commit?: Box;
  /** The leader's outstandingProposals. */
  ledger?: Box;
  /** A follower's pendingTxns. */
  memo?: Box;
  /** RequestThrottler, under the beginning of the line. */
  throttler: Box;
  tree: Box;
  /** Places of the tracks by name: stations, boxes, `in` (from the clients), `lowIn` (from the leader). */
  nodes: Readonly<Record<string, Point>>;
  /** `thin` where no request travels on its own. */
  tracks: readonly { from: string; to: string; thin?: boolean }[];
}

/** Height of a card's title line. */
export const HEADER = 30;
/** From the body's top to the main line: a label's room for two rows of chips. */
const MAIN = 46;
const COMMIT_TOP = 1;
/** A title and four rows. */
export const COMMIT_HEIGHT = 95;
const COMMIT_WIDTH_MIN = 244;
/** Left edge of pendingTxns. */
const MEMO = 238;
/** From the main line to a box below the labels of its stations, and that box's height. */
const UNDER = 36;
const THROTTLER_HEIGHT = 30;
/** From the lower line to the bottom of the body: ring and label. */
const LOW_FOOT = 31;

export function leaderChain(width: number, height: number): Chain {
  const main = HEADER + MAIN;
  const low = height - LOW_FOOT;
  const [xLeader, xPrep, xProposal] = [36, 100, 164];
  const commit: Box = {
    x: 206,
    y: HEADER + COMMIT_TOP,
    w: Math.max(COMMIT_WIDTH_MIN, width * 0.36),
    h: COMMIT_HEIGHT,
  };
  const commitRight = commit.x + commit.w;
  const tree = treeBox(Math.max(commitRight + 158, width * 0.79), width, height);
  const gap = tree.x - 12 - commitRight;
  const ledgerTop = commit.y + commit.h + 7;
  const ledger: Box = {
    x: 282,
    y: ledgerTop,
    w: tree.x - 10 - 282,
    h: height - 8 - ledgerTop,
  };
  const stations: Station[] = [
    station('LeaderRequestProcessor', ['Leader', 'Request'], xLeader, main),
    station('PrepRequestProcessor', ['Prep', 'Request'], xPrep, main),
    station('ProposalRequestProcessor', ['Proposal', 'Request'], xProposal, main),
    station('ToBeAppliedRequestProcessor', ['ToBe', 'Applied'], commitRight + gap * 0.3, main),
    station('FinalRequestProcessor', ['Final', 'Request'], commitRight + gap * 0.72, main),
    station('SyncRequestProcessor', ['Sync'], xProposal, low, true),
    station('AckRequestProcessor', ['Ack'], xProposal + 66, low, true),
  ];
  const xUp = commit.x + commit.w * 0.72;
  return {
    stations,
    commit,
    ledger,
    throttler: throttlerBox(main + UNDER, 124),
    tree,
    nodes: {
      ...nodesOf(stations),
      in: { x: 8, y: main },
      CommitProcessor: { x: xUp, y: main },
      ledger: { x: xUp, y: low },
      tree: { x: tree.x - 6, y: main },
    },
    tracks: [
      { from: 'in', to: 'LeaderRequestProcessor' },
      { from: 'LeaderRequestProcessor', to: 'PrepRequestProcessor' },
      { from: 'PrepRequestProcessor', to: 'ProposalRequestProcessor' },
      { from: 'ProposalRequestProcessor', to: 'CommitProcessor' },
      { from: 'CommitProcessor', to: 'ToBeAppliedRequestProcessor' },
      { from: 'ToBeAppliedRequestProcessor', to: 'FinalRequestProcessor' },
      { from: 'FinalRequestProcessor', to: 'tree', thin: true },
      { from: 'ProposalRequestProcessor', to: 'SyncRequestProcessor' },
      { from: 'SyncRequestProcessor', to: 'AckRequestProcessor' },
      { from: 'AckRequestProcessor', to: 'ledger' },
      { from: 'ledger', to: 'CommitProcessor' },
    ],
  };
}

/** Follower and, without the acknowledgement and the memo, observer. */
export function learnerChain(width: number, height: number, observer = false): Chain {
  const main = HEADER + MAIN;
  const low = height - LOW_FOOT;
  const first = observer ? 'ObserverRequestProcessor' : 'FollowerRequestProcessor';
  const commit: Box = {
    x: 112,
    y: HEADER + COMMIT_TOP,
    w: Math.max(COMMIT_WIDTH_MIN, width * 0.44),
    h: COMMIT_HEIGHT,
  };
  const commitRight = commit.x + commit.w;
  const tree = treeBox(Math.max(commitRight + 90, width * 0.765), width, height);
  // The head of the memo stands right under the track that lifts it.
  const xUp = MEMO + 34;
  const stations: Station[] = [
    station(first, [observer ? 'Observer' : 'Follower', 'Request'], 57, main),
    station('FinalRequestProcessor', ['Final', 'Request'], (commitRight + tree.x - 10) / 2, main),
    station('SyncRequestProcessor', ['Sync'], 132, low, true),
  ];
  if (!observer) {
    stations.push(station('SendAckRequestProcessor', ['SendAck'], 192, low, true));
  }
  const memo: Box = { x: MEMO, y: low - 22, w: tree.x - 20 - MEMO, h: 40 };
  return {
    stations,
    commit,
    ...(observer ? {} : { memo }),
    throttler: throttlerBox(main + UNDER, 102),
    tree,
    nodes: {
      ...nodesOf(stations),
      in: { x: 8, y: main },
      lowIn: { x: 8, y: low },
      CommitProcessor: { x: xUp, y: main },
      memo: { x: xUp, y: memo.y + 12 },
      tree: { x: tree.x - 6, y: main },
    },
    tracks: [
      { from: 'in', to: first },
      { from: first, to: 'CommitProcessor' },
      { from: 'CommitProcessor', to: 'FinalRequestProcessor' },
      { from: 'FinalRequestProcessor', to: 'tree', thin: true },
      { from: 'lowIn', to: 'SyncRequestProcessor' },
      ...(observer
        ? []
        : [
            { from: 'SyncRequestProcessor', to: 'SendAckRequestProcessor' },
            { from: 'memo', to: 'CommitProcessor' },
          ]),
    ],
  };
}

export function standaloneChain(width: number, height: number): Chain {
  const main = HEADER + Math.max(MAIN, (height - HEADER) * 0.42);
  const tree = treeBox(width * 0.7, width, height);
  const share = (tree.x - 40) / 3;
  const stations: Station[] = [
    station('PrepRequestProcessor', ['Prep', 'Request'], 40 + share * 0.4, main),
    station('SyncRequestProcessor', ['Sync', 'Request'], 40 + share * 1.4, main),
    station('FinalRequestProcessor', ['Final', 'Request'], 40 + share * 2.4, main),
  ];
  return {
    stations,
    // Its first station stands farther in.
    throttler: throttlerBox(main + 12, 40 + share * 0.4 - 44),
    tree,
    nodes: { ...nodesOf(stations), in: { x: 8, y: main }, tree: { x: tree.x - 6, y: main } },
    tracks: [
      { from: 'in', to: 'PrepRequestProcessor' },
      { from: 'PrepRequestProcessor', to: 'SyncRequestProcessor' },
      { from: 'SyncRequestProcessor', to: 'FinalRequestProcessor' },
      { from: 'FinalRequestProcessor', to: 'tree', thin: true },
    ],
  };
}

/** The chain that these processors make up; undefined while there is none. */
export function chainFor(
  processors: readonly string[],
  width: number,
  height: number,
): Chain | undefined {
  const has = (name: string) => processors.includes(name);
  if (has('ProposalRequestProcessor')) return leaderChain(width, height);
  if (has('FollowerRequestProcessor')) return learnerChain(width, height);
  if (has('ObserverRequestProcessor')) return learnerChain(width, height, true);
  if (has('PrepRequestProcessor')) return standaloneChain(width, height);
  return undefined;
}

function station(
  name: string,
  label: readonly string[],
  x: number,
  y: number,
  low = false,
): Station {
  return { name, label, x, y, low };
}

function treeBox(x: number, width: number, height: number): Box {
  return { x, y: HEADER + 2, w: width - x - 10, h: height - HEADER - 8 };
}

function throttlerBox(y: number, width: number): Box {
  return { x: 8, y, w: width, h: THROTTLER_HEIGHT };
}

function nodesOf(stations: readonly Station[]): Record<string, Point> {
  return Object.fromEntries(stations.map(({ name, x, y }) => [name, { x, y }]));
}
