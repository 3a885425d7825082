import { describe, expect, test } from 'vitest';
import type { TraceId } from '../../../base/traceId';
import { isCommandError, parseCommand } from '../../../bridge/commandText';
import { clientName, serverName } from '../../../bridge/names';
import type { TraceEntry } from '../../../bridge/traceEntry';
import { createRun, frameOf, order, type Run, stepEvent } from '../../../engine/world/inProcess';
import { makeZxid, type SessionId } from '../../../zk/ids';
import { CAPTIONS } from '../../i18n/en/captions';
import type { ZooConfig } from '../../../zk/config';
import { ENGLISH } from '../../i18n/english';
import { configOf } from '../../store/ensembles';
import type { Surroundings } from './captionTypes';
import { captionOf, type REQUEST_MARK, surroundingsOf, UNKNOWN, wordsOf } from './caption';

/** As i18next puts values in; throws where a value is missing. */
function t(key: string, values: Record<string, string | number>): string {
  const text = ENGLISH[key] ?? ENGLISH[`${key}_${values['count'] === 1 ? 'one' : 'other'}`];
  if (text === undefined) throw new Error(`no text: ${key}`);
  return text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`${key} lacks ${name}`);
    return String(value);
  });
}

const MARK: typeof REQUEST_MARK = '\u0001';

interface Said {
  key: string;
  text: string;
  entries: readonly TraceEntry[];
}

/** The sentence of each event, as the page would say it. */
function say(run: Run, entries: readonly TraceEntry[]): Said {
  return sayAmong(surroundingsOf(frameOf(run)), entries);
}

function sayAmong(around: Surroundings, entries: readonly TraceEntry[]): Said {
  const caption = captionOf(entries, around);
  if (caption === undefined) throw new Error('an event without entries');
  const text = wordsOf(caption, (key, values) => {
    heard.add(key);
    return t(key, values);
  });
  // A sentence with a chip has the request to draw.
  if (text.includes(MARK) && caption.request === undefined) {
    throw new Error(`no request: ${caption.key} ${JSON.stringify(entries)}`);
  }
  return { key: caption.key, text: text.replace(MARK, '[request]'), entries };
}

/** Every sentence that a run or the table below led to. */
const heard = new Set<string>();

function play(run: Run, events: number): Said[] {
  const said: Said[] = [];
  for (let i = 0; i < events; i += 1) {
    const entries = stepEvent(run);
    if (entries.length === 0) return said;
    said.push(say(run, entries));
  }
  return said;
}

function give(run: Run, text: string): void {
  const command = parseCommand(text);
  if (isCommandError(command)) throw new Error(`${text}: ${command.message}`);
  expect(order(run, command), text).toBeUndefined();
}

function newRun(servers: number, seed: number, said: Said[], more: Partial<ZooConfig> = {}): Run {
  const config = configOf({ servers, seed });
  const zoo = { ...config.config, containerCheckIntervalMs: 3000, ...more };
  const run = createRun(
    { ...config, config: zoo },
    {
      project: true,
      onTrace(entries) {
        for (const entry of entries) {
          if (entry.type === 'command' && entry.head !== true) said.push(say(run, [entry]));
        }
      },
    },
  );
  return run;
}

