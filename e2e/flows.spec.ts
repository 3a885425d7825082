/** The four flows, each stepped to its reply; what is seen on the way is what the reference says. */
import type { Frame } from '../src/bridge/frame';
import { itemsOf, within } from './ariaTree';
import { expect, isAnswered, leaderOf, pathsOf, serverOf, test, type Zab } from './zabscope';

/** Everything of interest that a flow showed, step by step. */
interface Seen {
  /** Messages in flight by their names, in the order of their first appearance. */
  messages: string[];
  ledger: string[];
  pendingTxns: string[];
  /** `<sid> <processor> <queue>: <request>` */
  queues: string[];
  /** `<sid> <processor>: <request>`, in a queue or at work */
  processors: string[];
}

const PROCESSORS: readonly string[] = [
  'LeaderRequestProcessor',
  'PrepRequestProcessor',
  'ProposalRequestProcessor',
  'SyncRequestProcessor',
  'FollowerRequestProcessor',
  'CommitProcessor',
  'FinalRequestProcessor',
];

const QUEUES: readonly string[] = [
  'submittedRequests',
  'queuedRequests',
  'toFlush',
  'queuedWriteRequests',
  'committedRequests',
];

/** Plays the first write through, so that the next request stands alone. */
async function settle(zab: Zab): Promise<void> {
  await zab.playToRest();
}

async function stepToReply(zab: Zab, letter: string, leader: number): Promise<Seen> {
  const seen: Seen = { messages: [], ledger: [], pendingTxns: [], queues: [], processors: [] };
  const add = (list: string[], found: readonly string[]) => {
    for (const text of found) if (!list.includes(text)) list.push(text);
  };
  let hasBegun = false;
  for (let steps = 0; steps < 120; steps += 1) {
    const frame = await zab.frame();
    hasBegun ||= !isAnswered(frame, letter);
    if (hasBegun && isAnswered(frame, letter)) return seen;
    const stage = await zab.look();
    const messages = itemsOf(stage, 'Messages in flight');
    add(
      seen.messages,
      messages.filter((name) => !name.startsWith('PING')),
    );
    for (const sid of [1, 2, 3]) {
      const server = within(stage, 'group', `Server ${sid}`)[0];
      const ledger = within(server, 'table', 'outstandingProposals')[0];
      if (sid === leader) {
        add(
          seen.ledger,
          within(ledger, 'row').map((row) => row.name),
        );
      } else {
        expect(ledger, `server ${sid} has a ledger`).toBeUndefined();
        add(
          seen.pendingTxns,
          itemsOf(server, 'pendingTxns').map((name) => `${sid}: ${name}`),
        );
      }
      for (const name of PROCESSORS) {
        const processor = within(server, 'group', name)[0];
        const requests = within(processor, 'button').filter((b) => b.name.includes(' cxid '));
        add(
          seen.processors,
          requests.map((request) => `${sid} ${name}: ${request.name}`),
        );
        for (const queue of QUEUES) {
          add(
            seen.queues,
            itemsOf(processor, queue).map((item) => `${sid} ${name} ${queue}: ${item}`),
          );
        }
      }
    }
    await zab.step();
  }
  throw new Error(`no reply to client ${letter}`);
}

/** Kinds in the order in which they first appeared. */
function kindsOf(messages: readonly string[]): string[] {
  const kinds = messages.map((name) => name.split(' ')[0] ?? '');
  return kinds.filter((kind, i) => kinds.indexOf(kind) === i);
}

/** Index of the first message whose name begins so; fails when there is none. */
function at(seen: Seen, begin: string): number {
  const index = seen.messages.findIndex((name) => name.startsWith(begin));
  expect(index, `${begin} among ${seen.messages.join(' | ')}`).toBeGreaterThanOrEqual(0);
  return index;
}

function expectIn(seen: Seen, begin: string): void {
  expect(
    seen.processors.some((text) => text.startsWith(begin)),
    `${begin} among ${seen.processors.join(' | ')}`,
  ).toBe(true);
}

function expectEverywhere(frame: Frame, path: string): void {
  for (const sid of [1, 2, 3]) expect(pathsOf(frame, sid), `server ${sid}`).toContain(path);
}

