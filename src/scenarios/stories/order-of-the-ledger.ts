/** The reader tries to get a later zxid committed first, and sees what forbids it; half of the voters is not enough. */
import type { Scenario } from '../scenario';

const A = { op: 'create', path: '/a' } as const;
const B = { op: 'create', path: '/b' } as const;

export const orderOfTheLedger: Scenario = {
  id: 'order-of-the-ledger',
  chapter: 'flows',
  view: 'ensemble',
  title: { en: 'The order of the ledger', zh: '账本的次序' },
  question: {
    en: 'Can a later write reach its majority before an earlier one?',
    zh: '后来的写，能比先来的写更早凑够过半吗？',
  },
  world: {
    ensembles: [[1, 2, 3, 4]],
    clients: [{ letter: 'a', hosts: [4] }],
    opening: {
      all: [
        { frame: 'processes.client a.sections.client.state', is: 'CONNECTED' },
        { frame: 'processes.1.sections.role.serving', is: true },
        { quiet: true },
      ],
    },
  },
  steps: [
    {
      type: 'say',
      look: 'server 4',
      text: {
        en: 'Four servers; 4 leads in epoch 1. Each epoch counts from 1: `0x100000001` was the `createSession` of client `a`. Now `a` is going to create `/a` and `/b` at once, and your task is to get `/b` committed first. The disks of 1, 2 and 3 stand still until you say so.',
        zh: '四台服务器，4 在 epoch 1 里当领导者 leader。每个 epoch 都从 1 开始计数：`0x100000001` 是客户端 `a` 的 `createSession`。现在 `a` 要连着创建 `/a` 和 `/b`，你的任务是让 `/b` 先提交。1、2、3 的磁盘先停住，听你指挥。',
      },
    },
    {
      type: 'order',
      commands: [
        'freeze 1 SyncRequestProcessor',
        'freeze 2 SyncRequestProcessor',
        'freeze 3 SyncRequestProcessor',
        'zk a create /a 1; create /b 2',
      ],
    },
    {
      type: 'say',
      when: {
        all: [
          { entry: { type: 'ack', process: '4', ...B } },
          { frame: 'processes.1.sections.SyncRequestProcessor.queues.0.items', count: 2 },
          { frame: 'processes.2.sections.SyncRequestProcessor.queues.0.items', count: 2 },
          { frame: 'processes.3.sections.SyncRequestProcessor.queues.0.items', count: 2 },
        ],
      },
      look: 'server 4/outstandingProposals',
      text: {
        en: 'Two rows in the ledger: `/a` has the counter 2, `/b` has 3. The leader’s own disk acknowledged both, one vote of four each. On servers 1, 2 and 3 both wait before a *Sync* that stands still.',
        zh: '账本里有两行：`/a` 的计数是 2，`/b` 是 3。领导者自己的磁盘对两个都已确认，各得四票中的一票。在服务器 1、2、3 上，两个提议都排在停住的 *Sync* 前面。',
      },
    },
    {
      type: 'predict',
      question: {
        en: 'You may freeze, thaw, hold and release as you like. Can `/b` have a vote of server 1 that `/a` has not?',
        zh: '冻结、解冻、扣住、放行，随你使用。能让 `/b` 得到服务器 1 的票，而 `/a` 没有吗？',
      },
      choices: [
        {
          text: { en: 'Yes, with the right timing.', zh: '能，时机对就行。' },
          because: {
            en: 'Timing moves both together. Every place on the way is a queue, and `/a` is in front in each.',
            zh: '时机只能让两者一起早或一起晚。路上每一处都是队列，而 `/a` 总在前面。',
          },
        },
        {
          text: { en: 'Yes, but the leader would ignore it.', zh: '能，但领导者不会理它。' },
          because: {
            en: 'The leader has such a guard: it commits no `zxid` while the one before is outstanding. Here it never needs it.',
            zh: '领导者确实有这道防线：前一个 `zxid` 未决，后一个就不提交。但在这里根本用不上。',
          },
        },
        {
          text: { en: 'No.', zh: '不能。' },
          isRight: true,
          because: {
            en: 'One thread writes the log in order, one connection carries the `ACK`s in order. Try to break it.',
            zh: '写日志的只有一个线程，按次序写；送 `ACK` 的只有一条连接，按次序送。试试看能不能打破。',
          },
        },
      ],
    },
    {
      type: 'goal',
      text: {
        en: 'First try: let `SyncRequestProcessor` of server 1 take one item. Which one will it be?',
        zh: '第一招：让服务器 1 的 `SyncRequestProcessor` 只干一件活。会是哪一件？',
      },
      hint: {
        en: 'Type `step 1 SyncRequestProcessor` at a console. Or click the number on the card of server 1, choose `SyncRequestProcessor` and press *Let it do one item*. Then the space bar, to play on.',
        zh: '在控制台输入 `step 1 SyncRequestProcessor`。或者点服务器 1 卡片上的编号，选 `SyncRequestProcessor`，再点*让它只干一件活*。然后按空格键继续。',
      },
      done: { entry: { type: 'append', process: '1' } },
      solution: ['step 1 SyncRequestProcessor'],
    },
    { type: 'order', commands: ['hold 1 4 quorum only ACK', 'thaw 1 SyncRequestProcessor'] },
    {
      type: 'say',
      when: { entry: { type: 'ack', process: '1', ...B } },
      look: 'server 1/SyncRequestProcessor',
      text: {
        en: 'It took `/a`, the head of its only queue; so the log of server 1 has `/a` before `/b`. We have let it finish: both are forced to disk, and two `ACK`s were sent. They are held on the link from 1 to 4.',
        zh: '它取的是 `/a`，它唯一那个队列的队头；所以服务器 1 的日志里 `/a` 在 `/b` 之前。我们让它做完了：两个都已刷盘，两个 `ACK` 也已发出，现在扣在 1 到 4 的链路上。',
      },
    },
    {
      type: 'goal',
      text: {
        en: 'Second try: deliver the `ACK` of `/b` to server 4 before that of `/a`.',
        zh: '第二招：让 `/b` 的 `ACK` 赶在 `/a` 的前面送到服务器 4。',
      },
      hint: {
        en: 'Click the second `ACK` on the link and press *Deliver now*. If that is too small a thing to hit, type `release 1 4 quorum` at a console. Then the space bar, to play on.',
        zh: '点链路上的第二个 `ACK`，再按*立即送达*。不好点的话，在控制台输入 `release 1 4 quorum`。然后按空格键继续。',
      },
      done: { entry: { type: 'deliver', kind: 'ACK', process: '4', peer: '1' } },
      solution: ['release 1 4 quorum'],
    },
    {
      type: 'say',
      when: { frame: 'processes.4.sections.ledger.rows.1.acks', count: 2 },
      look: 'server 4/outstandingProposals',
      text: {
        en: 'The `ACK` of `/a` arrived first all the same: a connection keeps its order, and delivering a message delivers what is before it. Each row has now the votes of 4 and 1. Whoever voted for the lower row has voted for the upper.',
        zh: '还是 `/a` 的 `ACK` 先到：一条连接保持次序，送达一条消息，它前面的也就送达了。现在每行都有 4 和 1 的票。给下面一行投了票的，一定给上面一行投过。',
      },
    },
    {
      type: 'predict',
      question: {
        en: 'Two of four have acknowledged `/a`. Is it committed?',
        zh: '四台中有两台确认了 `/a`。它提交了吗？',
      },
      choices: [
        {
          text: { en: 'Yes, two of four is half.', zh: '提交了，四台中的两台是一半。' },
          because: {
            en: 'The other half could do the same with something else. Only two majorities *must* share a server.',
            zh: '另外那一半也可以对别的写做同样的事。只有两个过半的集合才*必定*有共同的服务器。',
          },
        },
        {
          text: { en: 'No, it has to be three.', zh: '没有，要三台才行。' },
          isRight: true,
          because: {
            en: '*More* than half of four is three. That is why the fourth server bears no further crash.',
            zh: '四台的*过半*是三台。所以加上第四台，也不能多经受一台崩溃。',
          },
        },
        {
          text: { en: 'No, it has to be all four.', zh: '没有，四台都要。' },
          because: {
            en: 'Then one crash would stop every write. A majority is enough.',
            zh: '那样任何一台崩溃都会让写停下。过半就够了。',
          },
        },
      ],
    },
    { type: 'order', commands: ['thaw 2 SyncRequestProcessor'] },
    {
      type: 'say',
      when: { entry: { type: 'commit', process: '4', ...A } },
      look: 'server 4/outstandingProposals',
      text: {
        en: 'The disk of server 2 was let go, and its `ACK` of `/a` made three of four: committed. At this moment `/b` still has two votes; the next `ACK` of server 2 is right behind.',
        zh: '服务器 2 的磁盘放开了，它对 `/a` 的 `ACK` 凑成四票中的三票：提交。此刻 `/b` 还是两票，服务器 2 的下一个 `ACK` 紧随其后。',
      },
    },
    {
      type: 'say',
      when: { entry: { type: 'commit', process: '4', ...B } },
      look: 'server 4/CommitProcessor',
      text: {
        en: 'Now `/b`. You could choose *when* they are committed, not *in which order*. One `SyncRequestProcessor` on each server and first in, first out on each link are all that it takes.',
        zh: '现在轮到 `/b`。你能左右它们*何时*提交，却左右不了*先后*。靠的只是两样：每台服务器只有一个 `SyncRequestProcessor`，每条链路先进先出。',
      },
    },
  ],
  outcome: [
    {
      text: {
        en: 'The first `zxid` of epoch 1 has the counter 1; `/a` and `/b` follow without a gap.',
        zh: 'epoch 1 的第一个 `zxid` 计数为 1；`/a` 和 `/b` 紧随其后，没有空缺。',
      },
      that: {
        all: [
          { frame: 'processes.4.sections.log.records.0.zxid', is: 0x100000001 },
          { frame: 'processes.4.sections.log.records.1.zxid', is: 0x100000002 },
          { frame: 'processes.4.sections.log.records.1.request.path', is: '/a' },
          { frame: 'processes.4.sections.log.records.2.zxid', is: 0x100000003 },
          { frame: 'processes.4.sections.log.records.2.request.path', is: '/b' },
        ],
      },
    },
    {
      text: {
        en: 'Server 1 logged `/a` before `/b`.',
        zh: '服务器 1 的日志里 `/a` 在 `/b` 之前。',
      },
      that: {
        all: [
          { frame: 'processes.1.sections.log.records.1.request.path', is: '/a' },
          { frame: 'processes.1.sections.log.records.2.request.path', is: '/b' },
        ],
      },
    },
    {
      text: {
        en: 'Three of four voted for both; server 3 did not.',
        zh: '四台中有三台给两者投了票，服务器 3 没有。',
      },
      that: {
        all: [
          { entry: { type: 'ack', process: '1', ...A } },
          { entry: { type: 'ack', process: '2', ...A } },
          { entry: { type: 'ack', process: '4', ...A } },
          { not: { entry: { type: 'ack', process: '3', ...A } } },
          { entry: { type: 'commit', process: '4', ...B } },
        ],
      },
    },
  ],
  sandbox: {
    en: 'Go on trying: give server 3 a slow disk (`disk 3 slow 300`), thaw it, and write three times at once. Watch the rows of the ledger: a vote never stands below an empty place.',
    zh: '接着试：给服务器 3 一块慢磁盘（`disk 3 slow 300`），解冻它，再连写三次。看账本的各行：哪一票的上方都不会有空位。',
  },
};