/** Everything that a user can do in this release, and its consequences. */
const SCRIPT: readonly (readonly [order: string, events: number])[] = [
  ['zk a create /a hello', 80],
  ['zk a create /a again', 60],
  ['zk b create -e /e x; get /a; get /a; get /a; delete /e; ls /; get /none', 160],
  ['zk a sync /a', 60],
  ['freeze 2 SyncRequestProcessor', 2],
  ['zk b set /a more', 60],
  ['step 2 SyncRequestProcessor', 20],
  ['thaw 2 SyncRequestProcessor', 60],
  ['freeze 1 QuorumPeer', 2],
  ['zk b create /f 1', 60],
  ['thaw 1 QuorumPeer', 40],
  ['disk 1 slow 20', 2],
  ['set 1 processor 1', 2],
  ['zk a stat /a', 60],
  ['disk 1 ok', 2],
  ['latency 1 3 5', 0],
  ['hold 3 1 quorum only COMMIT', 0],
  ['zk b create /h 1', 80],
  ['release 3 1 quorum', 40],
  ['pause 2', 30],
  ['resume 2', 60],
  ['client c 9', 40],
  ['client d 1,2', 120],
  ['zk d close', 80],
  ['cut client a 2 client', 400],
  ['heal client a 2', 300],
  ["zk a txn 'create /m1 x' 'set /nope 3'; txn 'create /m2' 'create /m3'", 200],
  ['zk a addauth digest bob:pw; create /s x auth::cdrwa; whoami', 150],
  ['zk b get /s; setAcl /s world:anyone:r; getAcl /s', 200],
  ['zk b get -w /a; ls -w /; stat -w /later; addWatch /w; addWatch -m PERSISTENT /p', 120],
  ['zk a set /a 2; create /later; create /w; create /w/x; create /p', 300],
  ['zk b removewatches /w; get -w /a; get -w /m2; ls -w /', 80],
  ['reset client b 3 client', 2],
  ['zk a set /a 3; create /while-away', 400],
  ['zk b get -w /a', 60],
  ['zk a set /a 4', 200],
  ['zk a create -c /c; create /c/x; delete /c/x', 400],
  ['zk a setquota -n 1 /m2; listquota /m2; getEphemerals /; getAllChildrenNumber /', 300],
  ['4lw srvr 1 a', 60],
  ['4lw xxxx 2 a', 60],
  ['client e 1,2', 200],
  ['zk e addauth nope x', 100],
  ['crash 3', 700],
  ['restart 3', 300],
  ['disk 3 fail-fsync', 2],
  ['zk b create /g 1', 300],
  ['cut 1 2', 600],
  ['heal', 600],
  ['partition 1 | 2,3', 700],
  ['heal', 600],
  ['reset 1 3 election', 40],
  ['crash 1', 60],
  ['wipe 1', 0],
  ['restart 1', 300],
  ['cut 1 3 oneway', 30],
  ['heal', 100],
];

describe('a run of three servers, with all that a user can do to it', () => {
  const said: Said[] = [];
  const run = newRun(3, 7, said);
  said.push(...play(run, 260));
  for (const [text, events] of SCRIPT) {
    give(run, text);
    said.push(...play(run, events));
  }

  test('has a sentence of its own for every event', () => {
    const unknown = said.filter(({ key }) => key === UNKNOWN);
    expect([...new Set(unknown.map(({ text }) => text))]).toEqual([]);
    expect(said.length).toBeGreaterThan(5000);
  });

  test('tells a write by its stages', () => {
    const create = said.filter(({ entries }) =>
      entries.some((e) => e.request?.path === '/a' && e.request.cxid === 1 && !e.idle),
    );
    const keys = create.map(({ key }) => key);
    for (const key of [
      'caption.order.typedAndSends',
      'caption.request.received',
      'caption.throttler.follower',
      'caption.follower.write',
      'caption.forwarded',
      'caption.prep.write',
      'caption.prep.proposes',
      'caption.proposal.logged',
      'caption.sync.append',
      'caption.ack.commits',
      'caption.commitPacket.queued',
      'caption.apply.replies',
      'caption.reply.ok',
    ]) {
      expect(keys).toContain(key);
    }
    expect(keys.indexOf('caption.prep.proposes')).toBeLessThan(keys.indexOf('caption.ack.commits'));
  });

  test('says all its sentences in a length that fits the page', () => {
    expect(said.filter(({ text }) => text.length > 130).map(({ text }) => text)).toEqual([]);
  });

  test('tells of watches, identities, multis and containers', () => {
    const keys = new Set(said.map(({ key }) => key));
    for (const key of [
      'caption.event',
      'caption.auth.ok',
      'caption.auth.failed',
      'caption.reply.auth',
      'caption.reply.authFailed',
      'caption.apply.multiFailed',
      'caption.apply.multiFailedAndReplies',
      'caption.apply.multiReplies',
      'caption.apply.tells',
      'caption.worker.readAndWatch',
      'caption.worker.addWatch.persistentRecursive',
      'caption.worker.addWatch.persistent',
      'caption.worker.removeWatch',
      'caption.worker.setWatchesTells',
      'caption.connectedAndRestores',
      'caption.timer.container',
      'caption.apply.container',
      'caption.fourLetter.answered',
      'caption.fourLetter.refused',
      'caption.fourLetter.text',
    ]) {
      expect(keys).toContain(key);
    }
  });

  test('tells an election by its reasons', () => {
    const keys = new Set(said.map(({ key }) => key));
    for (const key of [
      'caption.election.changes.higherSid',
      'caption.election.changes.higherRound',
      'caption.election.count.counted',
      'caption.elected.leading',
      'caption.elected.following',
      'caption.lookingBecause',
      'caption.order.crash',
      'caption.order.cut',
      'caption.order.partition',
    ]) {
      expect(keys).toContain(key);
    }
  });
});