test('write at a follower', async ({ zab }) => {
  const frame = await zab.frame();
  const leader = leaderOf(frame);
  const follower = serverOf(frame, 'a');
  const seen = await stepToReply(zab, 'a', leader);

  expect(kindsOf(seen.messages)).toEqual(['REQUEST', 'PROPOSAL', 'ACK', 'COMMIT', 'REPLY']);
  const order = [
    at(seen, `REQUEST client a to ${follower}`),
    at(seen, `REQUEST ${follower} to ${leader}`),
    at(seen, `PROPOSAL ${leader} to ${follower} zxid 0x1`),
    at(seen, `ACK ${follower} to ${leader} zxid 0x1`),
    at(seen, `COMMIT ${leader} to ${follower} zxid 0x1`),
    at(seen, `REPLY ${follower} to client a`),
  ];
  expect(order).toEqual([...order].sort((a, b) => a - b));

  expectIn(seen, `${follower} FollowerRequestProcessor: create /a a cxid 1`);
  expectIn(seen, `${leader} PrepRequestProcessor: create /a a cxid 1`);
  for (const sid of [1, 2, 3]) expectIn(seen, `${sid} SyncRequestProcessor: create /a a cxid 1`);
  for (const sid of [1, 2, 3]) expectIn(seen, `${sid} FinalRequestProcessor: create /a a cxid 1`);
  for (const sid of [leader, follower]) {
    const queue = `${sid} CommitProcessor queuedWriteRequests: create /a a cxid 1`;
    expect(seen.queues.some((q) => q.startsWith(queue))).toBe(true);
  }
  const proposal = /create \/a a cxid 1 zxid 0x1/;
  for (const sid of [1, 2, 3].filter((sid) => sid !== leader)) {
    expect(seen.pendingTxns.some((p) => p.startsWith(`${sid}: `) && proposal.test(p))).toBe(true);
  }
  expect(seen.ledger.some((row) => row.includes('1 of 3'))).toBe(true);
  expect(seen.ledger.some((row) => row.includes('2 of 3'))).toBe(true);
  expect(seen.ledger.every((row) => row.includes('create') && row.includes('/a'))).toBe(true);

  await expect(zab.output()).toContainText('Created /a');
  await expect(zab.tree(follower)).toContainText('a');
  await zab.playToRest();
  expectEverywhere(await zab.frame(), '/a');
});

test('write at the leader', async ({ zab }) => {
  await settle(zab);
  await zab.type('b', 'create /b hi');
  const leader = leaderOf(await zab.frame());
  const seen = await stepToReply(zab, 'b', leader);

  expect(kindsOf(seen.messages)).toEqual(
    ['REQUEST', 'PROPOSAL', 'ACK', 'REPLY', 'COMMIT'].sort(
      (a, b) => kindsOf(seen.messages).indexOf(a) - kindsOf(seen.messages).indexOf(b),
    ),
  );
  // Nothing is forwarded: the request went straight to the leader.
  expect(seen.messages.filter((name) => name.startsWith('REQUEST'))).toEqual([
    `REQUEST client b to ${leader}`,
  ]);
  expect(at(seen, 'PROPOSAL')).toBeLessThan(at(seen, 'ACK'));
  expect(at(seen, 'ACK')).toBeLessThan(at(seen, 'COMMIT'));
  expect(seen.ledger.some((row) => row.includes('2 of 3'))).toBe(true);
  expectIn(seen, `${leader} PrepRequestProcessor: create /b b cxid 1`);
  expectIn(seen, `${leader} SyncRequestProcessor: create /b b cxid 1`);
  for (const sid of [1, 2, 3].filter((sid) => sid !== leader)) {
    expect(seen.pendingTxns.some((p) => p.startsWith(`${sid}: create /b b cxid 1`))).toBe(true);
  }
  await expect(zab.output()).toContainText('Created /b');
  await zab.playToRest();
  expectEverywhere(await zab.frame(), '/b');
});

test('read at the leader', async ({ zab }) => {
  await settle(zab);
  await zab.type('b', 'get /a');
  const leader = leaderOf(await zab.frame());
  const seen = await stepToReply(zab, 'b', leader);
  expect(kindsOf(seen.messages)).toEqual(['REQUEST', 'REPLY']);
  expect(seen.ledger).toEqual([]);
  expect(seen.pendingTxns).toEqual([]);
  for (const name of ['PrepRequestProcessor', 'CommitProcessor', 'FinalRequestProcessor']) {
    expectIn(seen, `${leader} ${name}: getData /a b cxid 1`);
  }
  expect(seen.queues.some((q) => q.includes('queuedWriteRequests'))).toBe(false);
  await expect(zab.output()).toContainText('hello');
});

test('read at a follower', async ({ zab }) => {
  await settle(zab);
  await zab.type('a', 'get /a');
  const frame = await zab.frame();
  const leader = leaderOf(frame);
  const follower = serverOf(frame, 'a');
  const seen = await stepToReply(zab, 'a', leader);
  expect(kindsOf(seen.messages)).toEqual(['REQUEST', 'REPLY']);
  // The leader is not asked.
  expect(seen.messages.filter((name) => / to 3\b|\b3 to /.test(name))).toEqual([]);
  for (const name of ['FollowerRequestProcessor', 'CommitProcessor', 'FinalRequestProcessor']) {
    expectIn(seen, `${follower} ${name}: getData /a a cxid 2`);
  }
  expect(seen.processors.every((q) => q.startsWith(`${follower} `))).toBe(true);
  expect(seen.ledger).toEqual([]);
  await expect(zab.output()).toContainText('hello');
});
