/** What each processor of the leader is for, along one write; and that the leader's own disk is one vote of several. */
import type { Scenario } from '../scenario';

const CREATE = { process: '3', op: 'create', path: '/a' } as const;

export const processorsOfTheLeader: Scenario = {
  id: 'processors-of-the-leader',
  chapter: 'flows',
  view: 'ensemble',
  title: { en: 'The processors of the leader', zh: '领导者的处理链' },
  question: {
    en: 'What is each processor of the leader for?',
    zh: '领导者 leader 的每个处理器各管什么？',
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
        en: 'Server 3 leads. A request goes along its upper line from left to right; a big ring is a thread with a queue of its own, a small stop is a function that the thread before it calls. Client `b` is connected here and is about to create `/a`.',
        zh: '服务器 3 是领导者。请求沿上面那条线从左到右走：大圆环是线程，有自己的队列；小圆点是函数，由前面的线程直接调用。客户端 `b` 连在这里，马上要创建 `/a`。',
      },
    },
    { type: 'order', commands: ['zk b create /a hello'] },
    {
      type: 'say',
      when: {
        entry: {
          type: 'enqueue',
          thread: 'PrepRequestProcessor',
          queue: 'submittedRequests',
          ...CREATE,
        },
      },
      look: 'server 3/LeaderRequestProcessor',
      text: {
        en: '`LeaderRequestProcessor` is the entrance for the leader’s *own* clients; it matters for local sessions, else it only passes on. Requests that followers send here enter behind it. The next queue is that of `PrepRequestProcessor`, and the order in this queue becomes the order of all writes.',
        zh: '`LeaderRequestProcessor` 是领导者*自己的*客户端的入口；只有用到本地会话（local session）时它才做事，否则只是传下去。跟随者转来的请求绕过它，从它后面进入。下一个队列属于 `PrepRequestProcessor`，这个队列里的先后，就是所有写操作的先后。',
      },
    },
    {
      type: 'say',
      when: { entry: { type: 'call', name: 'ProposalRequestProcessor', ...CREATE } },
      look: 'server 3/PrepRequestProcessor',
      text: {
        en: '`PrepRequestProcessor` has checked the session and the request, against the tree *and* the writes still on their way. It gave it the next `zxid` and made a transaction of it: no longer what is wanted, but what will be. Then it called `ProposalRequestProcessor`, which first puts the request into the `CommitProcessor`, where it will wait.',
        zh: '`PrepRequestProcessor` 检查了会话和请求，依据的是树*加上*还在途中的写。它给请求分配下一个 `zxid`，并把请求变成事务：写的不再是“想要什么”，而是“结果是什么”。随后它调用 `ProposalRequestProcessor`，后者先把请求放进 `CommitProcessor` 等候。',
      },
    },
    {
      type: 'say',
      when: {
        entry: {
          type: 'enqueue',
          thread: 'SyncRequestProcessor',
          queue: 'queuedRequests',
          ...CREATE,
        },
      },
      look: 'server 3/ProposalRequestProcessor',
      text: {
        en: '`ProposalRequestProcessor` has done two more things: the write stands in `outstandingProposals` and a `PROPOSAL` goes to every follower; and a copy went down to `SyncRequestProcessor`, to the leader’s own log. A read gets none of this, only the way into the `CommitProcessor`.',
        zh: '`ProposalRequestProcessor` 又做了两件事：写请求记进 `outstandingProposals`，并向每个跟随者发 `PROPOSAL`；另一份往下交给 `SyncRequestProcessor`，写领导者自己的日志。读请求没有这些，只被送进 `CommitProcessor`。',
      },
    },
    {
      type: 'say',
      when: { entry: { type: 'ack', thread: 'AckRequestProcessor', ...CREATE } },
      look: 'server 3/AckRequestProcessor',
      text: {
        en: '`SyncRequestProcessor` appended the transaction and forced the log to disk. Only then `AckRequestProcessor` counts the leader’s own vote: see 3 marked in `outstandingProposals`. It is one vote of three, and no more than that.',
        zh: '`SyncRequestProcessor` 追加事务并刷盘之后，`AckRequestProcessor` 才把领导者自己的一票记上：看 `outstandingProposals` 里的 3。它只是三票中的一票，并不更重。',
      },
    },
    {
      type: 'say',
      when: { entry: { type: 'commit', ...CREATE } },
      look: 'server 3/CommitProcessor',
      text: {
        en: 'The first `ACK` of a follower made a majority, and the leader commits. The transaction has gone through `committedRequests` of the `CommitProcessor`. This one is the gatekeeper: it lets a waiting write go when its commit is there, and makes the reads of the same session wait behind it.',
        zh: '跟随者的第一个 `ACK` 凑成了过半，领导者提交。事务已经过 `CommitProcessor` 的 `committedRequests`。`CommitProcessor` 是守门人：提交到了，才放行等着的写；同一会话的读，要排在这个写后面等。',
      },
    },
    {
      type: 'say',
      when: { entry: { type: 'reply', err: 'OK', ...CREATE } },
      look: 'server 3/FinalRequestProcessor',
      text: {
        en: '`FinalRequestProcessor` put `/a` into the tree and answered client `b`. It was called by `ToBeAppliedRequestProcessor`, which keeps the list of what is committed but not yet applied: a follower that joins in that moment must get these too.',
        zh: '`FinalRequestProcessor` 把 `/a` 放进树里，并应答客户端 `b`。调用它的是 `ToBeAppliedRequestProcessor`，后者管着“已提交、未应用”的清单：此刻若有跟随者加入，这些也得补给它。',
      },
    },
    {
      type: 'predict',
      question: {
        en: 'Suppose `SyncRequestProcessor` of server 3 stands still: the leader logs nothing. Client `b` writes `/b`. What happens?',
        zh: '假如服务器 3 的 `SyncRequestProcessor` 停住，领导者什么也记不进日志。客户端 `b` 再写 `/b`，会怎样？',
      },
      choices: [
        {
          text: {
            en: 'It waits: the leader must have it first.',
            zh: '一直等：领导者必须先有。',
          },
          because: {
            en: 'No vote is compulsory. The leader counts itself like any other server, when its disk has it.',
            zh: '没有哪一票是必须的。领导者和别人一样，自己的磁盘记下了才算一票。',
          },
        },
        {
          text: {
            en: 'It is committed by the votes of 1 and 2.',
            zh: '凭 1 和 2 的两票提交。',
          },
          isRight: true,
          because: {
            en: 'Two of three is a majority, and the leader need not be one of the two.',
            zh: '三台中的两台就是过半，领导者不必在其中。',
          },
        },
        {
          text: {
            en: 'Server 3 gives up the lead.',
            zh: '服务器 3 放弃领导者身份。',
          },
          because: {
            en: 'A slow disk alone does not end a leadership. Its followers still answer its pings.',
            zh: '仅仅磁盘慢，不会让它下台。跟随者仍在应答它的 ping。',
          },
        },
      ],
    },
    {
      type: 'goal',
      text: {
        en: 'Freeze `SyncRequestProcessor` of server 3.',
        zh: '冻结服务器 3 的 `SyncRequestProcessor`。',
      },
      hint: {
        en: 'Point at the ring *Sync* on the lower line of server 3 and press *freeze*, or type `freeze 3 SyncRequestProcessor` at a console.',
        zh: '把指针移到服务器 3 下面那条线上的圆环 *Sync*，点*冻结*；或在控制台输入 `freeze 3 SyncRequestProcessor`。',
      },
      done: { frame: 'processes.3.sections.SyncRequestProcessor.frozen', is: true },
      solution: ['freeze 3 SyncRequestProcessor'],
    },
    { type: 'order', commands: ['zk b create /b x'] },
    {
      type: 'say',
      when: { entry: { type: 'result', process: 'client b', op: 'create', path: '/b', err: 'OK' } },
      look: 'server 3/SyncRequestProcessor',
      text: {
        en: '`/b` is committed, in the tree of the leader and answered, and yet it still waits here for the leader’s own disk. Two followers have it on theirs: that is what the promise needs.',
        zh: '`/b` 已提交，进了领导者的树，也应答了，可它还排在这里等着领导者自己的磁盘。两个跟随者的磁盘上已有它：承诺所需要的，就是这个。',
      },
    },
  ],
  outcome: [
    {
      text: {
        en: '`/b` was committed and answered without the leader’s own disk.',
        zh: '没有领导者自己的磁盘，`/b` 照样提交并应答。',
      },
      that: {
        all: [
          { znode: '/b', server: '3', data: 'x' },
          { entry: { type: 'commit', process: '3', op: 'create', path: '/b' } },
          { not: { entry: { type: 'append', process: '3', op: 'create', path: '/b' } } },
        ],
      },
    },
    {
      text: {
        en: 'The leader’s own vote for `/a` came after its disk had it.',
        zh: '领导者为 `/a` 投的票，在自己刷盘之后才记上。',
      },
      that: {
        all: [
          { entry: { type: 'append', ...CREATE } },
          { entry: { type: 'ack', thread: 'AckRequestProcessor', sid: 3, ...CREATE } },
        ],
      },
    },
  ],
  sandbox: {
    en: 'Thaw `SyncRequestProcessor` (`thaw 3 SyncRequestProcessor`) and see the late vote come to nothing. Or freeze another ring: which one stops reads as well?',
    zh: '解冻 `SyncRequestProcessor`（`thaw 3 SyncRequestProcessor`），看那张迟到的票不再有用处。或者冻结别的圆环：哪一个会连读也停下？',
  },
};