describe.each([1, 3, 5])('%i servers and other seeds', (servers) => {
  test.each([1, 2])('seed %i has no event without a sentence', (seed) => {
    const said: Said[] = [];
    const run = newRun(servers, seed, said);
    said.push(...play(run, 700));
    give(run, 'zk a create /a hello; get /a; set /a b; delete /a');
    said.push(...play(run, 400));
    give(run, `crash ${servers}`);
    said.push(...play(run, 900));
    give(run, `restart ${servers}`);
    said.push(...play(run, 600));
    const unknown = said.filter(({ key }) => key === UNKNOWN).map(({ text }) => text);
    expect([...new Set(unknown)]).toEqual([]);
  });
});

test('a server that finds no leader and serves reads only, and the clients that take that', () => {
  const said: Said[] = [];
  const run = newRun(3, 3, said, { readOnlyModeEnabled: true, localSessionsEnabled: true });
  said.push(...play(run, 300));
  for (const [text, events] of [
    ['crash 3', 0],
    ['crash 2', 400],
    ['client r 1,2 8000 readonly', 900],
    ['zk r ls /; create /x 1; get -w /', 300],
    ['restart 2', 0],
    ['restart 3', 1500],
  ] as const) {
    give(run, text);
    said.push(...play(run, events));
  }
  const unknown = said.filter(({ key }) => key === UNKNOWN).map(({ text }) => text);
  expect([...new Set(unknown)]).toEqual([]);
  const keys = new Set(said.map(({ key }) => key));
  for (const key of [
    'caption.timer.readOnly',
    'caption.connectedReadOnly',
    'caption.throttler.readOnly',
    'caption.readOnly.refused',
    'caption.readOnly.passes',
    'caption.timer.clientAsksRw',
  ]) {
    expect(keys).toContain(key);
  }
});

test('a frame that is too long is told as such, not as a server that does not serve', () => {
  const config = configOf({ servers: 1, seed: 1 });
  const run = createRun(
    { ...config, config: { ...config.config, juteMaxBuffer: 300 } },
    {
      project: true,
    },
  );
  play(run, 200);
  give(run, `zk a create /a ${'x'.repeat(400)}`);
  const told = play(run, 60).find(({ key }) => key === 'caption.frameTooLong');
  expect(told?.text).toMatch(/^Server 1 hangs up on client a: its frame of 4\d\d bytes is longer/);
});

test('an event without entries has no sentence', () => {
  expect(captionOf([], { roles: {}, letters: {}, quorum: 2 })).toBeUndefined();
});

/* ---- what a run seldom or never leads to ---- */

const AROUND: Surroundings = {
  roles: { [serverName(1)]: 'follower', [serverName(3)]: 'leader', [clientName('a')]: 'client' },
  letters: {},
  quorum: 2,
};
const REQUEST = {
  sessionId: '0100000000010000' as SessionId,
  cxid: 4,
  op: 'create',
  path: '/x',
} as const;
const ZXID = makeZxid(1, 5);

type Part = Partial<TraceEntry>;

function entry(part: Part): TraceEntry {
  return { id: 1 as TraceId, at: 0, process: serverName(1), type: 'work', ...part };
}

