/** Elections among servers that have nothing but this folder: a small network and clock stand in for the rest. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawBelow } from '../../../base/random';
import type { TraceId } from '../../../base/traceId';
import { serverName, sidOf } from '../../../bridge/names';
import { DEFAULT_TIMING, type ConnId, type Effects } from '../../../bridge/process';
import type { TraceDraft } from '../../../bridge/traceEntry';
import { DEFAULT_ZOO_CONFIG } from '../../../zk/config';
import { staticQuorumVerifier } from '../../../zk/quorumVerifier';
import { makeZxid, type Sid, type Zxid } from '../../../zk/ids';
import type { ElectionPacket, Notification, ServerState as PeerState } from '../../../zk/packets';
import { createDatabase, setLastProcessedZxid } from '../../database/zkDatabase';
import type { Hands, Server, ServerState, Vote } from '../machine';
import {
  initialElection,
  onElectionTimer,
  onNotification,
  startLookForLeader,
  stepElection,
  takeElection,
  updateElectionVote,
} from './fastLeaderElection';
import {
  onElectionAccepted,
  onElectionClosed,
  onElectionConnect,
  onElectionPacket,
  onElectionRefused,
} from './quorumCnxManager';

interface Peer {
  s: Server;
  /** Every entry and effect, in order. */
  trace: (TraceDraft & { at: number })[];
  elected?: Vote;
}

interface Net {
  now: number;
  peers: Record<Sid, Peer>;
  /** Notifications and HELLOs in the order of their sending. */
  sent: { at: number; from: Sid; to: Sid; packet: ElectionPacket }[];
  opened: { at: number; from: Sid; to: Sid }[];
  /** Connections as the two ends see them. */
  ends: Record<ConnId, { a: Sid; b: Sid; open: Set<Sid> }>;
  run(untilMs: number): void;
  start(sid: Sid): void;
  crash(sid: Sid): void;
}

interface Setup {
  voters: Sid[];
  zxids?: Record<Sid, Zxid>;
  epochs?: Record<Sid, number>;
  /** Hosts that swallow every packet: connecting to them takes for ever. */
  silent?: Sid[];
  seed?: number;
}

