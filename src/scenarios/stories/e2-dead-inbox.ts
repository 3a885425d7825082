/** E2: an assignment lands in the inbox of a worker that has just died; book-style against hardened, side by side. */
import type { Condition } from '../../bridge/condition';
import { applicationOf, atRest } from '../appWorld';
import type { Scenario } from '../scenario';

const TASK = 'task-0000000000';
/** Longer than the workers': the masters must bear that their words are held up. */
const MASTER_TIMEOUT_MS = 20_000;

const chooses = (master: string, worker: string): Condition => ({
  entry: {
    type: 'app',
    name: 'choose',
    process: `master ${master}`,
    detail: { task: TASK, worker: `worker-${worker}` },
  },
});

const isAsked = (server: string): Condition => ({
  entry: {
    type: 'enqueue',
    thread: 'RequestThrottler',
    process: server,
    op: 'getData',
    path: `/tasks/${TASK}`,
  },
});

export const e2DeadInbox: Scenario = {
  id: 'e2-dead-inbox',
  chapter: 'application',
  view: 'application',
  title: { en: 'E2: the dead inbox', zh: 'E2：死者的收件箱' },
  question: {
    en: 'The master gives a task to a worker that dies just then. Can the task get stuck?',
    zh: 'master 刚把任务交给一个 worker，它就死了。任务会不会卡住？',
  },
  world: {
    ensembles: [[1], [2]],
    clients: [],
    apps: [
      ...applicationOf({
        hosts: [1],
        style: 'book',
        masters: ['m-1'],
        workers: ['w-1', 'w-2'],
        client: 'c-1',
        masterTimeoutMs: MASTER_TIMEOUT_MS,
      }),
      ...applicationOf({
        hosts: [2],
        style: 'hardened',
        masters: ['m-2'],
        workers: ['w-3', 'w-4'],
        client: 'c-2',
        masterTimeoutMs: MASTER_TIMEOUT_MS,
      }),
    ],
    opening: atRest(4, ['m-1', 'm-2']),
  },
  steps: [
    {
      type: 'say',
      look: 'master m-1',
      text: {
        en: 'Two applications, each on a ZooKeeper server of its own; they share nothing. The upper one, on server 1, is book-style: `m-1`, `w-1`, `w-2`, `c-1`. The lower one, on server 2, is hardened: `m-2`, `w-3`, `w-4`, `c-2`. The same is going to happen to both, beginning with a task.',
        zh: '两个应用，各在自己的一台 ZooKeeper 服务器上，毫无共享。上面的在服务器 1 上，是书中版（book-style）：`m-1`、`w-1`、`w-2`、`c-1`。下面的在服务器 2 上，是加固版（hardened）：`m-2`、`w-3`、`w-4`、`c-2`。两边将遇到同样的事，先从一个任务开始。',
      },
    },
    {
      type: 'order',
      commands: ['submit taskclient c-1 resize photo 1', 'submit taskclient c-2 resize photo 1'],
    },
    {
      type: 'say',
      when: { all: [isAsked('1'), isAsked('2')] },
      look: 'master m-1',
      text: {
        en: 'Each master has asked its server what the task is. From now on the network is slow in one direction: what the masters send is held up, what the servers send still arrives.',
        zh: '两个 master 都向服务器读取了任务内容。从现在起，网络单方向变慢：master 发出的消息被扣住，服务器发来的照常到达。',
      },
    },
    { type: 'order', commands: ['hold master m-1 1 client', 'hold master m-2 2 client'] },
    {
      type: 'say',
      when: { all: [chooses('m-1', 'w-1'), chooses('m-2', 'w-3')] },
      look: 'master m-1',
      text: {
        en: '`m-1` has chosen `w-1`, and `m-2` has chosen `w-3`. On its way is from `m-1` a plain `create` of the assignment in the inbox of `w-1`; from `m-2` one `multi` of four: check `/epoch`, check that `/workers/worker-w-3` is there, create the assignment, delete the task.',
        zh: '`m-1` 选了 `w-1`，`m-2` 选了 `w-3`。`m-1` 发出的是一个普通的 `create`，在 `w-1` 的收件箱里创建分配；`m-2` 发出的是一个含四项操作的 `multi`：检查 `/epoch`，检查 `/workers/worker-w-3` 还在，创建分配，删除任务。',
      },
    },
    {
      type: 'goal',
      text: {
        en: 'Let the chosen worker die at this very moment: crash `w-1`.',
        zh: '就在这一刻，让被选中的 worker 死掉：使 `w-1` 崩溃。',
      },
      hint: {
        en: 'Press *Crash* on the card of `w-1`, or type `crash worker w-1`.',
        zh: '点 `w-1` 卡片上的*崩溃*，或输入 `crash worker w-1`。',
      },
      done: { frame: 'processes.worker w-1.status', is: 'down' },
      solution: ['crash worker w-1'],
    },
    { type: 'order', commands: ['crash worker w-3'] },
    {
      type: 'say',
      pace: 'skip',
      when: {
        all: [
          { entry: { type: 'sessionClose', process: '1' } },
          { entry: { type: 'sessionClose', process: '2' } },
        ],
      },
      look: 'server 1',
      text: {
        en: '`w-3` has crashed as well, and the sessions of both have expired. Their znodes in `/workers` are gone; their inboxes under `/assign` are persistent and still there, empty. The words of the masters are still held up.',
        zh: '`w-3` 也崩溃了，两个会话 session 都已过期。它们在 `/workers` 里的 znode 没了；`/assign` 下的收件箱是持久的，还在，是空的。两个 master 的消息仍被扣着。',
      },
    },
    {
      type: 'predict',
      question: {
        en: 'Now the links are released. What happens to the `create` of `m-1`, which is for a worker that no longer exists?',
        zh: '现在放行。`m-1` 的那个 `create` 是给一个已不存在的 worker 的，结果会怎样？',
      },
      choices: [
        {
          text: { en: 'It fails, since `w-1` is gone.', zh: '失败，因为 `w-1` 已不在。' },
          because: {
            en: 'ZooKeeper does not know that an inbox belongs to a worker. A `create` needs its parent, `/assign/worker-w-1`, and that is there.',
            zh: 'ZooKeeper 并不知道收件箱属于哪个 worker。`create` 只要求父节点 `/assign/worker-w-1` 存在，而它还在。',
          },
        },
        {
          text: {
            en: 'It succeeds: the task lies in a dead inbox.',
            zh: '成功：任务落进死者的收件箱。',
          },
          isRight: true,
          because: {
            en: 'Nothing in this request says that the worker must be alive. That is the defect.',
            zh: '这个请求里没有一处要求 worker 活着。这就是缺陷所在。',
          },
        },
        {
          text: {
            en: '`m-1` takes it back, having heard that `w-1` is gone.',
            zh: '`m-1` 已听说 `w-1` 没了，会把它撤回。',
          },
          because: {
            en: 'What has been sent cannot be called back. It can only be followed by something else.',
            zh: '发出去的收不回来，只能再发别的跟在后面。',
          },
        },
      ],
    },
    { type: 'order', commands: ['release master m-1 1 client', 'release master m-2 2 client'] },
    {
      type: 'say',
      when: {
        all: [
          {
            entry: {
              type: 'send',
              kind: 'REQUEST',
              process: 'master m-1',
              op: 'getChildren',
              path: '/assign/worker-w-1',
            },
          },
          {
            entry: {
              type: 'app',
              name: 'assigned',
              process: 'master m-1',
              detail: { task: TASK, worker: 'worker-w-1' },
            },
          },
          chooses('m-2', 'w-4'),
        ],
      },
      look: 'master m-2',
      text: {
        en: 'At server 2 the check of `/workers/worker-w-3` failed, and with it the whole `multi`; `m-2` chose `w-4` instead. At server 1 the task lies in the inbox of `w-1`. `m-1` has heard by now that `w-1` is gone and has asked for that inbox: the answer would save it. Just before it comes, the connection breaks.',
        zh: '在服务器 2 上，对 `/workers/worker-w-3` 的检查失败，整个 `multi` 也就失败，`m-2` 改选 `w-4`。在服务器 1 上，任务进了 `w-1` 的收件箱。`m-1` 此时已听说 `w-1` 没了，正在读那个收件箱：答复一到就有救。就差这一点，连接断了。',
      },
    },
    { type: 'order', commands: ['reset master m-1 1 client', 'reset master m-2 2 client'] },
    {
      type: 'say',
      pace: 'skip',
      when: { entry: { type: 'app', name: 'consumed', process: 'taskclient c-2' } },
      look: 'taskclient c-2',
      text: {
        en: 'The connection of `m-2` was reset as well. It was `SUSPENDED`, read everything anew when it was back, and found the task in the inbox of `w-4`, which is alive: its second `multi` had come through. `c-2` has its photo.',
        zh: '`m-2` 的连接也被重置了。它进入 `SUSPENDED`，重连后把一切重读了一遍，看到任务在 `w-4` 的收件箱里，而 `w-4` 活着：第二个 `multi` 其实已经生效。`c-2` 拿到了照片。',
      },
    },
    {
      type: 'say',
      pace: 'skip',
      when: { frame: 'checks.*.holds', is: false },
      look: 'check NoStuckInbox',
      text: {
        en: '`m-1` is connected again too, in the same session. It repeats what was lost, but the retry of this one call uses a path where a name belongs, so it is never sent. Nobody looks into the inbox of `w-1` any more, `c-1` waits for ever, and the check has said so. The race alone would have been repaired; the race and a lost connection were not.',
        zh: '`m-1` 也重连了，会话还是原来的。它会重发丢失的调用，可偏偏这个调用的重试在该写名字的地方写了路径，根本发不出去。再没有谁去看 `w-1` 的收件箱，`c-1` 永远等下去，检查项也报了出来。只有抢先一步的死亡，本来补得回来；再加上一次断线，就补不回来了。',
      },
    },
  ],
  outcome: [
    {
      text: {
        en: 'Book-style: the task lies in the inbox of a dead worker, a live master knows nothing of it, and no status will come.',
        zh: '书中版：任务躺在死者的收件箱里，活着的 master 一无所知，也不会再有状态。',
      },
      that: {
        all: [
          { znode: `/assign/worker-w-1/${TASK}`, server: '1' },
          { znode: '/workers/worker-w-1', server: '1', exists: false },
          { znode: `/tasks/${TASK}`, server: '1', exists: false },
          { frame: 'processes.master m-1.sections.master.phase', is: 'steady' },
          { not: { entry: { type: 'app', name: 'consumed', process: 'taskclient c-1' } } },
        ],
      },
    },
    {
      text: {
        en: 'Hardened: nothing ever came into the dead inbox, and the task was done by `w-4`.',
        zh: '加固版：死者的收件箱里从未进过东西，任务由 `w-4` 完成。',
      },
      that: {
        all: [
          {
            entry: {
              type: 'app',
              name: 'consumed',
              process: 'taskclient c-2',
              detail: { status: 'done' },
            },
          },
          { entry: { type: 'app', name: 'executed', process: 'worker w-4' } },
          { znode: `/assign/worker-w-3/${TASK}`, server: '2', exists: false },
        ],
      },
    },
  ],
  breaks: ['NoStuckInbox'],
  sandbox: {
    en: 'Restart `w-1`: the dead inbox is its own again, and the task goes on. Or crash `m-1` and restart it: its recovery does find the inbox, but look at what it puts back.',
    zh: '重启 `w-1`：收件箱又归它所有，任务继续。或者让 `m-1` 崩溃再重启：恢复时它会看到那个收件箱，但请看它放回去的是什么。',
  },
};
