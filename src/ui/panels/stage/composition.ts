/** How a frame is composed: who takes the upper place, and whether anybody is led. */
import type { Frame } from '../../../bridge/frame';
import type { Sid } from '../../../zk/ids';
import { sectionOf, serverOf, serversOf } from '../../parts/sections';

export interface Composition {
  composition: 'line' | 'ring' | 'apart';
  top: Sid;
  /** `apart`: the ensembles that stand side by side, each with the one that takes its upper place. */
  groups?: readonly ServerGroup[];
}

export interface ServerGroup {
  /** Ascending. */
  servers: readonly Sid[];
  top: Sid;
}

/**
 * The leader is the one that leads in the newest epoch; else the one that most
 * still follow although it is gone; else nobody, and `before` keeps the upper
 * place so that an election moves nothing. Undefined without servers.
 */
export function composeFrame(frame: Frame, before: Sid | undefined): Composition | undefined {
  const servers = serversOf(frame);
  const last = servers.at(-1);
  if (last === undefined) return undefined;
  if (servers.length === 1) return { composition: 'line', top: last };
  const ensembles = ensemblesOf(frame, servers);
  if (ensembles.length > 1) {
    const groups = ensembles.map((sids) => ({
      servers: sids,
      top: leaderOf(frame, sids) ?? (sids.at(-1) as Sid),
    }));
    return { composition: 'apart', top: groups[0]?.top ?? last, groups };
  }
  const leader = leaderOf(frame, servers);
  if (leader !== undefined && servers.includes(leader)) return { composition: 'line', top: leader };
  const top = before !== undefined && servers.includes(before) ? before : last;
  return { composition: 'ring', top };
}

/**
 * Servers that are voters of one another, directly or over others; by their smallest sids. One that has not said
 * who its voters are, and that nobody counts among its own, belongs with others like it.
 */
export function ensemblesOf(frame: Frame, servers: readonly Sid[]): Sid[][] {
  let groups: Sid[][] = [];
  const join = (sids: readonly Sid[]) => {
    const touched = groups.filter((group) => group.some((sid) => sids.includes(sid)));
    const joined = new Set([...sids, ...touched.flat()].filter((sid) => servers.includes(sid)));
    groups = [...groups.filter((group) => !touched.includes(group)), [...joined]];
  };
  for (const sid of servers) {
    const voters = sectionOf(serverOf(frame, sid), 'role', 'role')?.voters ?? [];
    if (voters.length > 0) join([sid, ...voters]);
  }
  const strangers = servers.filter((sid) => !groups.some((group) => group.includes(sid)));
  if (strangers.length > 0) join(strangers);
  return groups
    .map((group) => group.sort((a, b) => a - b))
    .sort((one, other) => (one[0] ?? 0) - (other[0] ?? 0));
}

function leaderOf(frame: Frame, servers: readonly Sid[]): Sid | undefined {
  let leader: Sid | undefined;
  let epoch = -1;
  const followers: Record<Sid, number> = {};
  for (const sid of servers) {
    const process = serverOf(frame, sid);
    const role = sectionOf(process, 'role', 'role');
    if (role === undefined || process?.status === 'down') continue;
    if (role.serverState === 'LEADING' && role.acceptedEpoch > epoch) {
      leader = sid;
      epoch = role.acceptedEpoch;
    }
    if (role.serverState === 'FOLLOWING' && role.leader !== undefined) {
      followers[role.leader] = (followers[role.leader] ?? 0) + 1;
    }
  }
  if (leader !== undefined) return leader;
  const most = Object.entries(followers).sort((a, b) => b[1] - a[1])[0];
  return most === undefined ? undefined : Number(most[0]);
}

/** Voters whose ACK is on its way, by the server that it goes to and its zxid. */
export function flyingAcks(frame: Frame): Record<string, Record<number, Sid[]>> {
  const all: Record<string, Record<number, Sid[]>> = {};
  for (const { kind, from, to, zxid } of frame.messages) {
    if (kind !== 'ACK' || zxid === undefined) continue;
    all[to] ??= {};
    const acks = all[to];
    acks[zxid] = [...(acks[zxid] ?? []), Number(from)];
  }
  return all;
}
