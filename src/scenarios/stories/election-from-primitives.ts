/** There is no command "elect": an ephemeral znode, the order of writes and a watch make an election. */
import type { Condition } from '../../bridge/condition';
import type { Scenario } from '../scenario';

const MASTER = { op: 'create', path: '/master' } as const;

function connected(...letters: string[]): Condition[] {
  return letters.map((letter) => ({
    frame: `processes.client ${letter}.sections.client.state`,
    is: 'CONNECTED',
  }));
}

function printed(letter: string, text: string): Condition {
  return { frame: `processes.client ${letter}.sections.console.lines.*.text`, has: text };
}

export const electionFromPrimitives: Scenario = {
  id: 'election-from-primitives',
  chapter: 'elections',
  view: 'ensemble',
  title: { en: 'An election made of primitives', zh: '用原语拼出一次选举' },
  question: {
    en: 'ZooKeeper has no command for choosing a master. How do programs choose one with it?',
    zh: 'ZooKeeper 没有“选主”命令。程序怎样用它选出一个主节点？',
  },
  world: {
    ensembles: [[1, 2, 3]],
    clients: [
      { letter: 'a', hosts: [1], timeoutMs: 6000 },
      { letter: 'b', hosts: [2], timeoutMs: 6000 },
      { letter: 'c', hosts: [3], timeoutMs: 6000 },
    ],
    opening: { all: [...connected('a', 'b', 'c'), { quiet: true }] },
  },
  steps: [
    {
      type: 'say',
      look: 'client a',
      text: {
        en: 'Clients `a`, `b` and `c`, one at each server, want exactly one of them to be the master. ZooKeeper has no command for that. It has *primitives*: small things that always keep their promise. A znode of a given name exists once; an *ephemeral* one lives as long as the session that made it.',
        zh: '客户端 `a`、`b`、`c` 各连一台服务器，要从中产生恰好一个主节点 master。ZooKeeper 没有这样的命令，它有的是*原语 primitive*：小而说到做到的东西。同名的 znode 只能有一个；*临时节点*只和创建它的会话 session 活得一样久。',
      },
    },
    {
      type: 'predict',
      question: {
        en: 'All three now send `create -e /master` at the same moment. How many succeed?',
        zh: '三个客户端现在同时发出 `create -e /master`。有几个会成功？',
      },
      choices: [
        {
          text: {
            en: 'Three: each at its own server.',
            zh: '三个：各在各的服务器上。',
          },
          because: {
            en: 'A write is not carried out at the server that receives it. All three meet at the leader.',
            zh: '写不是在收到它的那台服务器上执行的。三个请求都会到领导者 leader 那里碰头。',
          },
        },
        {
          text: { en: 'Exactly one.', zh: '恰好一个。' },
          isRight: true,
          because: {
            en: 'The leader puts all writes into one order. The first creates the znode; the others come after it and find it there.',
            zh: '领导者把所有写排成一个顺序。第一个创建了节点，后面的来时它已经在了。',
          },
        },
        {
          text: {
            en: 'None, if they collide.',
            zh: '要是撞在一起，一个也没有。',
          },
          because: {
            en: 'Writes do not collide: there is an order even where there is no time between them.',
            zh: '写不会相撞：哪怕时间上毫无先后，顺序总有先后。',
          },
        },
      ],
    },
    {
      type: 'order',
      commands: [
        'zk a create -e /master a',
        'zk b create -e /master b',
        'zk c create -e /master c',
      ],
    },
    {
      type: 'say',
      when: {
        all: [
          { entry: { type: 'result', process: 'client a', err: 'NODEEXISTS', ...MASTER } },
          { entry: { type: 'result', process: 'client b', err: 'NODEEXISTS', ...MASTER } },
          { entry: { type: 'result', process: 'client c', err: 'OK', ...MASTER } },
        ],
      },
      look: 'client c',
      text: {
        en: 'Client `c` won: it is connected to the leader, and its request had the shortest way. The two others were told `Node already exists`. None of the three has spoken with another. Yet each knows where it stands: there is a master, and who it is can be read in `/master`.',
        zh: '`c` 赢了：它连着领导者，请求走的路最短。另外两个得到的是 `Node already exists`。三者之间没有说过一句话，却各自清楚：已经有主节点了，是谁，读 `/master` 便知。',
      },
    },
    { type: 'order', commands: ['zk a stat -w /master', 'zk b stat -w /master'] },
    {
      type: 'say',
      when: {
        all: [
          { entry: { type: 'result', process: 'client a', op: 'exists', path: '/master' } },
          { entry: { type: 'result', process: 'client b', op: 'exists', path: '/master' } },
        ],
      },
      look: 'server 1/tree',
      text: {
        en: 'The losers do not ask again and again. With `stat -w` each has left a *watch* on `/master` at its own server: a bell that will ring once. In the answer `ephemeralOwner` is the session of `c`. That is all there is to an election; now to its second half.',
        zh: '落选者不必反复去问。它们用 `stat -w` 各在自己的服务器上给 `/master` 留了一个*监视 watch*，只响一次的铃。应答里的 `ephemeralOwner` 就是 `c` 的会话。选举的前一半就这些，再看后一半。',
      },
    },
    {
      type: 'predict',
      question: {
        en: 'Client `c` is going to crash without a word. When do `a` and `b` learn of it?',
        zh: '客户端 `c` 将不声不响地崩溃。`a` 和 `b` 什么时候知道？',
      },
      choices: [
        {
          text: {
            en: 'At once: server 3 sees the broken connection.',
            zh: '立刻：服务器 3 会发现连接断了。',
          },
          because: {
            en: 'A broken connection is not the end of a session: `c` might come back by another one. Only its time-out ends it.',
            zh: '连接断了不等于会话结束：`c` 可能换条连接回来。只有超时才会结束会话。',
          },
        },
        {
          text: {
            en: 'When its session has expired.',
            zh: '等它的会话过期之后。',
          },
          isRight: true,
          because: {
            en: 'The leader hears nothing for the time of the session, ends it by a write, and with it goes `/master`.',
            zh: '领导者在会话时限内一直听不到它，就用一次写结束会话，`/master` 也随之消失。',
          },
        },
        {
          text: { en: 'When they ask for it next.', zh: '下次去问的时候。' },
          because: {
            en: 'They need not ask. That is what they left a watch for.',
            zh: '不需要去问。留下 watch 就是为了这个。',
          },
        },
      ],
    },
    {
      type: 'goal',
      text: { en: 'Crash client `c`.', zh: '让客户端 `c` 崩溃。' },
      hint: {
        en: 'Type `crash client c` at the console of `a` or `b`.',
        zh: '在 `a` 或 `b` 的控制台输入 `crash client c`。',
      },
      done: { frame: 'processes.client c.status', is: 'down' },
      solution: ['crash client c'],
    },
    {
      type: 'say',
      pace: 'skip',
      when: { entry: { type: 'propose', process: '3', op: 'closeSession' } },
      look: 'server 3',
      text: {
        en: 'Seconds later the leader’s `SessionTracker` has found that the time of the session is over. To end it is a write, `closeSession`, that takes its place in the same order as all others. The znodes that it deletes are named in it.',
        zh: '几秒之后，领导者的 `SessionTracker` 发现这个会话的时间到了。结束会话也是一次写，叫 `closeSession`，和其他写排在同一个顺序里。要删除哪些节点，写在它里面。',
      },
    },
    {
      type: 'say',
      when: {
        all: [
          printed('a', 'type:NodeDeleted path:/master'),
          printed('b', 'type:NodeDeleted path:/master'),
        ],
      },
      look: 'client b',
      text: {
        en: 'Servers 1 and 2 deleted `/master` when they applied it, and both bells rang: `NodeDeleted`. The watches are used up. The event says that the place is free, not who takes it: that is a new race.',
        zh: '服务器 1 和 2 应用它时删除了 `/master`，两个铃都响了：`NodeDeleted`。watch 就此用掉。这个事件只说位子空了，不说由谁接：接下来是新一轮竞争。',
      },
    },
    {
      type: 'goal',
      text: { en: 'Let `b` become the master.', zh: '让 `b` 成为主节点。' },
      hint: {
        en: 'Type `create -e /master b` at the console of client `b`.',
        zh: '在客户端 `b` 的控制台输入 `create -e /master b`。',
      },
      done: { znode: '/master', server: '2', owner: 'b' },
      solution: ['zk b create -e /master b'],
    },
    { type: 'order', commands: ['zk a create -e /master a'] },
    {
      type: 'say',
      when: { entry: { type: 'result', process: 'client a', err: 'NODEEXISTS', ...MASTER } },
      look: 'client a',
      text: {
        en: '`b` was quicker, `a` comes too late again and would set its watch anew. So the order of writes chooses one, the ephemeral znode ties the office to a life, and the watch wakes the others. Locks, membership and queues are built of the same parts.',
        zh: '`b` 抢先了，`a` 又晚一步，它该再设一次 watch。写的顺序选出一个，临时节点把这个位子和一个会话的生死绑在一起，watch 叫醒其余的。锁、成员管理、队列，也都是用这几样拼出来的。',
      },
    },
  ],
  outcome: [
    {
      text: {
        en: 'Five attempts, two masters, never two at once.',
        zh: '五次尝试，先后两个主节点，从未同时有两个。',
      },
      that: {
        all: [
          { entry: { type: 'result', err: 'OK', ...MASTER }, times: 2 },
          { not: { entry: { type: 'result', err: 'OK', ...MASTER }, times: 3 } },
          { entry: { type: 'result', err: 'NODEEXISTS', ...MASTER }, times: 3 },
        ],
      },
    },
    {
      text: {
        en: 'On every server `/master` belongs to the session of `b`.',
        zh: '在每台服务器上，`/master` 都属于 `b` 的会话。',
      },
      that: {
        all: ['1', '2', '3'].map((server) => ({ znode: '/master', server, owner: 'b' })),
      },
    },
  ],
  sandbox: {
    en: 'Let `a` watch again (`stat -w /master`) and end `b` politely with `close`: how long does it take now? Then think of a thousand clients that all watch one znode.',
    zh: '让 `a` 再设一次监视（`stat -w /master`），再用 `close` 让 `b` 正常退出：这回要多久？再想一想，要是一千个客户端都盯着同一个节点呢。',
  },
};
