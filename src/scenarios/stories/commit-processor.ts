/** The CommitProcessor of one server: a session is a queue, sessions do not wait for one another. */
import type { Scenario } from '../scenario';

const GET = { op: 'getData', path: '/x' } as const;

export const commitProcessor: Scenario = {
  id: 'commit-processor',
  chapter: 'flows',
  view: 'ensemble',
  title: { en: 'Several sessions in the CommitProcessor', zh: 'CommitProcessor 里的多个会话' },
  question: {
    en: 'I send reads and writes without waiting. What waits for what?',
    zh: '读写请求一口气发出去，不等应答。究竟谁要等谁？',
  },
  world: {
    ensembles: [[1, 2, 3]],
    clients: [
      { letter: 'a', hosts: [2] },
      { letter: 'b', hosts: [2] },
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
      look: 'server 2/CommitProcessor',
      text: {
        en: 'Clients `a` and `b` are both connected to the follower 2. Client `a` is going to send seven requests at once: create, get, get, get, delete, create, get, all of `/x`. We freeze `PrepRequestProcessor` of the leader, so that no commit comes meanwhile.',
        zh: '客户端 `a` 和 `b` 都连着跟随者 2。`a` 要一口气发出七个请求：create、get、get、get、delete、create、get，都针对 `/x`。我们先冻结领导者的 `PrepRequestProcessor`，让提交暂时不来。',
      },
    },
    {
      type: 'order',
      commands: [
        'freeze 3 PrepRequestProcessor',
        'zk a create /x 1; get /x; get /x; get /x; delete /x; create /x 2; get /x',
      ],
    },
    {
      type: 'say',
      when: {
        all: [
          { frame: 'processes.2.sections.CommitProcessor.pendingRequests.0.items', count: 7 },
          { frame: 'processes.2.sections.CommitProcessor.queues.1.items', count: 3 },
        ],
      },
      look: 'server 2/CommitProcessor',
      text: {
        en: 'All seven stand in `pendingRequests` of session `a`. The first one is a write, and until it is committed nobody knows what a get behind it should see. The three writes stand in `queuedWriteRequests` as well: that is the order in which their commits must come back.',
        zh: '七个请求都排在会话 `a` 的 `pendingRequests` 里。第一个是写，它没提交之前，谁也不知道后面的 get 该看到什么。三个写同时也排在 `queuedWriteRequests` 里：它们的提交必须按这个次序回来。',
      },
    },
    {
      type: 'predict',
      question: {
        en: 'Client `b`, at the same server, asks for a read now. When is it answered?',
        zh: '同一台服务器上的客户端 `b` 现在发一个读。它什么时候得到应答？',
      },
      choices: [
        {
          text: { en: 'Behind the seven of `a`.', zh: '排在 `a` 的七个之后。' },
          because: {
            en: 'The order that is kept is that of one session. There is no order between reads of one session and writes of another.',
            zh: '要保持的是同一个会话内的次序。一个会话的读与另一个会话的写之间，没有先后之约。',
          },
        },
        {
          text: { en: 'At once.', zh: '立刻。' },
          isRight: true,
          because: {
            en: 'Session `b` has no write under way, so its read goes straight to a worker.',
            zh: '会话 `b` 没有进行中的写，它的读直接交给工作线程。',
          },
        },
        {
          text: { en: 'When the leader works again.', zh: '等领导者恢复工作。' },
          because: {
            en: 'The leader has no part in a read at a follower.',
            zh: '跟随者上的读与领导者无关。',
          },
        },
      ],
    },
    {
      type: 'goal',
      text: { en: 'Read something as client `b`.', zh: '用客户端 `b` 读点什么。' },
      hint: {
        en: 'Choose `b` at the console and type `ls /`. If the run stands still then, press the space bar.',
        zh: '在控制台选 `b`，输入 `ls /`。若画面停着，按空格键继续。',
      },
      done: { entry: { type: 'result', process: 'client b' } },
      solution: ['zk b ls /'],
    },
    {
      type: 'say',
      look: 'server 2/CommitProcessor',
      text: {
        en: 'Client `b` has its answer; session `a` stands where it stood. Even a ping of `a` would have to queue up behind its write. Now the leader is going to work again.',
        zh: '客户端 `b` 已得到应答；会话 `a` 原地不动。就连 `a` 的 ping 也得排在它的写后面。现在让领导者恢复工作。',
      },
    },
    {
      type: 'predict',
      question: {
        en: 'Behind the first create came three gets, then a delete. What will the three gets show?',
        zh: '第一个 create 之后是三个 get，再后面是 delete。这三个 get 会读到什么？',
      },
      choices: [
        {
          text: { en: '`1` each time.', zh: '三次都是 `1`。' },
          isRight: true,
          because: {
            en: 'They come out behind the create and before the delete, exactly as they were sent.',
            zh: '它们在 create 之后、delete 之前出来，与发送次序完全一致。',
          },
        },
        {
          text: {
            en: 'Perhaps `1`, perhaps no node: the delete may be faster.',
            zh: '可能是 `1`，也可能节点已不存在：delete 也许更快。',
          },
          because: {
            en: 'The delete of this session cannot be applied here while a get before it waits or runs.',
            zh: '这个会话的 delete 前面只要还有 get 在等或在执行，就不会在这里应用。',
          },
        },
        {
          text: { en: '`2`: the newest value.', zh: '`2`：最新的值。' },
          because: {
            en: 'The value `2` comes with the second create, and that one is behind them.',
            zh: '`2` 要等第二个 create，而它排在后面。',
          },
        },
      ],
    },
    { type: 'order', commands: ['thaw 3 PrepRequestProcessor'] },
    {
      type: 'say',
      when: { entry: { type: 'enqueue', thread: 'CommitProcWorkThread-0', process: '2', ...GET } },
      look: 'server 2/CommitProcessor',
      text: {
        en: 'The `COMMIT` of the first create came and was matched with the head of `queuedWriteRequests`; `/x` was applied and answered. Now the three gets are let go, to the worker of this session. The delete is a write: it stays, and the rest behind it.',
        zh: '第一个 create 的 `COMMIT` 到了，与 `queuedWriteRequests` 的队头对上；`/x` 已应用并应答。三个 get 现在被放行，交给这个会话的工作线程。delete 是写，它留下，后面的也留下。',
      },
    },
    {
      type: 'say',
      when: { entry: { type: 'apply', process: '2', op: 'delete', path: '/x' } },
      look: 'server 2/CommitProcessor',
      text: {
        en: 'The gets are through: a write is only applied when no read is running in a worker. Then the `COMMIT` of the delete was matched, and `/x` is gone from this tree. The `COMMIT` of the second create has come as well: that one is next.',
        zh: '三个 get 都已完成：没有读在工作线程里执行时，写才会被应用。随后 delete 的 `COMMIT` 对上了队头，`/x` 从这棵树里消失。第二个 create 的 `COMMIT` 也已到达，下一个就是它。',
      },
    },
    {
      type: 'say',
      when: { entry: { type: 'result', process: 'client a', err: 'OK', ...GET } },
      look: 'client a',
      text: {
        en: 'The last get shows `2`. Seven requests were under way at once, and `a` got the answers as if it had waited after each. Writes of all sessions are applied one by one, in the order of their `zxid`s; reads of other sessions run in between.',
        zh: '最后一个 get 读到 `2`。七个请求同时在途，`a` 得到的应答却和逐个等待一样。所有会话的写按 `zxid` 的次序一个一个应用；其他会话的读穿插其间。',
      },
    },
  ],
  outcome: [
    {
      text: {
        en: 'Client `a` read `1` three times and then `2`.',
        zh: '客户端 `a` 读到三次 `1`，然后是 `2`。',
      },
      that: {
        all: [
          { entry: { type: 'result', process: 'client a', err: 'OK', ...GET }, times: 4 },
          { not: { entry: { type: 'result', process: 'client a', err: 'NONODE' } } },
          { frame: 'processes.client a.sections.console.lines.*.text', is: '1' },
          { frame: 'processes.client a.sections.console.lines.*.text', is: '2' },
          { znode: '/x', server: '2', data: '2' },
        ],
      },
    },
    {
      text: {
        en: 'Nobody waits in the `CommitProcessor` of server 2 any more.',
        zh: '服务器 2 的 `CommitProcessor` 里已没有人在等。',
      },
      that: {
        all: [
          { frame: 'processes.2.sections.CommitProcessor.pendingRequests', count: 0 },
          { frame: 'processes.2.sections.CommitProcessor.queues.1.items', count: 0 },
        ],
      },
    },
  ],
  sandbox: {
    en: 'Freeze `PrepRequestProcessor` of server 3 again and let both clients write: each session waits for its own write. Whose is answered first when you thaw it?',
    zh: '再冻结服务器 3 的 `PrepRequestProcessor`，让两个客户端都写：各自等自己的写。解冻之后，谁先得到应答？',
  },
};
