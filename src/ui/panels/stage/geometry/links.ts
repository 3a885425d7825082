/** The lines between servers: two lanes where a leader and a learner talk, one line elsewhere. */
import type { Sid } from '../../../../zk/ids';
import { beside, centre, edgeTowards, pointAt, rounded, verticalCurve } from './shapes';
import type { Box, Point, Polyline } from './shapes';
import type { StageLayout } from './stageLayout';

export interface LinkPlace {
  /** Smaller sid. */
  a: Sid;
  b: Sid;
  /** `none`: not drawn while nothing is wrong on it. */
  look: 'lanes' | 'line' | 'dotted' | 'none';
  /** From `a` to `b`, in the middle. */
  line: Polyline;
  /** What `a` sends travels here. */
  forth: Polyline;
  /** What `b` sends, from `b` on. */
  back: Polyline;
  /** Where its controls and its label stand. */
  label: Point;
}

const LANE_OFFSET = 5;

export function linkPlaces(
  layout: StageLayout,
  servers: readonly Sid[],
  composition: 'line' | 'ring' | 'apart',
  top: Sid,
  groups: readonly { servers: readonly Sid[] }[] = [],
): LinkPlace[] {
  const learners = servers.filter((sid) => sid !== top);
  const links: LinkPlace[] = [];
  servers.forEach((a, i) => {
    for (const b of servers.slice(i + 1)) {
      const from = layout.cards[a];
      const to = layout.cards[b];
      if (from === undefined || to === undefined) continue;
      // Servers of different ensembles know nothing of each other.
      const group = groups.find(({ servers: own }) => own.includes(a));
      if (group !== undefined && !group.servers.includes(b)) continue;
      if (composition !== 'line') {
        links.push(lanes(a, b, 'line', straight(from, to), 0.36));
      } else if (a === top || b === top) {
        const index = learners.indexOf(a === top ? b : a);
        const down = fall(
          layout.cards[top] as Box,
          layout.cards[learners[index] as Sid] as Box,
          index,
          learners.length,
        );
        links.push(lanes(a, b, 'lanes', a === top ? down : [...down].reverse(), 0.5));
      } else {
        const isNext = Math.abs(learners.indexOf(a) - learners.indexOf(b)) === 1;
        links.push(lanes(a, b, isNext ? 'dotted' : 'none', overHeads(from, to, isNext), 0.12));
      }
    }
  });
  return links;
}

/** The lane from a server to another, in the direction of travel. */
export function laneOf(links: readonly LinkPlace[], from: Sid, to: Sid): Polyline | undefined {
  const link = links.find(({ a, b }) => (a === from && b === to) || (a === to && b === from));
  if (link === undefined) return undefined;
  return link.a === from ? link.forth : link.back;
}

function lanes(
  a: Sid,
  b: Sid,
  look: LinkPlace['look'],
  line: Polyline,
  labelAt: number,
): LinkPlace {
  const offset = look === 'lanes' ? LANE_OFFSET : 0;
  return {
    a,
    b,
    look,
    line,
    forth: beside(line, -offset),
    back: beside([...line].reverse(), -offset),
    label: pointAt(line, labelAt),
  };
}

/** From the leader's lower edge to the learner's upper edge. */
function fall(leader: Box, learner: Box, index: number, count: number): Polyline {
  const share = count === 2 ? [0.22, 0.78][index] : 0.1 + (0.8 * (index + 0.5)) / count;
  const from = { x: leader.x + leader.w * (share ?? 0.5), y: leader.y + leader.h };
  return verticalCurve(from, { x: learner.x + learner.w / 2, y: learner.y });
}

function straight(from: Box, to: Box): Polyline {
  return [edgeTowards(from, centre(to)), edgeTowards(to, centre(from))];
}

/** From learner to learner through the gap above them, where their messages cover no card. */
function overHeads(from: Box, to: Box, isNext: boolean): Polyline {
  const [left, right] = from.x <= to.x ? [from, to] : [to, from];
  const y = Math.min(left.y, right.y) - (isNext ? 22 : 30);
  const [leaves, enters] = isNext ? [0.78, 0.22] : [0.66, 0.34];
  const x0 = left.x + left.w * leaves;
  const x1 = right.x + right.w * enters;
  const line = rounded(
    [
      { x: x0, y: left.y },
      { x: x0, y },
      { x: x1, y },
      { x: x1, y: right.y },
    ],
    14,
  );
  return from.x <= to.x ? line : [...line].reverse();
}
