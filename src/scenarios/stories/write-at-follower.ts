/** A write that comes in at a follower: sent on, proposed, acknowledged by a quorum, committed, answered where it came in. */
import type { Scenario } from '../scenario';

const CREATE = { op: 'create', path: '/a' } as const;

export const writeAtFollower: Scenario = {
  id: 'write-at-follower',
  chapter: 'flows',
  view: 'ensemble',
  title: { en: 'A write at a follower', zh: '跟随者上的一次写操作' },
  question: {
    en: 'My client is connected to a follower. Who carries out its write, and who answers?',
    zh: '客户端连着一台跟随者 follower。它的写请求由谁来定序，又由谁来应答？',
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
      look: 'server 2',
      text: {
        en: 'Server 3 leads, servers 1 and 2 follow. Client `a` is connected to server 2, a follower, and is about to create the znode `/a`. Any server may answer a read from its own tree; a write needs a place in *one* order, and only the leader gives places. Watch the processors of server 2.',
        zh: '服务器 3 是领导者 leader，1 和 2 是跟随者 follower。客户端 `a` 连着跟随者 2，马上要创建 znode `/a`。读请求任何一台都可以用自己的树来回答；写请求却必须在*同一个*顺序里占一个位置，而位置只由领导者分配。请看服务器 2 的处理链。',
      },
    },
    { type: 'order', commands: ['zk a create /a hello'] },
    {
      type: 'say',
      when: { entry: { type: 'send', kind: 'REQUEST', process: '2', peer: '3', ...CREATE } },
      look: 'server 2/CommitProcessor',
      text: {
        en: '`FollowerRequestProcessor` has done two things with the request. It has put it into the `CommitProcessor` of server 2, where it will wait, and it has sent it to the leader as a `REQUEST`. Server 2 keeps the question; the leader gets the work.',
        zh: '`FollowerRequestProcessor` 对这个请求做了两件事：放进服务器 2 自己的 `CommitProcessor` 里等着；同时以 `REQUEST` 转发给领导者。问题留在服务器 2，活儿交给领导者。',
      },
    },
    {
      type: 'say',
      when: { entry: { type: 'propose', process: '3', ...CREATE } },
      look: 'server 3',
      text: {
        en: 'The leader has checked the request and given it the next `zxid`: the epoch in the upper half, a counter in the lower. It now stands in the ledger, `outstandingProposals`. A `PROPOSAL` is about to go to each follower, and one copy to the leader’s own disk.',
        zh: '领导者检查了请求，并给它下一个 `zxid`：高 32 位是 epoch，低 32 位是计数器。它现在记在 `outstandingProposals` 这本账上。接下来，`PROPOSAL` 会发给每个跟随者，领导者自己的磁盘也要记一份。',
      },
    },
    {
      type: 'say',
      when: {
        entry: {
          type: 'enqueue',
          thread: 'QuorumPeer',
          queue: 'pendingTxns',
          process: '2',
          ...CREATE,
        },
      },
      look: 'server 2',
      text: {
        en: 'The `PROPOSAL` has reached server 2. It waits in `pendingTxns`, first in, first out, and goes to `SyncRequestProcessor`: it has to be on disk before server 2 may send an `ACK`. No tree has `/a` yet.',
        zh: '`PROPOSAL` 到了服务器 2。它排进先进先出的 `pendingTxns`，同时交给 `SyncRequestProcessor`：必须先落盘，服务器 2 才可以发 `ACK`。这时任何一棵树里都还没有 `/a`。',
      },
    },
    {
      type: 'predict',
      question: {
        en: 'Suppose server 1 crashes now, before it could acknowledge anything. What becomes of the write?',
        zh: '假如服务器 1 此刻崩溃，还没来得及确认。这次写会怎样？',
      },
      choices: [
        {
          text: {
            en: 'It waits until server 1 is back.',
            zh: '一直等到服务器 1 回来。',
          },
          because: {
            en: 'The leader waits for a quorum, not for everybody. Server 2 and the leader itself are two of three.',
            zh: '领导者等的是法定人数 quorum，不是所有人。服务器 2 加上领导者自己，三台里已有两台。',
          },
        },
        {
          text: { en: 'It is committed all the same.', zh: '照样提交。' },
          isRight: true,
          because: {
            en: 'Two of three is more than half. The leader counts itself: its own disk acknowledges too.',
            zh: '三台中的两台已过半。领导者把自己也算在内：它自己的磁盘也会确认。',
          },
        },
        {
          text: {
            en: 'It fails, and client `a` gets an error.',
            zh: '写失败，客户端 `a` 收到错误。',
          },
          because: {
            en: 'A proposal is not taken back because a follower went away. As long as a quorum follows, it will be committed.',
            zh: '跟随者走了一台，提议不会因此撤回。只要还有过半的服务器跟着，它就会被提交。',
          },
        },
      ],
    },
    {
      type: 'goal',
      text: { en: 'Try it: crash server 1 now.', zh: '动手试试：现在就让服务器 1 崩溃。' },
      hint: {
        en: 'Press *Crash* on the card of server 1, or type `crash 1` at a console.',
        zh: '点服务器 1 卡片上的*崩溃*，或在控制台输入 `crash 1`。',
      },
      done: { frame: 'processes.1.status', is: 'down' },
      solution: ['crash 1'],
    },
    {
      type: 'say',
      when: { entry: { type: 'commit', process: '3', ...CREATE } },
      look: 'server 3',
      text: {
        en: 'The `ACK` of server 2 has arrived, and the leader’s own disk had acknowledged before: a quorum. The leader commits, without a word from server 1. The `COMMIT` that it sends now carries only the `zxid`; server 2 has the rest in `pendingTxns`.',
        zh: '服务器 2 的 `ACK` 到了，领导者自己的磁盘此前已经确认：达到法定人数。领导者就此提交，没有等服务器 1 的任何消息。它接下来发出的 `COMMIT` 只带 `zxid`，其余内容服务器 2 在 `pendingTxns` 里都有。',
      },
    },
    {
      type: 'say',
      when: { entry: { type: 'result', process: 'client a', err: 'OK', ...CREATE } },
      look: 'client a',
      text: {
        en: 'The `COMMIT` matched the head of `pendingTxns`, the `CommitProcessor` of server 2 let its waiting request go, and `FinalRequestProcessor` put `/a` into the tree and answered. The leader had applied it earlier and answered nobody: the client belongs to server 2.',
        zh: '`COMMIT` 与 `pendingTxns` 的队头对上了，服务器 2 的 `CommitProcessor` 放行了等着的请求，`FinalRequestProcessor` 把 `/a` 写进树里并应答。领导者更早就已应用，却没有应答任何人：这个客户端是服务器 2 的。',
      },
    },
  ],
  outcome: [
    {
      text: {
        en: 'Server 2 answered, and the leader did not.',
        zh: '应答来自服务器 2，而不是领导者。',
      },
      that: {
        all: [
          { entry: { type: 'reply', process: '2', err: 'OK', ...CREATE } },
          { not: { entry: { type: 'reply', process: '3', ...CREATE } } },
        ],
      },
    },
    {
      text: {
        en: '`/a` is in the trees of servers 2 and 3, though server 1 is down.',
        zh: '服务器 1 已宕机，服务器 2 和 3 的树里仍然有了 `/a`。',
      },
      that: {
        all: [
          { znode: '/a', server: '2', data: 'hello' },
          { znode: '/a', server: '3', data: 'hello' },
          { frame: 'processes.1.status', is: 'down' },
        ],
      },
    },
  ],
  sandbox: {
    en: 'Start server 1 again (`restart 1`) and see how the leader brings it up to date. Or crash server 2 as well and let `a` write once more: one of three is not enough.',
    zh: '重启服务器 1（`restart 1`），看领导者怎样让它追上来。或者让服务器 2 也崩溃，再用 `a` 写一次：三台里只剩一台，是不够的。',
  },
};
