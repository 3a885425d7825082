/** E11: a wrapper opens a new session and the old belief survives; book-style against hardened, side by side. */
import type { Condition } from '../../bridge/condition';
import { applicationOf, atRest } from '../appWorld';
import type { Scenario } from '../scenario';

const TASK = 'task-0000000000';

const gives = (master: string, worker: string): Condition => ({
  entry: {
    type: 'app',
    name: 'assigned',
    process: `master ${master}`,
    detail: { task: TASK, worker: `worker-${worker}` },
  },
});

const stored = (by: string, outcome: string): Condition => ({
  entry: { type: 'app', name: 'stored', detail: { by, outcome } },
});

export const e11TwoBelievers: Scenario = {
  id: 'e11-two-believers',
  chapter: 'application',
  view: 'application',
  title: { en: 'E11: two believe that they are master', zh: 'E11：两个都自认为是 master' },
  question: {
    en: 'My library opens a new session by itself when the old one has expired. Is that not convenient?',
    zh: '会话过期后，我用的库会自动开一个新会话。这不是很方便吗？',
  },
  world: {
    ensembles: [[1], [2]],
    seed: 2,
    clients: [],
    apps: [
      ...applicationOf({
        hosts: [1],
        style: 'book',
        masters: ['m-1', 'm-2'],
        workers: ['w-1', 'w-2'],
        client: 'c-1',
        storage: { id: 's-1', fencing: true },
        reconnects: true,
      }),
      ...applicationOf({
        hosts: [2],
        style: 'hardened',
        masters: ['m-3', 'm-4'],
        workers: ['w-3', 'w-4'],
        client: 'c-2',
        storage: { id: 's-2', fencing: true },
        reconnects: true,
      }),
    ],
    opening: atRest(4, ['m-1', 'm-3']),
  },
  steps: [
    {
      type: 'say',
      look: 'master m-1',
      text: {
        en: 'Two applications that share nothing: book-style on server 1, where `m-1` is master and `m-2` its backup; hardened on server 2, with `m-3` and `m-4`. All masters use a wrapper: when a session has expired, it opens a new one in its place and sets the watches again.',
        zh: '两个毫无共享的应用：服务器 1 上是书中版（book-style），`m-1` 是 master，`m-2` 是后备；服务器 2 上是加固版（hardened），对应的是 `m-3` 和 `m-4`。这些 master 都用了一层封装：会话过期时，自动开一个新会话顶上，并重新设好监视 watch。',
      },
    },
    {
      type: 'goal',
      text: { en: 'Pause the master `m-1`.', zh: '暂停 master `m-1`。' },
      hint: {
        en: 'Open the menu *⋯* on the card of `m-1` and choose *Pause*, or type `pause master m-1`.',
        zh: '打开 `m-1` 卡片上的 *⋯* 菜单，选*暂停*，或输入 `pause master m-1`。',
      },
      done: { frame: 'processes.master m-1.status', is: 'paused' },
      solution: ['pause master m-1'],
    },
    { type: 'order', commands: ['pause master m-3'] },
    {
      type: 'say',
      pace: 'skip',
      when: {
        all: [
          { frame: 'processes.master m-2.sections.master.phase', is: 'steady' },
          { frame: 'processes.master m-4.sections.master.phase', is: 'steady' },
        ],
      },
      look: 'master m-2',
      text: {
        en: '`m-3` was paused too. Both sessions have expired, `/master` is gone with them, and the backups `m-2` and `m-4` have created it anew. The two sleepers know nothing of it.',
        zh: '`m-3` 也被暂停了。两个会话都已过期，`/master` 随之消失，后备 `m-2` 和 `m-4` 各自重新创建了它。睡着的两个对此一无所知。',
      },
    },
    {
      type: 'predict',
      question: {
        en: 'The two wake. The library tells `m-1` that its session has expired, and the wrapper opens a new one. What does `m-1` then take itself for?',
        zh: '两个都要醒了。库会告诉 `m-1` 会话已过期，封装层随即开一个新会话。之后 `m-1` 以为自己是什么？',
      },
      choices: [
        {
          text: {
            en: 'For a backup: `/master` belongs to `m-2`.',
            zh: '后备：`/master` 属于 `m-2`。',
          },
          because: {
            en: 'It would have to look. It watched `/workers`, `/tasks` and `/status`, and never `/master`: it was the master.',
            zh: '那得去看一眼才行。可它监视的是 `/workers`、`/tasks` 和 `/status`，从不监视 `/master`：它自己就是 master。',
          },
        },
        {
          text: { en: 'For the master, as before.', zh: '照旧是 master。' },
          isRight: true,
          because: {
            en: 'The flag in its memory says so, and nothing has reset it. The wrapper has hidden the one event that mattered.',
            zh: '内存里的标志这么说，也没有谁去重置。唯一要紧的那个事件，被封装层藏掉了。',
          },
        },
        {
          text: { en: 'For nothing: it stops.', zh: '什么都不是：它会停下。' },
          because: {
            en: 'That is what it would do without the wrapper: a session that expired ends the process.',
            zh: '没有封装层时才是这样：会话过期，进程就结束。',
          },
        },
      ],
    },
    { type: 'order', commands: ['resume master m-1', 'resume master m-3'] },
    {
      type: 'say',
      pace: 'skip',
      when: {
        all: [
          { entry: { type: 'clientState', process: 'master m-1', name: 'CONNECTED' } },
          {
            entry: {
              type: 'app',
              name: 'masterState',
              process: 'master m-3',
              detail: { state: 'NOTELECTED' },
            },
          },
          { quiet: true },
        ],
      },
      look: 'master m-1',
      text: {
        en: 'Both have new sessions. `m-1` says that it is the master, and the card says that this is wrong. `m-3` forgot everything with the old session and ran like any other candidate: `/master` was taken, so it is a backup. Now a payment comes to each, which must not run twice.',
        zh: '两个都有了新会话。`m-1` 说自己是 master，卡片上标着有误。`m-3` 随旧会话忘掉了一切，像普通候选者一样去竞选：`/master` 已被占，于是当后备。现在两边各来一笔付款，它不得执行两次。',
      },
    },
    {
      type: 'order',
      commands: [
        'submit taskclient c-1 once pay order 7',
        'submit taskclient c-2 once pay order 7',
      ],
    },
    {
      type: 'say',
      pace: 'skip',
      when: {
        all: [
          gives('m-1', 'w-2'),
          gives('m-2', 'w-1'),
          gives('m-4', 'w-4'),
          { entry: { type: 'app', name: 'begin', process: 'worker w-1' } },
          { entry: { type: 'app', name: 'begin', process: 'worker w-2' } },
        ],
      },
      look: 'worker w-2',
      text: {
        en: 'Both `m-1` and `m-2` have seen the payment and given it out: `m-1` to `w-2`, `m-2` to `w-1`. One task lies in two inboxes, and both workers pay. ZooKeeper refused nothing, for the new session of `m-1` is as good as any. On server 2 only `m-4` has given it out.',
        zh: '`m-1` 和 `m-2` 都看到了付款，也都分了出去：`m-1` 给 `w-2`，`m-2` 给 `w-1`。一个任务躺在两个收件箱里，两个 worker 都在付款。ZooKeeper 什么也没拒绝：`m-1` 的新会话完全合法。服务器 2 上只有 `m-4` 分了一次。',
      },
    },
    {
      type: 'predict',
      question: {
        en: '`s-1` checks tokens, and it has refused the plan of `m-1`. Will it also stop the second payment?',
        zh: '`s-1` 检查令牌，也确实拒绝了 `m-1` 的计划。它能拦住第二笔付款吗？',
      },
      choices: [
        {
          text: {
            en: 'Yes, for the assignment came from an old master.',
            zh: '能，因为那个分配出自旧 master。',
          },
          because: {
            en: 'The token of a worker is the zxid of its assignment, and that says nothing of who made it. Both are new.',
            zh: 'worker 的令牌是它那个分配的 zxid，看不出是谁创建的。两个分配都是新的。',
          },
        },
        {
          text: { en: 'No.', zh: '不能。' },
          isRight: true,
          because: {
            en: 'Both assignments are fresh znodes. The one of `w-2` is a little older, and `w-2` comes first, so both tokens are let in.',
            zh: '两个分配都是新 znode。`w-2` 的稍早一点，而它也先到，所以两个令牌都放行。',
          },
        },
      ],
    },
    {
      type: 'say',
      pace: 'skip',
      when: { all: [stored('w-2', 'accepted'), stored('w-1', 'accepted')] },
      look: 'storage s-1',
      text: {
        en: 'Order 7 is paid twice at `s-1`. A wrong belief has become valid znodes, and nobody behind them can tell.',
        zh: '在 `s-1`，订单 7 付了两次。一个错误的信念变成了合法的 znode，后面谁也看不出来。',
      },
    },
    {
      type: 'say',
      pace: 'skip',
      when: {
        all: [
          { entry: { type: 'app', name: 'consumed', process: 'taskclient c-1' } },
          { entry: { type: 'app', name: 'consumed', process: 'taskclient c-2' } },
          { quiet: true },
        ],
      },
      look: 'master m-3',
      text: {
        en: 'At `s-2` it is paid once. The rule of the hardened master: a new session is a new life, nothing is believed. And should one believe all the same, each of its writes is a `multi` that first checks the version of `/epoch`, which every new master raises.',
        zh: '在 `s-2` 只付了一次。加固版 master 的规矩：新会话就是新的一生，旧的一概不信。即便有谁还信着旧的，它的每次写都是一个 `multi`，先检查 `/epoch` 的版本，而每任新 master 都会让它增大。',
      },
    },
  ],
  outcome: [
    {
      text: {
        en: 'Book-style: `/master` belongs to `m-2`, and `m-1` believes that it is the master.',
        zh: '书中版：`/master` 属于 `m-2`，而 `m-1` 自认为是 master。',
      },
      that: {
        all: [
          { znode: '/master', server: '1', owner: 'm-2' },
          { frame: 'processes.master m-1.sections.master.believes', is: true },
          { frame: 'processes.master m-2.sections.master.believes', is: true },
          stored('m-1', 'refused'),
          stored('w-1', 'accepted'),
          stored('w-2', 'accepted'),
        ],
      },
    },
    {
      text: {
        en: 'Hardened: only `m-4` believes so, and one worker paid.',
        zh: '加固版：只有 `m-4` 这样认为，只有一个 worker 付了款。',
      },
      that: {
        all: [
          { znode: '/master', server: '2', owner: 'm-4' },
          { frame: 'processes.master m-3.sections.master.believes', is: false },
          { frame: 'processes.master m-4.sections.master.believes', is: true },
          stored('w-4', 'accepted'),
          { not: { entry: { type: 'app', name: 'begin', process: 'worker w-3' } } },
        ],
      },
    },
  ],
  breaks: ['NoDuplicateEffect'],
  sandbox: {
    en: 'Crash `m-2`: who creates `/master` now, while `m-1` goes on commanding? Then restart `m-2`. On server 2 do the same with `m-4`, and look at the version of `/epoch`.',
    zh: '让 `m-2` 崩溃：`m-1` 还在发号施令，这时谁来创建 `/master`？再重启 `m-2`。在服务器 2 上对 `m-4` 也做一遍，看看 `/epoch` 的版本。',
  },
};
