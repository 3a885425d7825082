/** A follower's pendingTxns: a COMMIT carries only a zxid and must meet the head. */
import type { Scenario } from '../scenario';

export const firstInFirstOut: Scenario = {
  id: 'first-in-first-out',
  chapter: 'flows',
  view: 'ensemble',
  title: { en: 'First in, first out', zh: '先进先出' },
  question: {
    en: 'A `COMMIT` does not say what is committed. How does a follower know, and can it mix things up?',
    zh: '`COMMIT` 里没有写提交的是什么。跟随者 follower 怎么知道？会不会弄混？',
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
      look: 'server 2/pendingTxns',
      text: {
        en: 'Server 3 leads, server 2 follows. Client `b`, at the leader, is about to create `/a`, `/b` and `/c` without waiting in between. The link from 3 to 2 will hold the first `COMMIT` and all behind it, so that we can look at the queue `pendingTxns` of server 2.',
        zh: '服务器 3 是领导者 leader，2 是跟随者。连着领导者的客户端 `b` 马上要连续创建 `/a`、`/b`、`/c`，中间不等应答。3 到 2 的链路会扣住第一个 `COMMIT` 以及它后面的所有消息，好让我们看清服务器 2 的队列 `pendingTxns`。',
      },
    },
    {
      type: 'order',
      commands: ['hold 3 2 quorum only COMMIT', 'zk b create /a 1; create /b 2; create /c 3'],
    },
    {
      type: 'say',
      when: {
        entry: {
          type: 'enqueue',
          process: '2',
          thread: 'QuorumPeer',
          queue: 'pendingTxns',
          path: '/a',
        },
      },
      look: 'server 2/pendingTxns',
      text: {
        en: 'The `PROPOSAL` of `/a` has arrived. Server 2 has put the transaction at the end of `pendingTxns`, and a copy into the queue of `SyncRequestProcessor` for the disk. A `PROPOSAL` carries the whole transaction; this is the only time that it travels.',
        zh: '`/a` 的 `PROPOSAL` 到了。服务器 2 把这个事务排到 `pendingTxns` 的末尾，同时放一份进 `SyncRequestProcessor` 的队列，等着写盘。`PROPOSAL` 带着完整的事务，事务内容只在这时传送一次。',
      },
    },
    {
      type: 'say',
      when: { frame: 'processes.2.sections.pendingTxns.items', count: 3 },
      look: 'server 2/pendingTxns',
      text: {
        en: 'All three stand in `pendingTxns`, in the order in which the leader gave them their `zxid`s: one connection, one thread that reads it. The disk of server 2 has not yet forced even the first. To be in the queue costs no fsync.',
        zh: '三个都排进了 `pendingTxns`，次序就是领导者分配 `zxid` 的次序：一条连接，一个读它的线程。服务器 2 的磁盘连第一个都还没有 fsync。排队本身不需要落盘。',
      },
    },
    {
      type: 'say',
      when: { entry: { type: 'send', kind: 'COMMIT', process: '3', peer: '2', path: '/c' } },
      look: 'server 2/pendingTxns',
      text: {
        en: 'Each of the three has its quorum, and the leader has committed them. Server 2 has them on disk and has sent its `ACK`s. Its `COMMIT`s are on the link or held at its end, and each carries a `zxid` and nothing else. What does server 2 show to its client meanwhile?',
        zh: '三个写都达到了法定人数 quorum，领导者已经提交。服务器 2 也都已落盘并发出了 `ACK`。发给它的 `COMMIT` 还在链路上，或被扣在链路末端；每个只带一个 `zxid`，别无其他。这时服务器 2 给它的客户端看到的是什么？',
      },
    },
    { type: 'order', commands: ['zk a ls /'] },
    {
      type: 'say',
      when: { entry: { type: 'result', process: 'client a', op: 'getChildren2', path: '/' } },
      look: 'client a',
      text: {
        en: 'Client `a` asked server 2 and sees none of the three. To be on disk is not to be in the tree: only a `COMMIT` makes a transaction visible. Three of them are held on the link now.',
        zh: '客户端 `a` 问的是服务器 2，三个一个也没看到。落了盘不等于进了树：只有 `COMMIT` 才让事务可见。现在链路上扣着三个 `COMMIT`。',
      },
    },
    {
      type: 'predict',
      question: {
        en: 'Can `/c` come into the tree of server 2 before `/a`?',
        zh: '在服务器 2 的树里，`/c` 有没有可能先于 `/a` 出现？',
      },
      choices: [
        {
          text: {
            en: 'Yes, if its `COMMIT` is delivered first.',
            zh: '有可能，只要它的 `COMMIT` 先送到。',
          },
          because: {
            en: 'A connection delivers in order, so it never is. If it were, the follower would not search its queue: a `COMMIT` that does not fit the head makes it exit with code 12.',
            zh: '连接按序送达，所以不会先到。万一先到，跟随者也不会到队列里去找：`COMMIT` 与队头对不上，它就以退出码 12 退出。',
          },
        },
        {
          text: {
            en: 'No: connection and queue are both first in, first out.',
            zh: '不可能：连接和队列都是先进先出。',
          },
          isRight: true,
          because: {
            en: 'The leader sends `COMMIT`s in the order of its `PROPOSAL`s, the connection keeps it, and each must fit the head of `pendingTxns`.',
            zh: '领导者发 `COMMIT` 的次序与发 `PROPOSAL` 的次序相同，连接保持次序，而每个 `COMMIT` 都必须与 `pendingTxns` 的队头对上。',
          },
        },
        {
          text: {
            en: 'Yes, if its fsync was the first to end.',
            zh: '有可能，如果它的 fsync 先完成。',
          },
          because: {
            en: 'One `SyncRequestProcessor` writes the log in order. And a follower applies what a `COMMIT` tells it to, not what its disk has finished.',
            zh: '写日志的只有一个 `SyncRequestProcessor`，按序写。而且跟随者何时应用，由 `COMMIT` 决定，而不由自己的磁盘决定。',
          },
        },
      ],
    },
    {
      type: 'goal',
      text: {
        en: 'Try it: make the `COMMIT` of `/c`, the last of the three, overtake the others.',
        zh: '动手试试：让三个中最后那个 `/c` 的 `COMMIT` 超过前面的。',
      },
      hint: {
        en: 'Click the last `COMMIT` on the link from 3 to 2 and press *Deliver now*. Or type `release 3 2 quorum` to let all go.',
        zh: '点击 3 到 2 链路上的最后一个 `COMMIT`，再点*立即送达*。或者输入 `release 3 2 quorum`，全部放行。',
      },
      done: { entry: { type: 'apply', process: '2', path: '/c', err: 'OK' } },
      solution: ['release 3 2 quorum'],
    },
    { type: 'order', commands: ['zk a ls /'] },
    {
      type: 'say',
      when: { entry: { type: 'result', process: 'client a', op: 'getChildren2', path: '/' } },
      look: 'client a',
      text: {
        en: 'It did not work: those before it came along. Each `COMMIT` met the head of `pendingTxns`, and server 2 applied `/a`, `/b`, `/c`. A follower may be *late*, but its tree is always one that the leader’s had at some moment, never a mixture.',
        zh: '没有成功：排在前面的跟着一起到了。每个 `COMMIT` 都对上了 `pendingTxns` 的队头，服务器 2 依次应用了 `/a`、`/b`、`/c`。跟随者可以*落后*，但它的树总是领导者某一刻有过的样子，绝不会是拼凑出来的。',
      },
    },
  ],
  outcome: [
    {
      text: {
        en: 'Server 2 has all three, and its queue is empty.',
        zh: '服务器 2 三个都有了，队列也空了。',
      },
      that: {
        all: [
          { znode: '/a', server: '2', data: '1' },
          { znode: '/b', server: '2', data: '2' },
          { znode: '/c', server: '2', data: '3' },
          { frame: 'processes.2.sections.pendingTxns.items', count: 0 },
        ],
      },
    },
    {
      text: {
        en: 'Every `COMMIT` fitted the head: server 2 never had to exit.',
        zh: '每个 `COMMIT` 都与队头对上：服务器 2 不曾因此退出。',
      },
      that: {
        all: [
          { frame: 'processes.2.status', is: 'running' },
          { not: { entry: { type: 'violation', process: '2' } } },
        ],
      },
    },
  ],
  sandbox: {
    en: 'If the link is still held, release it (`release 3 2 quorum`). Then hold it as a whole (`hold 3 2 quorum`), write at `b`, and wait: a follower that hears nothing from its leader gives it up in the end.',
    zh: '如果链路还扣着，先放行（`release 3 2 quorum`）。再把它整个扣住（`hold 3 2 quorum`），用 `b` 写一次，然后等着看：跟随者一直听不到领导者的消息，最后就会离开它。',
  },
};