const atClient: Part = { process: clientName('a'), peer: serverName(1), channel: 'client' };
const fromClient: Part = { type: 'deliver', peer: clientName('a'), channel: 'client' };
const fromLeader: Part = { type: 'deliver', peer: serverName(3), channel: 'quorum', zxid: ZXID };
const atLeader: Part = {
  type: 'deliver',
  process: serverName(3),
  peer: serverName(1),
  channel: 'quorum',
  zxid: ZXID,
};
const closed: Part = { type: 'close' };
const looking: Part = { thread: 'QuorumPeer', name: 'lookForLeader' };
const counted: Part = { type: 'countVote', peer: serverName(3), sid: 3, zxid: ZXID, epoch: 1 };
const violation = (name: string): Part => ({ type: 'violation', name });

const TABLE: readonly (readonly [key: string, head: Part, ...steps: Part[]])[] = [
  [
    'connect.invalid',
    { ...fromClient, kind: 'CONNECT' },
    { type: 'send', kind: 'CONNECTED' },
    closed,
  ],
  [
    'connect.refusedZxid',
    { ...fromClient, kind: 'CONNECT' },
    { ...closed, name: 'refusedZxid', zxid: ZXID },
  ],
  ['connect.unread', { ...fromClient, kind: 'CONNECT' }],
  ['request.notServing', { ...fromClient, kind: 'REQUEST', request: REQUEST }, closed],
  ['request.unread', { ...fromClient, kind: 'REQUEST', request: REQUEST }],
  [
    'connectedAndSends',
    { ...atClient, type: 'deliver', kind: 'CONNECTED' },
    { type: 'clientState', name: 'CONNECTED' },
    { type: 'send', request: REQUEST },
  ],
  [
    'connectedExpired',
    { ...atClient, type: 'deliver', kind: 'CONNECTED' },
    { type: 'clientState', name: 'CLOSED' },
  ],
  ['connectedStray', { ...atClient, type: 'deliver', kind: 'CONNECTED' }],
  ['reply.stray', { ...atClient, type: 'deliver', kind: 'REPLY' }],
  ['ackEpoch.noted', { ...atLeader, kind: 'ACKEPOCH' }],
  ['ackEpoch.refused', { ...atLeader, kind: 'ACKEPOCH' }, closed],
  ['sync.TRUNC', { ...fromLeader, kind: 'TRUNC' }, { type: 'truncate' }, { type: 'load' }],
  ['commitAndActivate', { ...fromLeader, kind: 'COMMITANDACTIVATE' }],
  ['commitPacket.applied', { ...fromLeader, kind: 'COMMIT' }, { type: 'apply' }],
  ['ack.refused', { ...atLeader, kind: 'ACK', zxid: makeZxid(1, 0) }, closed],
  ['forwardedUnread', { ...atLeader, kind: 'REQUEST', request: REQUEST }],
  ['revalidate.invalid', { ...fromLeader, kind: 'REVALIDATE' }, { type: 'send' }, closed],
  [
    'violation.commitInconsistent',
    { ...fromLeader, kind: 'COMMIT' },
    violation('commitInconsistent'),
  ],
  [
    'violation.commitWithoutProposal',
    { ...fromLeader, kind: 'COMMIT' },
    violation('commitWithoutProposal'),
  ],
  [
    'violation.syncWithoutRequest',
    { ...fromLeader, kind: 'SYNC' },
    violation('syncWithoutRequest'),
  ],
  ['violation.newLeaderAckZxid', { ...atLeader, kind: 'ACK' }, violation('newLeaderAckZxid')],
  ['violation.unexpectedPacket', { ...fromLeader, kind: 'DIFF' }, violation('unexpectedPacket')],
  ['exit', { ...fromLeader, kind: 'COMMIT' }, violation('x'), { type: 'exit', name: 'why' }],
  ['unread', { ...fromLeader, kind: 'SNAP' }],
  ['election.better', looking],
  [
    'election.changes.higherEpoch',
    looking,
    counted,
    { ...counted, type: 'vote', name: 'higherEpoch' },
  ],
  [
    'election.changes.higherZxid',
    looking,
    counted,
    { ...counted, type: 'vote', name: 'higherZxid' },
  ],
  ['election.count.ignoredRound', looking, { ...counted, name: 'ignoredRound' }],
  ['election.count.ignoredNotVoter', looking, { ...counted, name: 'ignoredNotVoter' }],
  ['looking', { type: 'closed', channel: 'quorum' }, { type: 'serverState', name: 'LOOKING' }],
  ['throttler.void', { thread: 'RequestThrottler', request: REQUEST }],
  [
    'throttler.dropped',
    { thread: 'RequestThrottler' },
    { type: 'touch', err: 'SESSIONEXPIRED', request: REQUEST },
  ],
  [
    'sync.appendFailed',
    { thread: 'SyncRequestProcessor' },
    { type: 'append', err: 'SYSTEMERROR', request: REQUEST },
  ],
  ['sync.readWaits', { thread: 'SyncRequestProcessor', request: REQUEST }],
  [
    'sync.ackBuffered',
    { thread: 'SyncRequestProcessor' },
    { type: 'call', name: 'SendAckRequestProcessor', request: REQUEST },
  ],
  [
    'sync.ownAckCommits',
    { thread: 'SyncRequestProcessor' },
    { type: 'ack' },
    { type: 'commit', request: REQUEST },
  ],
  ['sender.gone', { thread: 'Sender-1' }],
  ['disk.accepted', { type: 'disk', name: 'acceptedEpoch' }, { type: 'acceptedEpoch', epoch: 2 }],
  ['disk.history', { type: 'disk', name: 'history' }, { type: 'fsync', zxid: ZXID }],
  [
    'timer.sessionExpired',
    { type: 'timer', name: 'SessionTracker' },
    { type: 'sessionClosing', request: REQUEST },
  ],
  ['timer.learnerDropped', { type: 'timer', name: 'leader.tick' }, closed],
  ['timer.leaderWait', { type: 'timer', name: 'leader.wait' }],
  ['timer.learnerRead', { type: 'timer', name: 'learner.read' }],
  ['timer.electionWaits', { type: 'timer', name: 'fle.notTimeout' }],
  ['timer.clientSilent', { ...atClient, type: 'timer', name: 'ping' }, closed],
  [
    'timer.clientLost',
    { ...atClient, type: 'timer', name: 'cleanup' },
    { type: 'result', request: REQUEST },
  ],
  ['timer.clientNoHost', { ...atClient, type: 'timer', name: 'connect' }],
  ['start.server', { type: 'start' }],
  ['order.typed', { ...atClient, type: 'command', name: 'console', detail: { line: 'help' } }],
  ['order.probe', { ...atClient, type: 'command', name: 'probe' }],
  ['order.deliver', { type: 'command', name: 'deliver' }],
  ['link.refuses.client', { type: 'connect', channel: 'client', peer: clientName('a') }, closed],
  ['link.refuses.election', { type: 'connect', channel: 'election', peer: serverName(3) }, closed],
  ['link.accepted.late', { ...atClient, type: 'accepted' }],
  [
    'fourLetter.unread',
    { type: 'deliver', kind: 'FOURLETTER', channel: 'client', peer: clientName('a'), name: 'srvr' },
  ],
  [
    'reply.setWatches',
    {
      ...atClient,
      type: 'deliver',
      kind: 'REPLY',
      channel: 'client',
      peer: serverName(1),
      name: 'setWatches',
    },
  ],
  ['timer.readOnlyLate', { type: 'timer', name: 'readOnly.start' }],
  ['timer.clientRwWaits', { ...atClient, type: 'timer', name: 'rwPing' }],
  ['order.library', { ...atClient, type: 'command', name: 'library' }],
];

describe('an event that a run seldom leads to', () => {
  test.each(TABLE.map(([key, ...parts]) => ({ key, parts })))('$key', ({ key, parts }) => {
    const [head, ...steps] = parts;
    const entries = [entry({ head: true, event: 1, ...head }), ...steps.map(entry)];
    expect(sayAmong(AROUND, entries).key).toBe(`caption.${key}`);
  });
});

test('every sentence of the catalogue has been said', () => {
  const stem = (key: string) => key.replace(/_(one|other)$/, '');
  const rest = Object.keys(CAPTIONS)
    .map(stem)
    .filter((key) => !heard.has(key) && key !== UNKNOWN);
  expect(rest).toEqual([]);
});