function network(setup: Setup): Net {
  const queue: { at: number; seq: number; run: () => void }[] = [];
  let seq = 0;
  let busy: Record<Sid, boolean> = {};
  const timers: Record<string, number> = {};
  const lastArrival: Record<string, number> = {};
  const at = (time: number, run: () => void) => {
    seq += 1;
    queue.push({ at: time, seq, run });
  };
  /** Latencies differ, but one connection keeps its order. */
  const travel = (conn: ConnId, to: Sid, run: () => void) => {
    seq += 1;
    const line = `${conn}>${to}`;
    const latency = 1000 + drawBelow(setup.seed ?? 1, line, seq, 4000);
    const arrival = Math.max(net.now + latency, lastArrival[line] ?? 0);
    lastArrival[line] = arrival;
    at(arrival, run);
  };

  const net: Net = {
    now: 0,
    peers: {},
    sent: [],
    opened: [],
    ends: {},
    run(untilMs) {
      for (;;) {
        queue.sort((a, b) => a.at - b.at || a.seq - b.seq);
        const next = queue[0];
        if (next === undefined || next.at > untilMs * 1000) break;
        queue.shift();
        net.now = next.at;
        next.run();
      }
      net.now = untilMs * 1000;
    },
    start(sid) {
      net.peers[sid] = makePeer(sid);
      startLookForLeader(net.peers[sid].s);
    },
    crash(sid) {
      delete net.peers[sid];
      busy = { ...busy, [sid]: false };
      for (const name of Object.keys(timers)) if (name.startsWith(`${sid}/`)) delete timers[name];
      for (const [conn, end] of Object.entries(net.ends)) {
        if (end.a !== sid && end.b !== sid) continue;
        const other = end.a === sid ? end.b : end.a;
        travel(conn, other, () => closeEnd(conn, other));
      }
    },
  };

  function closeEnd(conn: ConnId, sid: Sid): void {
    const peer = net.peers[sid];
    if (peer !== undefined && net.ends[conn]?.open.delete(sid)) onElectionClosed(peer.s, conn);
  }

  function effectsOf(sid: Sid): Effects {
    const peer = () => net.peers[sid] as Peer;
    const note = (draft: TraceDraft) => {
      peer().trace.push({ ...draft, at: net.now });
      return 0 as TraceId;
    };
    let opened = 0;
    return {
      get now() {
        return net.now;
      },
      head: 0 as TraceId,
      send(conn, packet) {
        const end = net.ends[conn];
        if (end === undefined || !end.open.has(sid)) throw new Error('sent on a dead connection');
        const to = end.a === sid ? end.b : end.a;
        net.sent.push({ at: net.now, from: sid, to, packet: packet as ElectionPacket });
        const incarnation = net.peers[to];
        travel(conn, to, () => {
          const receiver = net.peers[to];
          if (receiver === undefined || receiver !== incarnation || !end.open.has(to)) return;
          onElectionPacket(receiver.s, conn, packet as ElectionPacket, 0 as TraceId);
        });
        return 0 as TraceId;
      },
      open(_channel, name) {
        const to = sidOf(name);
        opened += 1;
        const conn = `${sid}/${net.now}/${opened}`;
        net.ends[conn] = { a: sid, b: to, open: new Set([sid]) };
        net.opened.push({ at: net.now, from: sid, to });
        if (setup.silent?.includes(to)) return conn;
        const opener = peer();
        travel(conn, to, () => {
          const target = net.peers[to];
          if (target !== undefined) {
            net.ends[conn]?.open.add(to);
            onElectionConnect(target.s, conn, sid);
          } else {
            travel(conn, sid, () => {
              if (net.peers[sid] === opener) onElectionRefused(opener.s, conn);
            });
          }
        });
        return conn;
      },
      accept(conn) {
        const end = net.ends[conn];
        if (end === undefined) throw new Error('accepted an unknown connection');
        travel(conn, end.a, () => {
          const opener = net.peers[end.a];
          if (opener !== undefined && end.open.has(end.a)) onElectionAccepted(opener.s, conn);
        });
      },
      refuse() {
        throw new Error('the election port refuses nobody');
      },
      close(conn) {
        const end = net.ends[conn];
        end?.open.delete(sid);
        const other = end?.a === sid ? end.b : (end?.a ?? sid);
        travel(conn, other, () => closeEnd(conn, other));
      },
      later() {
        throw new Error('not used here');
      },
      setTimer(name, delay) {
        const key = `${sid}/${name}`;
        seq += 1;
        const token = seq;
        timers[key] = token;
        at(net.now + delay, () => {
          if (timers[key] === token) onElectionTimer(peer().s, name);
        });
      },
      clearTimer(name) {
        delete timers[`${sid}/${name}`];
      },
      random: () => 0,
      trace: note,
      traceRequest: (type, request, zxid, thread, queue, name) =>
        note({ type, request, zxid, thread, queue, name }),
      describe: () => undefined,
      describeWork: () => undefined,
      disk: () => undefined,
      touch: () => undefined,
      exit: () => undefined,
    };
  }

  function makePeer(sid: Sid): Peer {
    const db = createDatabase(500);
    setLastProcessedZxid(db, setup.zxids?.[sid] ?? (0 as Zxid));
    const epoch = setup.epochs?.[sid] ?? 0;
    const state = {
      spec: { config: DEFAULT_ZOO_CONFIG, timing: DEFAULT_TIMING, voters: setup.voters },
      sid,
      quorumVerifier: staticQuorumVerifier(setup.voters),
      lastSeenQuorumVerifier: staticQuorumVerifier(setup.voters),
      db,
      peerState: 'LOOKING',
      acceptedEpoch: epoch,
      currentEpoch: epoch,
      election: initialElection(),
      electionPeers: {},
      electionConns: {},
      threads: {},
    } as unknown as ServerState;
    const kick = (s: Server) => {
      if (busy[sid]) return;
      const micros = takeElection(s);
      if (micros === undefined) return;
      busy[sid] = true;
      const worker = net.peers[sid];
      at(net.now + micros, () => {
        if (net.peers[sid] !== worker) return;
        busy[sid] = false;
        stepElection(s);
        kick(s);
      });
    };
    const hand = {
      kick,
      enterRole(_s: Server, vote: Vote) {
        (net.peers[sid] as Peer).elected = vote;
      },
    } as unknown as Hands;
    return { s: { state, fx: effectsOf(sid), hand }, trace: [] };
  }

  return net;
}

