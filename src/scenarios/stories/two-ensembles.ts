/** A second server that shares nothing with the first is a second ensemble, not a copy. */
import type { Scenario } from '../scenario';

const CREATE = { op: 'create', path: '/a' } as const;

export const twoEnsembles: Scenario = {
  id: 'two-ensembles',
  chapter: 'servers',
  view: 'ensemble',
  title: { en: 'Two servers that share nothing', zh: '互不共享的两台服务器' },
  question: {
    en: 'I start a second server beside the first. Is that a copy of my data?',
    zh: '在第一台旁边再启动一台服务器，数据就有了副本吗？',
  },
  world: {
    ensembles: [[1], [2]],
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
        en: 'A second server runs beside the first, but the configuration of neither names the other. So these are two ensembles of one server each; no line joins them. Client `a` is connected to server 1, client `b` to server 2. First `a` creates `/a`.',
        zh: '第一台旁边又运行了一台，但两台的配置里都没有对方。所以这是两个集群，每个一台，中间没有任何连线。客户端 `a` 连着服务器 1，`b` 连着服务器 2。先由 `a` 创建 `/a`。',
      },
    },
    { type: 'order', commands: ['zk a create /a one'] },
    {
      type: 'say',
      when: { entry: { type: 'result', process: 'client a', err: 'OK', ...CREATE } },
      look: 'server 1',
      text: {
        en: 'Server 1 wrote the transaction to its disk, put `/a` into its tree and answered. One of one is a majority. Client `b` is going to ask for `/a` at server 2.',
        zh: '服务器 1 把事务写入自己的磁盘，把 `/a` 放进自己的树，然后应答。一台中的一台就是过半。接下来，客户端 `b` 要向服务器 2 读 `/a`。',
      },
    },
    {
      type: 'predict',
      question: {
        en: 'What does client `b` get from server 2?',
        zh: '客户端 `b` 从服务器 2 得到什么？',
      },
      choices: [
        {
          text: {
            en: '`one`: the server fetches it from server 1.',
            zh: '`one`：服务器 2 会去服务器 1 取。',
          },
          because: {
            en: 'A server answers a read from its own tree and asks nobody. And server 2 does not know that there is a server 1.',
            zh: '服务器用自己的树回答读请求，不去问别人。况且服务器 2 根本不知道有服务器 1。',
          },
        },
        {
          text: {
            en: 'Nothing yet, but `one` after a while.',
            zh: '现在没有，过一会儿就会读到 `one`。',
          },
          because: {
            en: 'Copies are made by `PROPOSAL`s of a leader to its followers. Nobody here follows anybody, so it never comes.',
            zh: '副本靠领导者把 `PROPOSAL` 发给跟随者来形成。这里谁也不跟随谁，所以永远不会来。',
          },
        },
        {
          text: {
            en: '`NoNode`, now and later.',
            zh: '`NoNode`，现在如此，以后也如此。',
          },
          isRight: true,
          because: {
            en: 'Two ensembles are two services that happen to run the same program.',
            zh: '两个集群就是两套服务，只不过运行的是同一个程序。',
          },
        },
      ],
    },
    { type: 'order', commands: ['zk b get /a'] },
    {
      type: 'say',
      when: {
        entry: {
          type: 'result',
          process: 'client b',
          op: 'getData',
          path: '/a',
          err: 'NONODE',
        },
      },
      look: 'client b',
      text: {
        en: 'There is no `/a` at server 2. Now let `b` create one there, with other data.',
        zh: '服务器 2 上没有 `/a`。现在让 `b` 在那里创建一个，数据与前面不同。',
      },
    },
    {
      type: 'goal',
      text: {
        en: 'Create `/a` with the data `two` as client `b`.',
        zh: '用客户端 `b` 创建 `/a`，数据写 `two`。',
      },
      hint: {
        en: 'Type `create /a two` at the console of client `b`. If the run stands still then, press the space bar.',
        zh: '在客户端 `b` 的控制台输入 `create /a two`。若画面停着，按空格键继续。',
      },
      done: { znode: '/a', server: '2', data: 'two' },
      solution: ['zk b create /a two'],
    },
    {
      type: 'say',
      when: { entry: { type: 'result', process: 'client b', err: 'OK', ...CREATE } },
      look: 'server 2',
      text: {
        en: 'It worked, and nobody complained that `/a` was there. Each server numbers its own transactions, so both creations have the *same* `zxid`, `0x2`, and mean different things. An order of writes is an order within one ensemble.',
        zh: '成功了，没有谁抱怨 `/a` 已存在。两台各自给自己的事务编号，于是两次创建的 `zxid` *相同*，都是 `0x2`，内容却不同。写操作的顺序只在一个集群之内成立。',
      },
    },
    { type: 'order', commands: ['client c 1,2'] },
    {
      type: 'say',
      when: { frame: 'processes.client c.sections.client.state', is: 'CONNECTED' },
      look: 'client c',
      text: {
        en: 'A careless person gave client `c` a list with both servers, as if they were one ensemble. It has got a session at server 2. Take that server away.',
        zh: '有人不小心，把两台服务器都写进客户端 `c` 的列表，好像它们是一个集群。`c` 在服务器 2 上得到了会话。请把这台服务器撤走。',
      },
    },
    {
      type: 'goal',
      text: { en: 'Crash server 2.', zh: '让服务器 2 崩溃。' },
      hint: {
        en: 'Press *Crash* on the card of server 2, or type `crash 2` at a console.',
        zh: '点服务器 2 卡片上的*崩溃*，或在控制台输入 `crash 2`。',
      },
      done: { frame: 'processes.2.status', is: 'down' },
      solution: ['crash 2'],
    },
    {
      type: 'say',
      pace: 'skip',
      when: { frame: 'processes.client c.sections.client.state', is: 'CLOSED' },
      look: 'client c',
      text: {
        en: 'Client `c` went on to server 1 and showed its session there. Server 1 has never heard of it, so it told `c` that the session has *expired*. Client `b` has nowhere to go, and the `/a` of server 2 is on the disk of server 2 only. For a copy, servers must be voters of one ensemble.',
        zh: '客户端 `c` 转到服务器 1，出示自己的会话。服务器 1 从没听说过它，于是告诉 `c` 会话已*过期*（Expired）。客户端 `b` 无处可去，而服务器 2 的那个 `/a` 只在服务器 2 的磁盘上。想要副本，服务器必须是同一个集群的成员。',
      },
    },
  ],
  outcome: [
    {
      text: {
        en: 'Server 1 has its own `/a`, untouched by the write at server 2.',
        zh: '服务器 1 的 `/a` 还是自己那个，没有受服务器 2 上的写影响。',
      },
      that: {
        all: [
          { znode: '/a', server: '1', data: 'one' },
          { entry: { type: 'apply', process: '2', ...CREATE }, times: 1 },
          { not: { entry: { type: 'apply', process: '1', ...CREATE }, times: 2 } },
        ],
      },
    },
    {
      text: {
        en: 'Both creations are the second transaction of their server, `0x2`.',
        zh: '两次创建在各自的服务器上都是第二个事务 `0x2`。',
      },
      that: {
        all: [
          { frame: 'processes.1.sections.log.records.1.zxid', is: 2 },
          { frame: 'processes.1.sections.log.records.1.request.path', is: '/a' },
          { frame: 'processes.2.sections.log.records.1.zxid', is: 2 },
          { frame: 'processes.2.sections.log.records.1.request.path', is: '/a' },
        ],
      },
    },
    {
      text: {
        en: 'The session of client `c` was worth nothing at the other ensemble.',
        zh: '客户端 `c` 的会话在另一个集群毫无用处。',
      },
      that: { frame: 'processes.client c.sections.client.state', is: 'CLOSED' },
    },
  ],
  sandbox: {
    en: 'Start server 2 again (`restart 2`) and read `/a` with `a` and with `b`: they will differ as long as you like.',
    zh: '重启服务器 2（`restart 2`），再用 `a` 和 `b` 各读一次 `/a`：两边想不同多久就不同多久。',
  },
};
