/** One server alone: what it answered survives its crash, on its disk; the service does not. */
import type { Scenario } from '../scenario';

const CREATE_A = { op: 'create', path: '/a' } as const;
const CREATE_B = { op: 'create', path: '/b' } as const;
const GET_A = { op: 'getData', path: '/a' } as const;

export const oneServer: Scenario = {
  id: 'one-server',
  chapter: 'servers',
  view: 'ensemble',
  title: { en: 'One server and its crash', zh: '单台服务器与它的崩溃' },
  question: {
    en: 'If I run a single server and it crashes, what have I lost?',
    zh: '只跑一台服务器，它崩溃了会丢掉什么？',
  },
  world: {
    ensembles: [[1]],
    clients: [{ letter: 'a', hosts: [1] }],
    opening: {
      all: [
        { frame: 'processes.client a.sections.client.state', is: 'CONNECTED' },
        { quiet: true },
      ],
    },
  },
  steps: [
    {
      type: 'say',
      look: 'server 1',
      text: {
        en: 'Server 1 stands alone. There is nobody to ask and nobody to elect, so its line is short: `PrepRequestProcessor` checks a request, `SyncRequestProcessor` writes it to the log on disk, `FinalRequestProcessor` puts it into the tree and answers. Client `a` is about to create `/a`.',
        zh: '服务器 1 独自运行。没有别人可问，也不用选举，所以处理链很短：`PrepRequestProcessor` 检查请求，`SyncRequestProcessor` 写入磁盘上的日志，`FinalRequestProcessor` 应用到树里并应答。客户端 `a` 马上要创建 `/a`。',
      },
    },
    { type: 'order', commands: ['zk a create /a hello'] },
    {
      type: 'say',
      when: { entry: { type: 'append', process: '1', ...CREATE_A } },
      look: 'server 1/SyncRequestProcessor',
      text: {
        en: 'The transaction has been appended to the log, but not yet forced to disk: a crash now could still lose it. So it is in no tree, and client `a` has heard nothing.',
        zh: '事务已追加到日志，但还没有强制刷盘（fsync）：此刻崩溃，它仍可能丢失。所以树里还没有它，客户端 `a` 也还没收到任何应答。',
      },
    },
    {
      type: 'say',
      when: { entry: { type: 'result', process: 'client a', err: 'OK', ...CREATE_A } },
      look: 'client a',
      text: {
        en: 'The disk reported that the log is forced, then `FinalRequestProcessor` put `/a` into the tree and answered. That order is the promise: *what was answered is on disk*. Client `a` is going to ask for `/b` as well, while we keep `SyncRequestProcessor` from working.',
        zh: '磁盘报告日志已刷盘，`FinalRequestProcessor` 才把 `/a` 放进树里并应答。这个先后就是承诺：*应答过的，一定已在磁盘上*。接下来 `a` 还要创建 `/b`，而我们先让 `SyncRequestProcessor` 停下不干活。',
      },
    },
    { type: 'order', commands: ['freeze 1 SyncRequestProcessor', 'zk a create /b lost'] },
    {
      type: 'say',
      when: {
        entry: { type: 'enqueue', process: '1', thread: 'SyncRequestProcessor', ...CREATE_B },
      },
      look: 'server 1/SyncRequestProcessor',
      text: {
        en: '`/b` has been checked and waits in the queue of `SyncRequestProcessor`. It is nowhere but in memory.',
        zh: '`/b` 已通过检查，排在 `SyncRequestProcessor` 的队列里。它此刻只存在于内存。',
      },
    },
    {
      type: 'predict',
      question: {
        en: 'Server 1 is going to crash and be started again. What will be there then?',
        zh: '服务器 1 将要崩溃，然后重启。那时还有什么？',
      },
      choices: [
        {
          text: {
            en: 'Nothing: the tree was in memory.',
            zh: '什么都没有：树是在内存里的。',
          },
          because: {
            en: 'The tree is in memory, but each of its transactions is in the log. The server reads the log and builds the tree again.',
            zh: '树确实在内存里，但它的每个事务都在日志里。服务器读日志，就能重建这棵树。',
          },
        },
        {
          text: {
            en: '`/a`, but client `a` needs a new session.',
            zh: '`/a` 还在，但客户端 `a` 得建新会话。',
          },
          because: {
            en: 'Opening a session is a transaction too, `createSession`, and it is in the same log.',
            zh: '建立会话本身也是一个事务 `createSession`，写在同一份日志里。',
          },
        },
        {
          text: {
            en: '`/a` and the session of client `a`.',
            zh: '`/a` 和客户端 `a` 的会话 session。',
          },
          isRight: true,
          because: {
            en: 'Both were transactions and both were forced to disk. `/b` had not come so far.',
            zh: '两者都是事务，都已刷盘。`/b` 还没走到那一步。',
          },
        },
        {
          text: { en: '`/a` and `/b`.', zh: '`/a` 和 `/b` 都在。' },
          because: {
            en: '`/b` has never been written to the log, and nobody has been told that it was done.',
            zh: '`/b` 从未写进日志，也没有人被告知它已完成。',
          },
        },
      ],
    },
    {
      type: 'goal',
      text: { en: 'Crash server 1.', zh: '让服务器 1 崩溃。' },
      hint: {
        en: 'Press *Crash* on the card of server 1, or type `crash 1` at a console.',
        zh: '点服务器 1 卡片上的*崩溃*，或在控制台输入 `crash 1`。',
      },
      done: { frame: 'processes.1.status', is: 'down' },
      solution: ['crash 1'],
    },
    {
      type: 'say',
      when: {
        entry: { type: 'result', process: 'client a', err: 'CONNECTIONLOSS', ...CREATE_B },
      },
      look: 'client a',
      text: {
        en: 'The connection broke, and the call for `/b` ended with `CONNECTIONLOSS`. That does not say whether the write was done, only that nobody will tell. Client `a` now tries to connect again and again, and there is no other server in its list: the service is gone.',
        zh: '连接断了，创建 `/b` 的调用以 `CONNECTIONLOSS` 结束。它并不说明写成了没有，只说明不会有人来告诉你了。客户端 `a` 不断尝试重连，可它的列表里没有别的服务器：服务就此中断。',
      },
    },
    {
      type: 'goal',
      text: { en: 'Start server 1 again.', zh: '重新启动服务器 1。' },
      hint: {
        en: 'Press *Restart* on the card of server 1, or type `restart 1` at a console.',
        zh: '点服务器 1 卡片上的*重启*，或在控制台输入 `restart 1`。',
      },
      done: { frame: 'processes.1.status', is: 'running' },
      solution: ['restart 1'],
    },
    {
      type: 'say',
      pace: 'skip',
      when: { frame: 'processes.client a.sections.client.state', is: 'CONNECTED' },
      look: 'server 1',
      text: {
        en: 'Server 1 loaded its newest snapshot and replayed the log behind it: `createSession`, then `create /a`. Client `a` has come back with the session that it had; the clock of that session started afresh. It is going to read `/a`.',
        zh: '服务器 1 载入最新的快照，再重放其后的日志：先是 `createSession`，再是 `create /a`。客户端 `a` 带着原来的会话回来了，这个会话的计时从头开始。接下来它读一次 `/a`。',
      },
    },
    { type: 'order', commands: ['zk a get /a'] },
    {
      type: 'say',
      when: { entry: { type: 'result', process: 'client a', err: 'OK', ...GET_A } },
      look: 'client a',
      text: {
        en: 'The data are back, because the disk was not hurt. What one server cannot give is service while it is down, and data when its disk is lost. For that there have to be more servers, and they have to be *one* ensemble.',
        zh: '数据回来了，因为磁盘没有坏。单台服务器给不了的是：它宕机期间的服务，以及磁盘损坏后的数据。要有这些，就得有更多服务器，而且它们必须属于*同一个*集群。',
      },
    },
  ],
  outcome: [
    {
      text: {
        en: '`/a`, which was answered, is in the tree; `/b`, which was not, is not.',
        zh: '应答过的 `/a` 在树里；没有应答的 `/b` 不在。',
      },
      that: {
        all: [
          { znode: '/a', server: '1', data: 'hello' },
          { znode: '/b', server: '1', exists: false },
        ],
      },
    },
    {
      text: {
        en: 'Client `a` has still its one session, opened once and never closed.',
        zh: '客户端 `a` 仍是那个会话：只建立过一次，从未关闭。',
      },
      that: {
        all: [
          { frame: 'processes.client a.sections.client.state', is: 'CONNECTED' },
          { frame: 'processes.1.sections.sessions.rows', count: 1 },
          { not: { entry: { type: 'sessionClose' } } },
        ],
      },
    },
  ],
  sandbox: {
    en: 'Crash server 1 again, wipe its disk (`wipe 1`) and start it: which of its znodes are back? Or give it a slow disk (`disk 1 slow 500`) and see how long a write takes.',
    zh: '再让服务器 1 崩溃，抹掉它的磁盘（`wipe 1`）再启动：哪些 znode 回来了？或者给它一块慢磁盘（`disk 1 slow 500`），看一次写要多久。',
  },
};
