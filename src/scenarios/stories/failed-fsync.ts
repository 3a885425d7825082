/** A follower whose fsync fails takes nothing back: it goes out of service, and comes again. */
import type { Scenario } from '../scenario';

const CREATE = { op: 'create', path: '/a' } as const;

export const failedFsync: Scenario = {
  id: 'failed-fsync',
  chapter: 'faults',
  view: 'ensemble',
  title: { en: 'A disk that says no', zh: '写盘失败的跟随者' },
  question: {
    en: 'A follower cannot force a write to its disk. Is the write rolled back?',
    zh: '跟随者 follower 无法把一个写落盘。这个写会回滚吗？',
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
        en: 'Server 3 leads; client `a` is connected to server 2, a follower, and is about to create `/a` there. Let the disk of just this server fail, at the moment at which it should force that write.',
        zh: '服务器 3 是领导者 leader；客户端 `a` 连着跟随者 2，马上要在那里创建 `/a`。我们让偏偏这一台的磁盘，在该把这个写落盘的时候失败。',
      },
    },
    {
      type: 'goal',
      text: {
        en: 'Make the next fsync of server 2 fail.',
        zh: '让服务器 2 的下一次 fsync 失败。',
      },
      hint: {
        en: 'Open the menu ⋯ on the card of server 2 and choose *Fail the next fsync*, or type `disk 2 fail-fsync`.',
        zh: '打开服务器 2 卡片上的 ⋯ 菜单，选*下一次 fsync 失败*，或输入 `disk 2 fail-fsync`。',
      },
      done: { frame: 'processes.2.sections.log.disk.fault', is: 'fail-fsync' },
      solution: ['disk 2 fail-fsync'],
    },
    { type: 'order', commands: ['zk a create /a hello'] },
    {
      type: 'say',
      when: {
        all: [
          { entry: { type: 'fsyncFailed', process: '2' } },
          { frame: 'processes.2.sections.role.serverObject', is: 'ERROR' },
        ],
      },
      look: 'server 2/SyncRequestProcessor',
      text: {
        en: 'The `PROPOSAL` of `/a` came back from the leader, server 2 appended it to its log, and the fsync returned an error. Nobody can say now whether the record is on the disk or not. So there is no `ACK`: the thread of `SyncRequestProcessor` has ended, and the state of the server object is `ERROR`.',
        zh: '`/a` 的 `PROPOSAL` 从领导者回来了，服务器 2 把它追加进日志，fsync 却返回了错误。记录到底在不在盘上，谁也说不准。所以没有 `ACK`：`SyncRequestProcessor` 的线程就此结束，server 对象的状态变为 `ERROR`。',
      },
    },
    {
      type: 'predict',
      question: { en: 'What becomes of the write?', zh: '这个写会怎样？' },
      choices: [
        {
          text: {
            en: 'It is rolled back on all servers, and `a` gets an error.',
            zh: '所有服务器都回滚，`a` 收到错误。',
          },
          because: {
            en: 'There is no rollback of a proposal and no vote against one. A server can only say yes (`ACK`) or nothing at all.',
            zh: '提议没有回滚，也没有反对票。服务器要么说“有了”（`ACK`），要么什么都不说。',
          },
        },
        {
          text: {
            en: 'Servers 1 and 3 commit it; server 2 goes out of service.',
            zh: '服务器 1 和 3 提交它；服务器 2 退出服务。',
          },
          isRight: true,
          because: {
            en: 'Two of three is a quorum. What has failed is not the write but one server, and it steps aside.',
            zh: '三台中的两台就是法定人数 quorum。失败的不是这个写，而是一台服务器，由它退到一边。',
          },
        },
        {
          text: {
            en: 'Server 2 repeats the fsync until it works, and everybody waits.',
            zh: '服务器 2 一直重试 fsync 直到成功，大家都等着。',
          },
          because: {
            en: 'An error of the disk ends the thread at once: it is a severe one for ZooKeeper. And the others do not need server 2.',
            zh: '磁盘一报错，线程立刻结束：ZooKeeper 视之为严重错误。何况其他服务器并不需要服务器 2。',
          },
        },
      ],
    },
    {
      type: 'say',
      when: {
        all: [
          { frame: 'processes.2.sections.role.serverState', is: 'LOOKING' },
          { znode: '/a', server: '3', data: 'hello' },
          { znode: '/a', server: '2', data: 'hello' },
          { not: { entry: { type: 'reply', process: '2', ...CREATE } } },
        ],
      },
      look: 'server 2',
      text: {
        en: 'Servers 3 and 1 acknowledged, and the leader committed. The `COMMIT` was the next packet that server 2 read. After each packet a follower checks whether its server still runs; this one’s does not. It closed its connections, to client `a` too, without an answer to anybody, and is `LOOKING`. On leaving it replayed its log, so its tree has `/a`: nothing is taken back.',
        zh: '服务器 3 和 1 确认了，领导者提交了。`COMMIT` 是服务器 2 读到的下一个包。跟随者每处理完一个包，都会看看自己的 server 是否还在运行；它的已经不在了。于是它断开所有连接，包括客户端 `a` 的，没有应答任何人，进入 `LOOKING`。离开时它重放了自己的日志，所以树里有 `/a`：什么也没有撤回。',
      },
    },
    {
      type: 'say',
      pace: 'skip',
      when: {
        all: [
          { entry: { type: 'syncMode', process: '3', sid: 2, name: 'DIFF' } },
          { entry: { type: 'serving', process: '2' } },
          { znode: '/a', server: '2', data: 'hello' },
        ],
      },
      look: 'server 2',
      text: {
        en: 'The process did not end, and this fault of the disk was over. Servers 1 and 3 told it who leads, the leader synchronized it, and it serves again, with `/a` in its tree. Had its record been lost, the leader would have sent it again.',
        zh: '进程没有退出，磁盘的这次故障也过去了。服务器 1 和 3 告诉它谁是领导者，领导者与它同步，它又开始服务，树里也有 `/a`。要是它那条记录丢了，领导者会再发一遍。',
      },
    },
    {
      type: 'say',
      pace: 'skip',
      when: {
        all: [
          { entry: { type: 'result', process: 'client a', err: 'CONNECTIONLOSS', ...CREATE } },
          { frame: 'processes.client a.sections.client.state', is: 'CONNECTED' },
        ],
      },
      look: 'client a',
      text: {
        en: 'Client `a` lost its connection while it waited. `ConnectionLoss` is all that it heard of its write: not yes, not no. Meanwhile it has found another server and kept its session. How can it learn what happened?',
        zh: '客户端 `a` 在等待时断了连接。关于这次写，它只听到 `ConnectionLoss`：既不是成功，也不是失败。此后它连上了另一台服务器，会话 session 还在。它怎样才能知道结果？',
      },
    },
    {
      type: 'goal',
      text: { en: 'Let client `a` look for itself.', zh: '让客户端 `a` 自己查一查。' },
      hint: {
        en: 'Type `get /a` at the console of client `a`.',
        zh: '在客户端 `a` 的控制台输入 `get /a`。',
      },
      done: {
        entry: { type: 'result', process: 'client a', op: 'getData', path: '/a', err: 'OK' },
      },
      solution: ['zk a get /a'],
    },
    {
      type: 'say',
      look: 'client a',
      text: {
        en: 'It is there. The failed fsync cost nobody any data: it cost one server a moment of service and one client its certainty. After `ConnectionLoss` a client has to read before it writes again.',
        zh: '在的。这次 fsync 失败没有让任何人丢数据：一台服务器短暂退出了服务，一个客户端一时不知结果。遇到 `ConnectionLoss`，客户端应当先读，再决定要不要重写。',
      },
    },
  ],
  outcome: [
    {
      text: {
        en: 'Server 2 never acknowledged the write and never answered it.',
        zh: '服务器 2 始终没有确认这个写，也没有应答它。',
      },
      that: {
        all: [
          { not: { entry: { type: 'ack', process: '2', ...CREATE } } },
          { not: { entry: { type: 'reply', process: '2', ...CREATE } } },
        ],
      },
    },
    {
      text: {
        en: 'All three servers have `/a` and serve.',
        zh: '三台服务器都有 `/a`，都在服务。',
      },
      that: {
        all: [
          { znode: '/a', server: '1', data: 'hello' },
          { znode: '/a', server: '2', data: 'hello' },
          { znode: '/a', server: '3', data: 'hello' },
          { frame: 'processes.2.sections.role.serving', is: true },
        ],
      },
    },
  ],
  sandbox: {
    en: 'Do the same to the leader: `disk 3 fail-fsync`, then let `b` write. And compare with a full disk (`disk 1 full`), which does not pass by itself.',
    zh: '对领导者做同样的事：`disk 3 fail-fsync`，再让 `b` 写一次。再和磁盘写满（`disk 1 full`）比较一下，那种故障不会自己过去。',
  },
};