function peerOf(net: Net, sid: Sid): Peer {
  return net.peers[sid] as Peer;
}

function counts(net: Net, sid: Sid): (string | undefined)[] {
  return peerOf(net, sid)
    .trace.filter((entry) => entry.type === 'countVote')
    .map((entry) => `${entry.peer} ${entry.name}`);
}

function notification(
  state: PeerState,
  leader: Sid,
  electionEpoch: number,
  more: { zxid?: Zxid; peerEpoch?: number } = {},
): Notification {
  const { zxid = 0 as Zxid, peerEpoch = 0 } = more;
  return { kind: 'NOTIFICATION', state, leader, zxid, electionEpoch, peerEpoch };
}

function hear(net: Net, sid: Sid, from: Sid, n: Notification): void {
  onNotification(peerOf(net, sid).s, from, n, 0 as TraceId);
}

function openConnections(net: Net): string[] {
  return Object.values(net.ends)
    .filter((end) => end.open.size === 2)
    .map((end) => `${end.a}>${end.b}`)
    .sort();
}

/** A server alone among dead ones, its election begun. */
function lone(setup: Partial<Setup> = {}, sid: Sid = 1): Net {
  const net = network({ voters: [1, 2, 3], ...setup });
  net.start(sid);
  return net;
}

describe('an election', () => {
  it('is won by the best (peerEpoch, zxid, sid) of those who take part', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(3, 5, 7, 9),
        fc.array(fc.tuple(fc.integer({ min: 0, max: 2 }), fc.integer({ min: 0, max: 2 })), {
          minLength: 9,
          maxLength: 9,
        }),
        fc.integer(),
        (size, histories, seed) => {
          const voters = Array.from({ length: size }, (_, i) => i + 1);
          const epochs: Record<Sid, number> = {};
          const zxids: Record<Sid, Zxid> = {};
          for (const sid of voters) {
            const [epoch, counter] = histories[sid - 1] as [number, number];
            epochs[sid] = epoch;
            zxids[sid] = makeZxid(0, counter);
          }
          const net = network({ voters, epochs, zxids, seed });
          for (const sid of voters) net.start(sid);
          net.run(2000);
          const rank = (sid: Sid) =>
            (epochs[sid] as number) * 1000 + (zxids[sid] as number) * 100 + sid;
          const best = voters.reduce((a, b) => (rank(b) > rank(a) ? b : a));
          for (const sid of voters) {
            const { elected, s } = peerOf(net, sid);
            expect(elected?.leader).toBe(best);
            expect(s.state.peerState).toBe(sid === best ? 'LEADING' : 'FOLLOWING');
            expect(s.state.currentVote).toEqual(elected);
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  it('needs a quorum, and 200 ms of silence after it', () => {
    const net = network({ voters: [1, 2, 3] });
    net.start(1);
    net.run(10_000);
    expect(peerOf(net, 1).elected).toBeUndefined();
    net.start(2);
    net.run(60_000);
    expect(peerOf(net, 1).elected?.leader).toBe(2);
    const { trace } = peerOf(net, 2);
    const entry = trace.find((e) => e.type === 'elected');
    const last = trace.filter((e) => e.type === 'countVote').at(-1);
    expect(entry).toMatchObject({ sid: 2, name: 'LEADING', zxid: 0, epoch: 0 });
    expect((entry?.at ?? 0) - (last?.at ?? 0)).toBe(200_000);
  });

  it('takes in a server that comes later, without a new one', () => {
    const net = network({ voters: [1, 2, 3] });
    net.start(1);
    net.start(2);
    net.run(2000);
    expect(peerOf(net, 2).s.state.peerState).toBe('LEADING');
    net.start(3);
    net.run(4000);
    expect(peerOf(net, 3).elected?.leader).toBe(2);
    expect(peerOf(net, 3).s.state.peerState).toBe('FOLLOWING');
    expect(peerOf(net, 2).s.state.peerState).toBe('LEADING');
  });

  it('ends again after the leader died, in a higher round', () => {
    const net = network({ voters: [1, 2, 3] });
    for (const sid of [1, 2, 3]) net.start(sid);
    net.run(2000);
    expect(peerOf(net, 1).elected?.leader).toBe(3);
    const before = peerOf(net, 1).s.state.election.logicalclock;
    net.crash(3);
    net.run(2100);
    for (const sid of [1, 2]) {
      peerOf(net, sid).s.state.peerState = 'LOOKING';
      startLookForLeader(peerOf(net, sid).s);
    }
    net.run(20_000);
    expect(peerOf(net, 1).elected?.leader).toBe(2);
    expect(peerOf(net, 2).elected?.leader).toBe(2);
    expect(peerOf(net, 1).s.state.election.logicalclock).toBeGreaterThan(before);
  });
});

describe('lookForLeader', () => {
  it('begins a round with its own vote', () => {
    const net = lone({ zxids: { 1: makeZxid(1, 4) }, epochs: { 1: 1 } });
    const { s, trace } = peerOf(net, 1);
    expect(trace[0]).toMatchObject({
      type: 'vote',
      name: 'own',
      sid: 1,
      zxid: makeZxid(1, 4),
      epoch: 1,
      detail: { round: 1 },
    });
    expect(s.state.election.logicalclock).toBe(1);
    net.run(1);
    expect(s.state.election.recvset[1]).toMatchObject({ leader: 1, state: 'LOOKING' });
  });

  it('adopts a higher round, forgets the votes of the old one and keeps the better of two votes', () => {
    const net = lone({ zxids: { 1: 5 as Zxid } });
    net.run(1);
    const { s, trace } = peerOf(net, 1);
    // Worse than the own vote: the own vote goes into the new round.
    hear(net, 1, 2, notification('LOOKING', 2, 7, { zxid: 4 as Zxid }));
    net.run(2);
    expect(s.state.election.logicalclock).toBe(7);
    expect(s.state.election.proposal).toMatchObject({ leader: 1, electionEpoch: 7 });
    expect(trace.at(-1)).toMatchObject({ type: 'countVote', peer: serverName(1), name: 'counted' });
    expect(s.state.election.because).toBe('higherRound');
    expect(Object.keys(s.state.election.recvset)).toEqual(['1', '2']);
    // Better: it is taken over.
    hear(net, 1, 3, notification('LOOKING', 3, 9, { zxid: 6 as Zxid }));
    net.run(3);
    expect(s.state.election.proposal).toMatchObject({ leader: 3, zxid: 6, electionEpoch: 9 });
    expect(s.state.election.recvset[2]).toBeUndefined();
  });

  it('ignores a lower round and answers it with its proposal', () => {
    const net = lone();
    hear(net, 1, 2, notification('LOOKING', 2, 5));
    net.run(1);
    const queued = () => peerOf(net, 1).s.state.electionPeers[3]?.queued;
    hear(net, 1, 3, notification('LOOKING', 3, 4));
    expect(queued()).toMatchObject({ state: 'LOOKING', leader: 2, electionEpoch: 5 });
    net.run(2);
    expect(counts(net, 1)).toContain('3 ignoredRound');
    expect(peerOf(net, 1).s.state.election.proposal?.leader).toBe(2);
  });

  it('ignores votes of and for servers that are no voters', () => {
    const net = lone();
    hear(net, 1, 7, notification('LOOKING', 3, 1));
    hear(net, 1, 3, notification('LOOKING', 7, 1));
    net.run(2);
    expect(counts(net, 1)).toEqual(['1 counted', '7 ignoredNotVoter', '3 ignoredNotVoter']);
    expect(peerOf(net, 1).s.state.election.proposal?.leader).toBe(1);
  });

  it('discards what is no better while it waits for a better vote, and waits anew', () => {
    const net = lone({}, 3);
    hear(net, 3, 2, notification('LOOKING', 3, 1));
    net.run(100);
    const { s, trace } = peerOf(net, 3);
    expect(s.state.election.finalizing).toBe(true);
    hear(net, 3, 1, notification('LOOKING', 3, 1));
    net.run(250);
    expect(counts(net, 3).at(-1)).toBe('1 discarded');
    expect(s.state.election.recvset[1]).toBeUndefined();
    expect(peerOf(net, 3).elected).toBeUndefined();
    net.run(400);
    const at = trace.find((entry) => entry.type === 'elected')?.at;
    expect(at).toBe(100_000 + DEFAULT_TIMING.processor + 200_000);
  });

  it('starts counting again when a better vote comes while it waits', () => {
    const net = lone({}, 2);
    hear(net, 2, 1, notification('LOOKING', 2, 1));
    net.run(100);
    const { s } = peerOf(net, 2);
    expect(s.state.election.finalizing).toBe(true);
    hear(net, 2, 3, notification('LOOKING', 3, 1));
    net.run(101);
    expect(s.state.election.finalizing).toBe(true);
    expect(s.state.election.proposal).toMatchObject({ leader: 3 });
    expect(s.state.election.because).toBe('higherSid');
    expect(Object.keys(s.state.election.recvset)).toEqual(['1', '2', '3']);
    net.run(500);
    expect(peerOf(net, 2).elected?.leader).toBe(3);
    expect(s.state.election.because).toBe('final');
  });

  it("joins an established ensemble only with the leader's own word", () => {
    const net = lone({}, 3);
    const settled = { zxid: makeZxid(1, 0), peerEpoch: 1 };
    hear(net, 3, 1, notification('FOLLOWING', 2, 5, settled));
    net.run(5);
    expect(counts(net, 3).at(-1)).toBe('1 outOfElection');
    expect(peerOf(net, 3).elected).toBeUndefined();
    // A second voice makes a quorum of two, but it is not the leader's.
    hear(net, 3, 2, notification('FOLLOWING', 2, 5, settled));
    net.run(10);
    expect(peerOf(net, 3).elected).toBeUndefined();
    hear(net, 3, 2, notification('LEADING', 2, 5, { ...settled, zxid: 0 as Zxid }));
    net.run(15);
    expect(peerOf(net, 3).elected).toEqual({
      leader: 2,
      zxid: 0,
      electionEpoch: 5,
      peerEpoch: 1,
    });
    expect(peerOf(net, 3).s.state.election.logicalclock).toBe(5);
  });

  it('does not wait for silence when the votes of its round come from a settled quorum', () => {
    const net = lone({}, 3);
    net.run(1);
    hear(net, 3, 1, notification('FOLLOWING', 2, 1));
    hear(net, 3, 2, notification('LEADING', 2, 1));
    net.run(2);
    expect(counts(net, 3)).toEqual(['3 counted', '1 counted', '2 counted']);
    expect(peerOf(net, 3).elected?.leader).toBe(2);
  });

  it('repeats its votes after 200, 400, 800 ms... up to a minute', () => {
    const net = lone();
    const resent = () =>
      peerOf(net, 1)
        .trace.filter((entry) => entry.type === 'countVote' && entry.peer === serverName(1))
        .map((entry) => Math.round(entry.at / 1000));
    // A peer that once took its message counts as delivered: then the votes go out again.
    peerOf(net, 1).s.state.electionPeers[2] = {};
    peerOf(net, 1).s.state.electionPeers[3] = { queued: notification('LOOKING', 1, 1) };
    net.run(199);
    expect(resent()).toEqual([0]);
    peerOf(net, 1).s.state.electionPeers[2] = {};
    net.run(201);
    expect(resent()).toEqual([0, 200]);
    peerOf(net, 1).s.state.electionPeers[2] = {};
    net.run(601);
    expect(resent()).toEqual([0, 200, 601]);
    for (let ms = 602; ms < 300_000; ms += 200) net.run(ms);
    expect(peerOf(net, 1).s.state.election.notTimeoutMs).toBe(60_000);
  });

  it('connects again instead of repeating while nothing gets out', () => {
    const net = lone();
    net.run(3001);
    expect(counts(net, 1)).toEqual(['1 counted']);
    const times = net.opened
      .filter((open) => open.to === 2)
      .map((open) => Math.round(open.at / 1000));
    expect(times).toEqual([0, 200, 600, 1400, 3000]);
  });
});

describe('WorkerReceiver of a server that follows or leads', () => {
  it('answers one who is LOOKING with its final vote, and nobody else', () => {
    const net = network({ voters: [1, 2, 3] });
    net.start(1);
    net.start(2);
    net.run(2000);
    const { s } = peerOf(net, 1);
    const queued = () => s.state.electionPeers[3]?.queued;
    updateElectionVote(s, 4);
    hear(net, 1, 3, notification('FOLLOWING', 2, 1));
    const before = queued();
    expect(before?.state).toBe('LOOKING');
    hear(net, 1, 3, notification('LOOKING', 3, 9));
    expect(queued()).toEqual({
      kind: 'NOTIFICATION',
      state: 'FOLLOWING',
      leader: 2,
      zxid: 0,
      electionEpoch: 1,
      peerEpoch: 4,
    });
    expect(s.state.election.recvqueue).toEqual([]);
  });
});

describe('the connections of an election', () => {
  it('are in the end those that the larger sids opened, one per pair', () => {
    for (let seed = 1; seed <= 30; seed += 1) {
      const voters = [1, 2, 3, 4, 5];
      const net = network({ voters, seed });
      for (const sid of voters) net.start(sid);
      net.run(5000);
      expect(openConnections(net)).toEqual([
        '2>1',
        '3>1',
        '3>2',
        '4>1',
        '4>2',
        '4>3',
        '5>1',
        '5>2',
        '5>3',
        '5>4',
      ]);
      for (const sid of voters) {
        const { electionConns, electionPeers } = peerOf(net, sid).s.state;
        expect(Object.keys(electionConns).length).toBe(4);
        for (const [conn, other] of Object.entries(electionConns)) {
          expect(electionPeers[other]?.conn).toBe(conn);
          expect(electionPeers[other]?.opening).toBeUndefined();
        }
      }
    }
  });

  it('come back when the smaller one calls: the larger one hangs up and calls itself', () => {
    const net = network({ voters: [1, 2, 3] });
    net.start(3);
    net.run(100);
    net.opened.length = 0;
    net.start(1);
    net.run(150);
    expect(net.opened.slice(0, 3)).toMatchObject([
      { from: 1, to: 2 },
      { from: 1, to: 3 },
      { from: 3, to: 1 },
    ]);
    expect(openConnections(net)).toEqual(['3>1']);
  });

  it('carry only the HELLO when the smaller one opened them', () => {
    const net = network({ voters: [1, 2] });
    net.start(1);
    const { s } = peerOf(net, 1);
    const [conn] = Object.keys(s.state.electionConns) as [ConnId];
    onElectionAccepted(s, conn);
    expect(net.sent).toEqual([{ at: 0, from: 1, to: 2, packet: { kind: 'HELLO', sid: 1 } }]);
    expect(net.ends[conn]?.open.has(1)).toBe(false);
    expect(s.state.electionConns).toEqual({});
    expect(s.state.electionPeers[2]).toMatchObject({ queued: { leader: 1 } });
    expect(s.state.electionPeers[2]?.conn).toBeUndefined();
  });

  it('are closed by the larger one when the smaller one calls again, or calls twice at once', () => {
    const net = network({ voters: [1, 2] });
    net.start(1);
    net.start(2);
    net.run(2000);
    const { s } = peerOf(net, 2);
    const old = s.state.electionPeers[1]?.conn as ConnId;
    net.opened.length = 0;
    const again = peerOf(net, 1).s.fx.open('election', serverName(2));
    net.run(2010);
    peerOf(net, 1).s.fx.send(again, { kind: 'HELLO', sid: 1 });
    net.run(2050);
    expect(net.ends[old]?.open.size).toBe(0);
    expect(net.opened).toMatchObject([
      { from: 1, to: 2 },
      { from: 2, to: 1 },
    ]);
    expect(openConnections(net)).toEqual(['2>1']);
    expect(Object.keys(s.state.electionConns)).toEqual([s.state.electionPeers[1]?.conn]);
  });

  it('replace an older one of the same larger sid', () => {
    const net = network({ voters: [1, 2] });
    net.start(1);
    net.start(2);
    net.run(2000);
    const { s } = peerOf(net, 1);
    const old = s.state.electionPeers[2]?.conn as ConnId;
    const next = peerOf(net, 2).s.fx.open('election', serverName(1));
    net.run(2010);
    peerOf(net, 2).s.fx.send(next, { kind: 'HELLO', sid: 2 });
    net.run(2050);
    expect(s.state.electionPeers[2]?.conn).toBe(next);
    expect(s.state.electionConns).toEqual({ [next]: 2 });
    expect(net.ends[old]?.open.size).toBe(0);
  });

  it('keep one message per peer, the newest', () => {
    const net = lone();
    net.run(1);
    hear(net, 1, 2, notification('LOOKING', 2, 1));
    net.run(2);
    expect(peerOf(net, 1).s.state.electionPeers[3]?.queued).toMatchObject({ leader: 2 });
    expect(net.sent).toEqual([]);
  });

  it('repeat the last message when one starts with nothing to send', () => {
    const net = network({ voters: [1, 2, 3] });
    net.start(1);
    net.start(2);
    net.run(2000);
    expect(peerOf(net, 1).elected?.leader).toBe(2);
    const last = peerOf(net, 2).s.state.electionPeers[1]?.lastMessageSent;
    net.crash(1);
    net.run(2100);
    expect(peerOf(net, 2).s.state.electionPeers[1]?.conn).toBeUndefined();
    net.sent.length = 0;
    net.start(1);
    net.run(2130);
    const first = net.sent.find(({ from, packet }) => from === 2 && packet.kind === 'NOTIFICATION');
    expect(first?.packet).toEqual(last);
  });

  it('count an attempt without answer as failed after cnxTimeout', () => {
    const net = lone({ silent: [2, 3] });
    net.run(20_000);
    const times = net.opened
      .filter((open) => open.to === 2)
      .map((open) => Math.round(open.at / 1000));
    // Timeouts at 200, 600, 1400, 3000, 6200, 12600: the attempt of 0 is given up at 6200.
    expect(times).toEqual([0, 6200, 12600]);
    const { electionConns } = peerOf(net, 1).s.state;
    expect(Object.keys(electionConns).length).toBe(2);
  });
});
