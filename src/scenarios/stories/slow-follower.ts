/** One slow disk of three is not noticed by anybody; two are noticed by everybody. */
import type { Scenario } from '../scenario';

export const slowFollower: Scenario = {
  id: 'slow-follower',
  chapter: 'faults',
  view: 'ensemble',
  title: { en: 'A slow follower', zh: '慢的跟随者' },
  question: {
    en: 'One of my servers has a slow disk. Who has to wait for it?',
    zh: '有一台服务器的磁盘很慢。谁得等它？',
  },
  world: {
    ensembles: [[1, 2, 3]],
    opening: {
      all: [
        { frame: 'processes.client a.sections.client.state', is: 'CONNECTED' },
        { frame: 'processes.client b.sections.client.state', is: 'CONNECTED' },
        { quiet: true },
      ],
    },
  },
  steps: [
    {
      type: 'say',
      look: 'server 1',
      text: {
        en: 'Server 3 leads, 1 and 2 follow. A server acknowledges a write only when its `SyncRequestProcessor` has forced it to disk. An fsync takes 5 ms here, on all three. Let us make one of them a hundred times slower.',
        zh: '服务器 3 是领导者 leader，1 和 2 是跟随者 follower。一台服务器只有等 `SyncRequestProcessor` 把写落盘之后，才会确认。这里三台的 fsync 都是 5 毫秒。我们来把其中一台弄慢一百倍。',
      },
    },
    {
      type: 'goal',
      text: { en: 'Make the disk of server 1 slow.', zh: '让服务器 1 的磁盘变慢。' },
      hint: {
        en: 'Open the menu ⋯ on the card of server 1 and choose *Slow disk (+500 ms)*, or type `disk 1 slow 500`.',
        zh: '打开服务器 1 卡片上的 ⋯ 菜单，选*磁盘变慢（+500 ms）*，或输入 `disk 1 slow 500`。',
      },
      done: { frame: 'processes.1.sections.log.disk.fault', is: 'slow' },
      solution: ['disk 1 slow 500'],
    },
    { type: 'order', commands: ['zk b create /a 1; create /b 2; create /c 3'] },
    {
      type: 'say',
      when: {
        entry: { type: 'enqueue', process: '1', thread: 'SyncRequestProcessor', path: '/c' },
      },
      look: 'server 1/SyncRequestProcessor',
      text: {
        en: 'Client `b` has sent three writes, and all three have come to server 1. Its `SyncRequestProcessor` is in the fsync of `/a`, and a queue grows behind it: `/b` and `/c` wait. Server 2 works on the same three with a quick disk.',
        zh: '客户端 `b` 发出了三个写，服务器 1 都收到了。它的 `SyncRequestProcessor` 正在为 `/a` 做 fsync，后面开始排队：`/b` 和 `/c` 等着。服务器 2 也在处理这三个，磁盘很快。',
      },
    },
    {
      type: 'predict',
      question: {
        en: 'When does client `b` get its answers?',
        zh: '客户端 `b` 什么时候得到应答？',
      },
      choices: [
        {
          text: { en: 'When server 1 has caught up.', zh: '等服务器 1 赶上来之后。' },
          because: {
            en: 'The leader waits for a quorum, two of three, and does not mind which two.',
            zh: '领导者等的是法定人数 quorum，即三台中的两台，哪两台都行。',
          },
        },
        {
          text: {
            en: 'As soon as servers 3 and 2 have them on disk.',
            zh: '服务器 3 和 2 都落盘之后，立刻。',
          },
          isRight: true,
          because: {
            en: 'The leader’s own disk and one follower make a quorum. The slowest of three is never in it.',
            zh: '领导者自己的磁盘加上一台跟随者，就够法定人数。三台中最慢的那台不在其中。',
          },
        },
        {
          text: {
            en: 'At once: disks are written in the background.',
            zh: '马上：写盘是后台的事。',
          },
          because: {
            en: 'No write is answered before a quorum has it on disk. That two disks are quick is what makes it quick.',
            zh: '法定人数落盘之前，任何写都不会得到应答。之所以快，是因为有两块磁盘快。',
          },
        },
      ],
    },
    {
      type: 'say',
      when: {
        all: [
          { entry: { type: 'apply', process: '1', path: '/c', err: 'OK' } },
          { not: { entry: { type: 'ack', process: '1' } } },
        ],
      },
      look: 'server 1/SyncRequestProcessor',
      text: {
        en: 'Client `b` has all its answers. And server 1 has `/a`, `/b` and `/c` in its *tree*, though its own disk has not forced one of them: a `COMMIT` says that a quorum has it on disk, and server 1 need not be part of that. Its clients read no older data than others.',
        zh: '客户端 `b` 的应答都到了。而且服务器 1 的*树*里已经有了 `/a`、`/b`、`/c`，尽管自己的磁盘一个都还没落盘：`COMMIT` 说的是法定人数已落盘，服务器 1 不必在其中。连着它的客户端读到的并不比别人旧。',
      },
    },
    {
      type: 'say',
      pace: 'skip',
      when: {
        all: [
          { entry: { type: 'deliver', kind: 'ACK', process: '3', peer: '1' }, times: 3 },
          { entry: { type: 'fsync', process: '1' }, times: 2 },
          { not: { entry: { type: 'fsync', process: '1' }, times: 3 } },
        ],
      },
      look: 'server 3/outstandingProposals',
      text: {
        en: 'Long after that the three `ACK`s of server 1 have come to the leader too. The writes were settled before; the `ACK`s change nothing. Server 1 needed two fsyncs for three writes: what has queued up goes to disk together. That is how a slow disk keeps up.',
        zh: '过了好久，服务器 1 的三个 `ACK` 才到领导者那里。这几个写早已定局，这些 `ACK` 什么也不会改变。三个写，服务器 1 只用了两次 fsync：排队攒下的一起落盘。慢磁盘就是这样跟上来的。',
      },
    },
    {
      type: 'goal',
      text: {
        en: 'Now make the disk of server 2 slow as well.',
        zh: '现在让服务器 2 的磁盘也变慢。',
      },
      hint: {
        en: 'The menu ⋯ on the card of server 2, or `disk 2 slow 500`.',
        zh: '服务器 2 卡片上的 ⋯ 菜单，或输入 `disk 2 slow 500`。',
      },
      done: { frame: 'processes.2.sections.log.disk.fault', is: 'slow' },
      solution: ['disk 2 slow 500'],
    },
    { type: 'order', commands: ['zk b create /d 4'] },
    {
      type: 'say',
      when: {
        all: [
          { entry: { type: 'ack', process: '3', path: '/d' } },
          { not: { entry: { type: 'commit', process: '3', path: '/d' } } },
        ],
      },
      look: 'server 3/outstandingProposals',
      text: {
        en: 'The next write. The leader’s own disk has acknowledged `/d`: one of three. Any second one is slow now.',
        zh: '再写一次。领导者自己的磁盘已经确认了 `/d`：三台中的一台。而第二台，不管是哪台，现在都慢。',
      },
    },
    {
      type: 'say',
      pace: 'skip',
      when: {
        all: [
          { entry: { type: 'result', process: 'client b', path: '/d', err: 'OK' } },
          {
            any: [
              { entry: { type: 'ack', process: '1', path: '/d' } },
              { entry: { type: 'ack', process: '2', path: '/d' } },
            ],
          },
        ],
      },
      look: 'client b',
      text: {
        en: 'Only now, after a slow fsync, client `b` has its answer. A write is as quick as the slowest server of its quickest quorum: with three servers, the second quickest. One slow server costs nothing, two cost everybody.',
        zh: '等一次慢 fsync 完成，客户端 `b` 现在才得到应答。写的快慢，取决于最快的那个法定人数里最慢的一台：三台时就是第二快的那台。慢一台，没人受影响；慢两台，人人都受影响。',
      },
    },
  ],
  outcome: [
    {
      text: {
        en: 'Server 1 was slow, but never out of service, and lacks nothing.',
        zh: '服务器 1 虽慢，却始终在服务，数据一个不缺。',
      },
      that: {
        all: [
          { not: { entry: { type: 'notServing', process: '1' } } },
          { frame: 'processes.1.sections.role.serving', is: true },
          { znode: '/c', server: '1', data: '3' },
        ],
      },
    },
    {
      text: { en: 'All four writes succeeded.', zh: '四次写都成功了。' },
      that: {
        entry: { type: 'result', process: 'client b', op: 'create', err: 'OK' },
        times: 4,
      },
    },
  ],
  sandbox: {
    en: 'Make server 2 quick again (`disk 2 ok`) and server 1 far too slow (`disk 1 slow 15000`), write once, and wait 10 seconds: a follower that owes an `ACK` for longer than `syncLimit` ticks is disconnected by the leader.',
    zh: '让服务器 2 恢复正常（`disk 2 ok`），让服务器 1 慢得离谱（`disk 1 slow 15000`），写一次，再等 10 秒：跟随者欠 `ACK` 超过 `syncLimit` 个 tick，领导者就会断开它。',
  },
};
