/** A write at the leader: three disks at once, two of three are enough, and the client hears of it before the followers apply it. */
import type { Scenario } from '../scenario';

const CREATE = { op: 'create', path: '/a' } as const;
const CREATE_B = { op: 'create', path: '/b' } as const;

export const writeAtLeader: Scenario = {
  id: 'write-at-leader',
  chapter: 'flows',
  view: 'ensemble',
  title: { en: 'A write at the leader', zh: '领导者上的一次写操作' },
  question: {
    en: 'What does the leader wait for before it tells my client that a write is done?',
    zh: '领导者 leader 等到什么时候，才告诉客户端“写好了”？',
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
      look: 'server 3',
      text: {
        en: 'Server 3 leads, servers 1 and 2 follow. Client `b` is connected to the leader and is about to create `/a`.',
        zh: '服务器 3 是领导者，1 和 2 是跟随者 follower。客户端 `b` 连着领导者，马上要创建 `/a`。',
      },
    },
    { type: 'order', commands: ['zk b create /a hello'] },
    {
      type: 'say',
      when: { entry: { type: 'propose', process: '3', ...CREATE } },
      look: 'server 3/outstandingProposals',
      text: {
        en: 'The request has its `zxid` and a row in `outstandingProposals`. The three circles are the voters; none has it on disk yet, not even the leader. Its `PROPOSAL`s are about to leave.',
        zh: '请求拿到了 `zxid`，并在 `outstandingProposals` 里占了一行。三个圆圈代表三个投票者，谁的磁盘上都还没有它，领导者也不例外。`PROPOSAL` 即将发出。',
      },
    },
    {
      type: 'say',
      when: {
        all: [
          { entry: { type: 'append', process: '1', ...CREATE } },
          { entry: { type: 'append', process: '2', ...CREATE } },
          { entry: { type: 'append', process: '3', ...CREATE } },
        ],
      },
      look: 'server 3/SyncRequestProcessor',
      text: {
        en: 'Now three disks work at the same time: each `SyncRequestProcessor` has appended the transaction and waits until the log is forced. A slow disk does not hold up the others.',
        zh: '现在三块磁盘同时在工作：每台的 `SyncRequestProcessor` 都已追加事务，正等着日志刷盘（fsync）。某一块慢，不会拖住别的。',
      },
    },
    {
      type: 'say',
      when: { entry: { type: 'ack', process: '3', thread: 'AckRequestProcessor', ...CREATE } },
      look: 'server 3/outstandingProposals',
      text: {
        en: 'The leader’s own disk is ready, so it counts itself: one of three. It began first and has no network in between, but one is not a majority.',
        zh: '领导者自己的磁盘先好了，于是给自己记上三票中的第一票。它开始得最早，中间也没有网络，但一票不是过半。',
      },
    },
    {
      type: 'say',
      when: { entry: { type: 'commit', process: '3', ...CREATE } },
      look: 'server 3/outstandingProposals',
      text: {
        en: 'The first `ACK` of a follower has come: two of three. In this very step the leader commits. Its row, marked as committed, is on its way out of the ledger, `COMMIT`s are about to leave, and the transaction has gone through `committedRequests`.',
        zh: '第一个跟随者的 `ACK` 到了：三票中已有两票。就在这一步，领导者提交。这一行标为已提交，就要离开账本；`COMMIT` 即将发出；事务已经过 `committedRequests`。',
      },
    },
    {
      type: 'say',
      when: { entry: { type: 'result', process: 'client b', err: 'OK', ...CREATE } },
      look: 'client b',
      text: {
        en: 'Client `b` has its answer. Compare the trees: `/a` is in that of server 3, and not yet in those of servers 1 and 2, where the `COMMIT` has just come in. What was promised is that a majority has it *on disk*, not that everybody shows it.',
        zh: '客户端 `b` 得到了应答。比一比三棵树：服务器 3 的树里有 `/a`，1 和 2 的树里还没有，`COMMIT` 刚刚送到。承诺的是过半的服务器*磁盘上*有它，而不是人人都已看得见。',
      },
    },
    {
      type: 'predict',
      question: {
        en: 'The disks of both followers stand still; that of the leader is healthy. Client `b` creates `/b` at the leader. What happens?',
        zh: '两个跟随者的磁盘都停住，领导者的磁盘正常。客户端 `b` 在领导者上创建 `/b`，会怎样？',
      },
      choices: [
        {
          text: {
            en: 'It is done: the leader has it safe.',
            zh: '成功：领导者已经存好了。',
          },
          because: {
            en: 'If the leader crashed then, the other two would go on without `/b`. So one disk is not enough for an answer.',
            zh: '如果领导者这时崩溃，另外两台会在没有 `/b` 的情况下继续。所以只有一块磁盘，不能应答。',
          },
        },
        {
          text: {
            en: 'It waits, until one of the two disks goes on.',
            zh: '一直等，直到那两块磁盘有一块恢复。',
          },
          isRight: true,
          because: {
            en: 'One of three is no majority. One more vote is all that is missing.',
            zh: '三票中的一票不是过半。只差一票。',
          },
        },
        {
          text: {
            en: 'It waits, until both disks go on.',
            zh: '一直等，直到两块磁盘都恢复。',
          },
          because: {
            en: 'Two of three is a majority. The last disk is nobody’s concern.',
            zh: '三票中的两票就过半。最后那块磁盘，没有人在等。',
          },
        },
      ],
    },
    {
      type: 'order',
      commands: [
        'freeze 1 SyncRequestProcessor',
        'freeze 2 SyncRequestProcessor',
        'zk b create /b x',
      ],
    },
    {
      type: 'say',
      when: { entry: { type: 'ack', process: '3', thread: 'AckRequestProcessor', ...CREATE_B } },
      look: 'server 3/outstandingProposals',
      text: {
        en: 'The leader has logged `/b` and counts one of three. Both followers have the `PROPOSAL` in memory, before a `SyncRequestProcessor` that does not work. Memory gives no vote. Client `b` waits, and would wait on.',
        zh: '领导者记下了 `/b`，三票里算一票。两个跟随者的内存里都有这个 `PROPOSAL`，排在停住的 `SyncRequestProcessor` 前面。在内存里不算票。客户端 `b` 等着，还会一直等下去。',
      },
    },
    {
      type: 'goal',
      text: {
        en: 'Let one of the two followers write its log again.',
        zh: '让两个跟随者中的一个重新开始写日志。',
      },
      hint: {
        en: 'Press *thaw* at the ring *Sync* of server 1 or 2, or type `thaw 1 SyncRequestProcessor` at a console.',
        zh: '点服务器 1 或 2 的圆环 *Sync* 处的*解冻*，或在控制台输入 `thaw 1 SyncRequestProcessor`。',
      },
      done: {
        any: [
          { frame: 'processes.1.sections.SyncRequestProcessor.frozen', is: false },
          { frame: 'processes.2.sections.SyncRequestProcessor.frozen', is: false },
        ],
      },
      solution: ['thaw 1 SyncRequestProcessor'],
    },
    {
      type: 'say',
      when: { entry: { type: 'result', process: 'client b', err: 'OK', ...CREATE_B } },
      look: 'client b',
      text: {
        en: 'One more disk, one more `ACK`, and `/b` was committed and answered. The other follower has not logged it even now. A write waits for the fastest majority of the disks, and is as fast as the slowest disk *in that majority*.',
        zh: '多了一块磁盘，多了一个 `ACK`，`/b` 就提交并应答了。另一个跟随者到现在还没有记日志。写等的是最快的那过半磁盘，快慢由*其中*最慢的一块决定。',
      },
    },
  ],
  outcome: [
    {
      text: {
        en: 'Both writes were answered by the leader.',
        zh: '两次写都由领导者应答。',
      },
      that: {
        all: [
          { entry: { type: 'reply', process: '3', err: 'OK', ...CREATE } },
          { entry: { type: 'reply', process: '3', err: 'OK', ...CREATE_B } },
          { znode: '/b', server: '3', data: 'x' },
        ],
      },
    },
    {
      text: {
        en: '`/b` was committed by the disks of the leader and one follower.',
        zh: '`/b` 凭领导者和一个跟随者的磁盘提交。',
      },
      that: {
        all: [
          { entry: { type: 'commit', process: '3', ...CREATE_B } },
          { entry: { type: 'ack', process: '3', ...CREATE_B } },
          {
            not: {
              all: [
                { entry: { type: 'ack', process: '1', ...CREATE_B } },
                { entry: { type: 'ack', process: '2', ...CREATE_B } },
              ],
            },
          },
        ],
      },
    },
  ],
  sandbox: {
    en: 'Pause both followers, write once more and crash the leader; then let the followers go on: do they know of that write?',
    zh: '暂停两个跟随者，再写一次，然后让领导者崩溃；再让跟随者继续：它们知道这次写吗？',
  },
};
