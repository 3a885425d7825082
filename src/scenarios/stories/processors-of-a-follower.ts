/** What each processor of a follower is for, along one write; and that it applies what it has not logged. */
import type { Scenario } from '../scenario';

const CREATE = { process: '2', op: 'create', path: '/a' } as const;
const CREATE_B = { op: 'create', path: '/b' } as const;

export const processorsOfAFollower: Scenario = {
  id: 'processors-of-a-follower',
  chapter: 'flows',
  view: 'ensemble',
  title: { en: 'The processors of a follower', zh: '跟随者的处理链' },
  question: {
    en: 'What is each processor of a follower for, and what does it lack?',
    zh: '跟随者 follower 的每个处理器各管什么？它又缺哪一个？',
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
        en: 'Server 2 follows server 3. It has two lines: on the upper one requests of its clients come in, on the lower one what the leader sends. Neither has a `PrepRequestProcessor`: a follower checks no write and gives no `zxid`. Client `a` is connected here and is about to create `/a`.',
        zh: '服务器 2 跟随服务器 3。它有两条线：上面走自己客户端的请求，下面走领导者发来的东西。两条线上都没有 `PrepRequestProcessor`：跟随者不检查写，也不分配 `zxid`。客户端 `a` 连在这里，马上要创建 `/a`。',
      },
    },
    { type: 'order', commands: ['zk a create /a hello'] },
    {
      type: 'say',
      when: {
        entry: {
          type: 'enqueue',
          thread: 'FollowerRequestProcessor',
          queue: 'queuedRequests',
          ...CREATE,
        },
      },
      look: 'server 2/FollowerRequestProcessor',
      text: {
        en: '`FollowerRequestProcessor` is the entrance. A read it only puts into the `CommitProcessor`. A write it puts there as well, *first*, and then sends to the leader: so the commit can never be back before the request waits for it.',
        zh: '`FollowerRequestProcessor` 是入口。读，它只放进 `CommitProcessor`；写，它*先*放进去，再发给领导者。于是提交回来时，请求一定已经在那里等着。',
      },
    },
    {
      type: 'say',
      when: {
        entry: { type: 'enqueue', thread: 'CommitProcessor', queue: 'pendingRequests', ...CREATE },
      },
      look: 'server 2/CommitProcessor',
      text: {
        en: '`CommitProcessor` keeps the request in `pendingRequests` of its session. Whatever this session asks next waits behind it; other sessions do not. Meanwhile the `REQUEST` is on its way to the leader.',
        zh: '`CommitProcessor` 把请求留在这个会话的 `pendingRequests` 里。这个会话接下来的任何请求都排在它后面；别的会话不受影响。与此同时，`REQUEST` 正在去领导者的路上。',
      },
    },
    {
      type: 'say',
      when: { entry: { type: 'enqueue', thread: 'QuorumPeer', queue: 'pendingTxns', ...CREATE } },
      look: 'server 2/SyncRequestProcessor',
      text: {
        en: 'The leader’s `PROPOSAL` came in on the lower line. The follower notes it in `pendingTxns`, the memo of what may be committed next, and gives it to `SyncRequestProcessor`, which writes it to the log and forces it to disk.',
        zh: '领导者的 `PROPOSAL` 从下面那条线进来。跟随者把它记进 `pendingTxns`，即“接下来可能提交什么”的备忘；同时交给 `SyncRequestProcessor` 写日志并刷盘。',
      },
    },
    {
      type: 'say',
      when: { entry: { type: 'ack', thread: 'SendAckRequestProcessor', ...CREATE } },
      look: 'server 2/SendAckRequestProcessor',
      text: {
        en: 'It is on disk, so `SendAckRequestProcessor` sends the `ACK`. This is the follower’s vote, and all that it says is: I will not lose it.',
        zh: '已经落盘，`SendAckRequestProcessor` 这才发出 `ACK`。这就是跟随者的一票，它的意思只有一句：我不会弄丢它。',
      },
    },
    {
      type: 'say',
      when: { entry: { type: 'result', process: 'client a', op: 'create', path: '/a', err: 'OK' } },
      look: 'server 2/FinalRequestProcessor',
      text: {
        en: 'The `COMMIT` matched the head of `pendingTxns`, the `CommitProcessor` let the request go, and `FinalRequestProcessor` put `/a` into the tree and answered. Next, client `a` will write `/b`, with `SyncRequestProcessor` of server 2 standing still.',
        zh: '`COMMIT` 与 `pendingTxns` 的队头对上，`CommitProcessor` 放行请求，`FinalRequestProcessor` 把 `/a` 放进树里并应答。接下来客户端 `a` 要写 `/b`，而服务器 2 的 `SyncRequestProcessor` 停住不动。',
      },
    },
    {
      type: 'predict',
      question: {
        en: 'Server 2 cannot log `/b`, and so does not acknowledge it. Does its client `a` get an answer?',
        zh: '服务器 2 记不了 `/b`，也就不会确认。它的客户端 `a` 能得到应答吗？',
      },
      choices: [
        {
          text: {
            en: 'No: server 2 must log it before it applies it.',
            zh: '不能：服务器 2 必须先记日志才能应用。',
          },
          because: {
            en: 'The two lines do not wait for each other. Only the `ACK` has to wait for the disk.',
            zh: '两条线互不等待。要等磁盘的只有 `ACK`。',
          },
        },
        {
          text: {
            en: 'Yes: servers 1 and 3 commit it, and server 2 applies it.',
            zh: '能：服务器 1 和 3 提交它，服务器 2 照样应用。',
          },
          isRight: true,
          because: {
            en: 'When the `COMMIT` comes, a majority has it on disk. That is enough to apply it here.',
            zh: '`COMMIT` 到来时，过半的服务器已经落盘。这就足够在这里应用了。',
          },
        },
        {
          text: { en: 'Yes, but from the leader.', zh: '能，但由领导者来应答。' },
          because: {
            en: 'The leader has no connection to client `a`. The answer comes from where the request came in.',
            zh: '领导者与客户端 `a` 之间没有连接。请求从哪里进来，就从哪里应答。',
          },
        },
      ],
    },
    {
      type: 'goal',
      text: {
        en: 'Freeze `SyncRequestProcessor` of server 2.',
        zh: '冻结服务器 2 的 `SyncRequestProcessor`。',
      },
      hint: {
        en: 'Point at the ring *Sync* of server 2 and press *freeze*, or type `freeze 2 SyncRequestProcessor` at a console.',
        zh: '把指针移到服务器 2 的圆环 *Sync*，点*冻结*；或在控制台输入 `freeze 2 SyncRequestProcessor`。',
      },
      done: { frame: 'processes.2.sections.SyncRequestProcessor.frozen', is: true },
      solution: ['freeze 2 SyncRequestProcessor'],
    },
    { type: 'order', commands: ['zk a create /b x'] },
    {
      type: 'say',
      when: { entry: { type: 'result', process: 'client a', err: 'OK', ...CREATE_B } },
      look: 'server 2',
      text: {
        en: '`/b` is in the tree of server 2 and client `a` has its answer, while the same transaction still waits for the disk of server 2. Nothing is in danger: servers 1 and 3 have it. But if server 2 crashed now, it would have to get `/b` from the leader again.',
        zh: '`/b` 已在服务器 2 的树里，客户端 `a` 也得到了应答，而同一个事务还在等服务器 2 的磁盘。没有危险：服务器 1 和 3 都有它。不过，如果服务器 2 此刻崩溃，重启后得向领导者重新要 `/b`。',
      },
    },
  ],
  outcome: [
    {
      text: {
        en: 'Server 2 applied and answered `/b` without having logged it.',
        zh: '服务器 2 没有记下 `/b` 的日志，却已应用并应答。',
      },
      that: {
        all: [
          { znode: '/b', server: '2', data: 'x' },
          { entry: { type: 'reply', process: '2', err: 'OK', ...CREATE_B } },
          { not: { entry: { type: 'append', process: '2', ...CREATE_B } } },
          { not: { entry: { type: 'ack', process: '2', ...CREATE_B } } },
        ],
      },
    },
    {
      text: {
        en: 'Only the leader proposed anything.',
        zh: '提议只由领导者发出。',
      },
      that: {
        all: [
          { entry: { type: 'propose', process: '3', ...CREATE_B } },
          { not: { entry: { type: 'propose', process: '2' } } },
        ],
      },
    },
  ],
  sandbox: {
    en: 'Crash server 2 now and restart it: client `a` goes elsewhere, and the leader brings `/b` back to server 2. Or thaw the ring and see the late `ACK`.',
    zh: '现在让服务器 2 崩溃再重启：客户端 `a` 会转到别处，领导者会把 `/b` 补给服务器 2。或者解冻圆环，看那个迟到的 `ACK`。',
  },
};
