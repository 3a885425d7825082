/** A read at a follower: from its own tree, which may be behind, for a session that it does not check. */
import type { Scenario } from '../scenario';

const GET = { op: 'getData', path: '/a' } as const;
const SET = { op: 'setData', path: '/a' } as const;

export const readAtFollower: Scenario = {
  id: 'read-at-follower',
  chapter: 'flows',
  view: 'ensemble',
  title: { en: 'A read at a follower', zh: '跟随者上的一次读操作' },
  question: {
    en: 'Can I read an old value, and who would notice that my session is gone?',
    zh: '会读到旧值吗？会话已经没了，读的时候有人发现吗？',
  },
  world: {
    ensembles: [[1, 2, 3]],
    clients: [
      { letter: 'a', hosts: [2], timeoutMs: 4000 },
      { letter: 'b', hosts: [3] },
    ],
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
        en: 'Client `a` is connected to the follower 2, client `b` to the leader 3. The session of `a` has a short timeout, 4 s. First `b` is going to create `/a`.',
        zh: '客户端 `a` 连着跟随者 2，`b` 连着领导者 3。`a` 的会话超时很短，只有 4 秒。先由 `b` 创建 `/a`。',
      },
    },
    { type: 'order', commands: ['zk b create /a old'] },
    {
      type: 'say',
      pace: 'skip',
      when: {
        all: [
          { entry: { type: 'result', process: 'client b', op: 'create', path: '/a', err: 'OK' } },
          { znode: '/a', server: '2' },
          { quiet: true },
        ],
      },
      look: 'server 2/tree',
      text: {
        en: 'Every server has `/a` with the data `old`. Client `a` is going to read it at server 2.',
        zh: '每台服务器都有了 `/a`，数据是 `old`。接下来客户端 `a` 在服务器 2 上读它。',
      },
    },
    { type: 'order', commands: ['zk a get /a'] },
    {
      type: 'say',
      when: { entry: { type: 'result', process: 'client a', err: 'OK', ...GET } },
      look: 'client a',
      text: {
        en: 'Answered: `FollowerRequestProcessor` put the read into the `CommitProcessor`, and a worker looked it up in the tree of server 2. No other server knows that there was a read. That makes reads cheap: more followers, more reads. Now see the price.',
        zh: '应答了：`FollowerRequestProcessor` 把读放进 `CommitProcessor`，再由工作线程去查服务器 2 自己的树。别的服务器根本不知道有过这次读。读因此很便宜：跟随者越多，能承担的读越多。现在来看代价。',
      },
    },
    {
      type: 'goal',
      text: {
        en: 'Hold back the next `COMMIT` from server 3 to server 2.',
        zh: '扣住服务器 3 发给服务器 2 的下一个 `COMMIT`。',
      },
      hint: {
        en: 'Type `hold 3 2 quorum only COMMIT` at a console. From that `COMMIT` on, messages on this link wait.',
        zh: '在控制台输入 `hold 3 2 quorum only COMMIT`。从那个 `COMMIT` 起，这条链路上的消息都等着。',
      },
      done: { frame: 'links.*.held', is: true },
      solution: ['hold 3 2 quorum only COMMIT'],
    },
    { type: 'order', commands: ['zk b set /a new'] },
    {
      type: 'say',
      when: { entry: { type: 'result', process: 'client b', err: 'OK', ...SET } },
      look: 'client b',
      text: {
        en: 'Client `b` has changed the data to `new` and knows it. Server 2 has the transaction on disk and in `pendingTxns`, but its `COMMIT` is held on the link.',
        zh: '客户端 `b` 把数据改成了 `new`，也得到了应答。服务器 2 的磁盘上和 `pendingTxns` 里都有这个事务，但给它的 `COMMIT` 被扣在链路上。',
      },
    },
    {
      type: 'predict',
      question: {
        en: 'Client `a` reads `/a` at server 2 now. What does it get?',
        zh: '客户端 `a` 现在向服务器 2 读 `/a`，得到什么？',
      },
      choices: [
        {
          text: { en: '`new`: server 2 has it on disk.', zh: '`new`：服务器 2 的磁盘上已有它。' },
          because: {
            en: 'Reads look into the tree, and a transaction comes into the tree when it is committed.',
            zh: '读看的是树，而事务要提交了才进树。',
          },
        },
        {
          text: { en: '`old`.', zh: '仍是 `old`。' },
          isRight: true,
          because: {
            en: 'The tree of server 2 is a little behind, and nothing in a read makes it wait or ask.',
            zh: '服务器 2 的树落后了一点，而读既不会等，也不会去问。',
          },
        },
        {
          text: { en: 'Nothing before the `COMMIT` is there.', zh: '`COMMIT` 到之前没有应答。' },
          because: {
            en: 'Only requests of the session that wrote wait for its write. This is another session.',
            zh: '只有写的那个会话，自己的请求才要等它的写。这是另一个会话。',
          },
        },
      ],
    },
    { type: 'order', commands: ['zk a get /a'] },
    {
      type: 'say',
      when: { entry: { type: 'result', process: 'client a', err: 'OK', ...GET } },
      look: 'client a',
      text: {
        en: '`old`, after `b` had been told that it is `new`. ZooKeeper promises all clients the same *order*, and each client never to go back in it; it does not promise that a read is fresh. But the leader’s pings are held behind the `COMMIT` too. Let the time go on.',
        zh: '读到 `old`，而 `b` 早已得知是 `new`。ZooKeeper 向所有客户端承诺同一个*顺序*，并保证每个客户端不会倒退；它不保证读到的是最新值。不过，领导者的 ping 也被扣在那个 `COMMIT` 后面。让时间继续走。',
      },
    },
    {
      type: 'say',
      pace: 'skip',
      when: { entry: { type: 'commit', process: '3', op: 'closeSession' } },
      look: 'server 3',
      text: {
        en: 'A follower tells the leader which sessions are alive when it answers a ping. No ping, no word of client `a` for its 4 s: the leader has declared the session expired and committed `closeSession`. Client `a` knows nothing of it, nor does the tree of server 2. It reads once more.',
        zh: '跟随者在应答 ping 时，才把“哪些会话还活着”告诉领导者。没有 ping，领导者 4 秒听不到 `a` 的消息：它判定会话过期，并提交了 `closeSession`。客户端 `a` 毫不知情，服务器 2 的树也一样。它再读一次。',
      },
    },
    { type: 'order', commands: ['zk a get /a'] },
    {
      type: 'say',
      when: { entry: { type: 'result', process: 'client a', err: 'OK', ...GET } },
      look: 'server 2',
      text: {
        en: 'Answered, for a session that the ensemble has ended. A follower has no `PrepRequestProcessor`, so nobody checks the session of a read. A *write* would have been refused at the leader. Now the link is going to be released.',
        zh: '照样应答，尽管集群已经结束了这个会话。跟随者没有 `PrepRequestProcessor`，所以读的会话没有人检查。换成*写*，到领导者那里就会被拒绝。接下来放行链路。',
      },
    },
    { type: 'order', commands: ['release 3 2 quorum'] },
    {
      type: 'say',
      pace: 'skip',
      when: { frame: 'processes.client a.sections.client.state', is: 'CLOSED' },
      look: 'client a',
      text: {
        en: 'Server 2 applied the held commits in their order: the data `new`, then `closeSession`, and with it closed the connection of `a`. When `a` came back with its old session it was told that it has *expired*.',
        zh: '服务器 2 按次序应用了被扣住的提交：先是 `new`，再是 `closeSession`，同时断开了 `a` 的连接。`a` 带着原来的会话回来时，被告知会话已*过期*（Expired）。',
      },
    },
  ],
  outcome: [
    {
      text: {
        en: 'Server 2 answered three reads, and asked the leader for none.',
        zh: '服务器 2 应答了三次读，没有一次去问领导者。',
      },
      that: {
        all: [
          { entry: { type: 'reply', process: '2', err: 'OK', ...GET }, times: 3 },
          { not: { entry: { type: 'send', kind: 'REQUEST', process: '2', peer: '3', ...GET } } },
        ],
      },
    },
    {
      text: {
        en: 'What was read as `old` is `new` now, at server 2 as well.',
        zh: '当时读作 `old` 的，如今在服务器 2 上也是 `new`。',
      },
      that: {
        all: [
          { frame: 'processes.client a.sections.console.lines.*.text', is: 'old' },
          { not: { frame: 'processes.client a.sections.console.lines.*.text', is: 'new' } },
          { znode: '/a', server: '2', data: 'new' },
        ],
      },
    },
    {
      text: {
        en: 'The session of client `a` was ended by the leader.',
        zh: '客户端 `a` 的会话由领导者结束。',
      },
      that: {
        all: [
          { entry: { type: 'propose', process: '3', op: 'closeSession' } },
          { frame: 'processes.client a.sections.client.state', is: 'CLOSED' },
        ],
      },
    },
  ],
  sandbox: {
    en: 'Add a client at server 2 (`client c 2`), hold the `COMMIT`s again, let `b` write, and let `c` call `sync /a; get /a`: now the read waits.',
    zh: '在服务器 2 上加一个客户端（`client c 2`），再扣住 `COMMIT`，让 `b` 写一次，然后让 `c` 执行 `sync /a; get /a`：这次读会等。',
  },
};
