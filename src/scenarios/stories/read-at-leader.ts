/** A read at the leader: no zxid, no proposal, nobody asked; so it is answered even when nobody follows any more. */
import type { Scenario } from '../scenario';

const GET = { op: 'getData', path: '/a' } as const;
const SET = { op: 'setData', path: '/a' } as const;

export const readAtLeader: Scenario = {
  id: 'read-at-leader',
  chapter: 'flows',
  view: 'ensemble',
  title: { en: 'A read at the leader', zh: '领导者上的一次读操作' },
  question: {
    en: 'The leader has the newest data. Does it ask anybody before it answers a read?',
    zh: '领导者 leader 的数据最新。它回答读请求之前，要问别人吗？',
  },
  world: {
    ensembles: [[1, 2, 3]],
    clients: [{ letter: 'a', hosts: [3] }],
    opening: {
      all: [
        { frame: 'processes.client a.sections.client.state', is: 'CONNECTED' },
        { frame: 'processes.1.sections.role.serving', is: true },
        { quiet: true },
      ],
    },
  },
  steps: [
    {
      type: 'say',
      look: 'server 3',
      text: {
        en: 'Server 3 leads, and client `a` is connected to it. It is going to create `/a` first, so that there is something to read.',
        zh: '服务器 3 是领导者，客户端 `a` 连着它。先由它创建 `/a`，好有东西可读。',
      },
    },
    { type: 'order', commands: ['zk a create /a old'] },
    {
      type: 'say',
      pace: 'skip',
      when: {
        all: [
          { entry: { type: 'result', process: 'client a', op: 'create', path: '/a', err: 'OK' } },
          { quiet: true },
        ],
      },
      look: 'server 3',
      text: {
        en: 'All three servers have `/a` with the data `old`. Now client `a` reads it. Watch the lines between the servers: nothing will travel on them for this read.',
        zh: '三台服务器都有了 `/a`，数据是 `old`。现在客户端 `a` 来读它。请看服务器之间的连线：这次读，线上什么也不会走。',
      },
    },
    { type: 'order', commands: ['zk a get /a'] },
    {
      type: 'say',
      when: { entry: { type: 'call', name: 'ProposalRequestProcessor', process: '3', ...GET } },
      look: 'server 3/PrepRequestProcessor',
      text: {
        en: '`PrepRequestProcessor` has checked that the session is alive and is served here. A read gets no `zxid` of its own. `ProposalRequestProcessor` proposes nothing and logs nothing; it only puts the read into the `CommitProcessor`.',
        zh: '`PrepRequestProcessor` 检查了会话还活着，并且归这台服务器。读请求没有自己的 `zxid`。`ProposalRequestProcessor` 既不提议也不记日志，只把它放进 `CommitProcessor`。',
      },
    },
    {
      type: 'say',
      when: { entry: { type: 'enqueue', thread: 'CommitProcWorkThread-0', process: '3', ...GET } },
      look: 'server 3/CommitProcessor',
      text: {
        en: 'This session has no write under way, so `CommitProcessor` does not let the read wait. It hands it to a worker thread at once.',
        zh: '这个会话没有进行中的写，`CommitProcessor` 就不让读等着，立刻交给一个工作线程。',
      },
    },
    {
      type: 'say',
      when: { entry: { type: 'result', process: 'client a', err: 'OK', ...GET } },
      look: 'server 3/FinalRequestProcessor',
      text: {
        en: 'The worker called `FinalRequestProcessor`, which looked into the tree *as it was in that moment* and answered. With the data came the `zxid` of the last write in that tree.',
        zh: '工作线程调用 `FinalRequestProcessor`，它查看*那一刻的*树，然后应答。随数据一起返回的，还有这棵树里最后一次写的 `zxid`。',
      },
    },
    {
      type: 'predict',
      question: {
        en: 'Both followers stop dead, as in a long garbage collection. Client `a` reads `/a` at the leader. What happens?',
        zh: '两个跟随者都停住了，就像遇上很长的垃圾回收。客户端 `a` 向领导者读 `/a`，会怎样？',
      },
      choices: [
        {
          text: { en: 'It waits for a majority.', zh: '等到凑够过半。' },
          because: {
            en: 'A majority is asked for a write. For a read nobody is asked.',
            zh: '写才要问过半的服务器。读谁也不问。',
          },
        },
        {
          text: { en: 'It is answered at once.', zh: '立刻得到应答。' },
          isRight: true,
          because: {
            en: 'The leader answers from its own tree. It does not even know yet that nobody follows.',
            zh: '领导者用自己的树回答。它甚至还不知道已经没有人跟随。',
          },
        },
        {
          text: { en: 'It is refused.', zh: '被拒绝。' },
          because: {
            en: 'It will be, later: when the leader has noticed. That takes up to `syncLimit` ticks.',
            zh: '稍后才会：等领导者察觉之后。这最多需要 `syncLimit` 个 tick。',
          },
        },
      ],
    },
    {
      type: 'goal',
      text: { en: 'Pause servers 1 and 2.', zh: '暂停服务器 1 和 2。' },
      hint: {
        en: 'Press the pause sign on both cards, or type `pause 1` and `pause 2` at a console.',
        zh: '点两张卡片上的暂停按钮，或在控制台输入 `pause 1` 和 `pause 2`。',
      },
      done: {
        all: [
          { frame: 'processes.1.status', is: 'paused' },
          { frame: 'processes.2.status', is: 'paused' },
        ],
      },
      solution: ['pause 1', 'pause 2'],
    },
    { type: 'order', commands: ['zk a get /a'] },
    {
      type: 'say',
      when: { entry: { type: 'result', process: 'client a', err: 'OK', ...GET } },
      look: 'client a',
      text: {
        en: 'Answered, while a majority of the servers stands still. Had they only lost their links to server 3, they could have elected another leader, and this answer could be *older* than what clients there have been told. Now `a` sends a write and a read behind it.',
        zh: '应答了，尽管过半的服务器一动不动。假如它们只是与服务器 3 断了联系，就可能已另选领导者，那么这个回答会比那边客户端得知的*更旧*。现在让 `a` 发一个写，后面紧跟一个读。',
      },
    },
    { type: 'order', commands: ['zk a set /a new; get /a'] },
    {
      type: 'say',
      when: { entry: { type: 'ack', process: '3', thread: 'AckRequestProcessor', ...SET } },
      look: 'server 3',
      text: {
        en: 'The write stands in `outstandingProposals` with one of three votes, and nobody is there to give another. The read has to wait behind it in `pendingRequests`: within one session nothing overtakes. Let the time go on.',
        zh: '写停在 `outstandingProposals` 里，三票中只有一票，没有人来投下一票。后面的读只好在 `pendingRequests` 里等着：同一个会话之内，谁也不能超过谁。让时间继续走。',
      },
    },
    {
      type: 'say',
      pace: 'skip',
      when: {
        all: [
          { frame: 'processes.3.sections.role.serverState', is: 'LOOKING' },
          { entry: { type: 'result', process: 'client a', err: 'CONNECTIONLOSS', ...GET } },
        ],
      },
      look: 'server 3',
      text: {
        en: 'The leader had heard of no follower for `syncLimit` ticks and gave up: it is `LOOKING`, and closed its connections. Client `a` got `CONNECTIONLOSS` for both. Only this moment of noticing ends the reads of a leader that has lost its followers.',
        zh: '领导者在 `syncLimit` 个 tick 里没有收到任何跟随者的消息，于是放弃：进入 `LOOKING`，断开所有连接。`a` 的两个请求都得到 `CONNECTIONLOSS`。失去跟随者的领导者，要到察觉的这一刻才停止提供读。',
      },
    },
  ],
  outcome: [
    {
      text: {
        en: 'A read was answered while both followers stood still.',
        zh: '两个跟随者都停住时，一次读得到了应答。',
      },
      that: {
        all: [
          { entry: { type: 'reply', process: '3', err: 'OK', ...GET }, times: 2 },
          { frame: 'processes.1.status', is: 'paused' },
          { frame: 'processes.2.status', is: 'paused' },
        ],
      },
    },
    {
      text: {
        en: 'No read was proposed; the write was, and nobody committed it.',
        zh: '读从未被提议；写被提议了，但没有人提交它。',
      },
      that: {
        all: [
          { not: { entry: { type: 'propose', ...GET } } },
          { entry: { type: 'propose', process: '3', ...SET } },
          { not: { entry: { type: 'commit', ...SET } } },
        ],
      },
    },
  ],
  sandbox: {
    en: 'Let the others go on (`resume 1`, `resume 2`) and read `/a`: is it `old` or `new`, and why?',
    zh: '让另外两台继续（`resume 1`、`resume 2`），再读 `/a`：是 `old` 还是 `new`？为什么？',
  },
};
