/** A worker crashes with work in its inbox: its ephemeral znode tells, and the master gives the work to another. */
import { applicationOf, atRest } from '../appWorld';
import type { Scenario } from '../scenario';

const RUNNING = 'task-0000000000';
const WAITING = 'task-0000000003';

export const workerCrash: Scenario = {
  id: 'worker-crash',
  chapter: 'application',
  view: 'application',
  title: { en: 'A worker crashes', zh: 'worker 崩溃' },
  question: {
    en: 'A worker dies in the middle of a task. Who notices, when, and what becomes of its work?',
    zh: 'worker 干到一半死了。谁会发现？什么时候发现？它手里的活怎么办？',
  },
  world: {
    ensembles: [[1, 2, 3]],
    clients: [],
    apps: applicationOf({
      hosts: [1, 2, 3],
      style: 'book',
      masters: ['m-1'],
      workers: ['w-1', 'w-2'],
      client: 'c-1',
    }),
    opening: atRest(2, ['m-1']),
  },
  steps: [
    {
      type: 'say',
      look: 'worker w-1',
      text: {
        en: 'A worker is a member of the group as long as its ephemeral znode stands in `/workers`. Its inbox under `/assign` is persistent: it outlives the worker. `c-1` is going to submit four tasks.',
        zh: '只要 `/workers` 里有自己的临时（ephemeral）znode，一个 worker 就是组里的成员。它在 `/assign` 下的收件箱则是持久的：worker 没了，收件箱还在。接下来 `c-1` 提交四个任务。',
      },
    },
    {
      type: 'order',
      commands: [
        'submit taskclient c-1 resize photo 1',
        'submit taskclient c-1 resize photo 2',
        'submit taskclient c-1 resize photo 3',
        'submit taskclient c-1 resize photo 4',
      ],
    },
    {
      type: 'say',
      pace: 'skip',
      when: {
        all: [
          { entry: { type: 'app', name: 'assigned' }, times: 4 },
          { entry: { type: 'app', name: 'step', process: 'worker w-1' }, times: 2 },
          {
            entry: {
              type: 'app',
              name: 'assigned',
              detail: { task: RUNNING, worker: 'worker-w-1' },
            },
          },
          {
            entry: {
              type: 'app',
              name: 'assigned',
              detail: { task: WAITING, worker: 'worker-w-1' },
            },
          },
        ],
      },
      look: 'worker w-1',
      text: {
        en: 'The master has given each worker two tasks. `w-1` has done half of the first and has the other in its inbox. Both assignments are znodes under `/assign/worker-w-1`; an assignment goes away only when its task is done.',
        zh: 'master 给每个 worker 分了两个任务。`w-1` 的第一个做了一半，另一个还在收件箱里。两个分配都是 `/assign/worker-w-1` 下的 znode；任务做完，分配才会删掉。',
      },
    },
    {
      type: 'goal',
      text: { en: 'Crash `w-1` in the middle of its task.', zh: '趁 `w-1` 干到一半，让它崩溃。' },
      hint: {
        en: 'Press *Crash* on the card of `w-1`, or type `crash worker w-1`.',
        zh: '点 `w-1` 卡片上的*崩溃*，或输入 `crash worker w-1`。',
      },
      done: { frame: 'processes.worker w-1.status', is: 'down' },
      solution: ['crash worker w-1'],
    },
    {
      type: 'predict',
      question: {
        en: 'When will the master give the work of `w-1` to somebody else?',
        zh: 'master 什么时候会把 `w-1` 的活交给别人？',
      },
      choices: [
        {
          text: { en: 'At once: the connection broke.', zh: '立刻：连接断了。' },
          because: {
            en: 'The server saw the connection break, but a session outlives its connection. The worker might come back to another server.',
            zh: '服务器看到连接断了，但会话 session 比连接活得久：worker 也许会连到另一台服务器上。',
          },
        },
        {
          text: { en: 'When its session expires.', zh: '等它的会话过期。' },
          isRight: true,
          because: {
            en: 'Then the leader deletes its ephemeral znode, and the watch of the master on `/workers` fires.',
            zh: '那时 leader 删除它的临时 znode，master 在 `/workers` 上的监视 watch 触发。',
          },
        },
        {
          text: {
            en: 'When the master finds that the task takes too long.',
            zh: '等 master 发现任务耗时太久。',
          },
          because: {
            en: 'The master keeps no clock for tasks. It relies on the group membership in `/workers` alone.',
            zh: 'master 不给任务计时，只看 `/workers` 里的成员。',
          },
        },
      ],
    },
    {
      type: 'say',
      pace: 'skip',
      when: { all: [{ entry: { type: 'app', name: 'consumed' }, times: 2 }, { quiet: true }] },
      look: 'worker w-2',
      text: {
        en: '`w-2` has done both its tasks meanwhile. The znode of `w-1` still stands in `/workers`, and the master still counts it as alive: it could even give it another task. Nothing has happened to the two in its inbox.',
        zh: '这期间 `w-2` 已做完自己的两个任务。`w-1` 的 znode 还在 `/workers` 里，master 仍当它活着，甚至还会给它分新任务。它收件箱里的两个任务原封不动。',
      },
    },
    {
      type: 'say',
      pace: 'skip',
      when: { entry: { type: 'sessionClose', process: '3' } },
      look: 'server 3',
      text: {
        en: 'Now the timeout has passed. The leader has committed a `closeSession`; with it `/workers/worker-w-1` is gone. The master is told only that the children of `/workers` have changed, and reads the list again.',
        zh: '超时到了。leader 提交了 `closeSession`，`/workers/worker-w-1` 随之消失。master 只被告知 `/workers` 的子节点有变化，于是重新读这张列表。',
      },
    },
    {
      type: 'say',
      when: { entry: { type: 'app', name: 'requeued', process: 'master m-1' }, times: 2 },
      look: 'master m-1',
      text: {
        en: '`w-1` is missing in the list, so the master has read its inbox: two tasks, one half done, one not begun. Both look the same from here. It has created both in `/tasks` again, under their old names, and deletes them from the inbox of the dead.',
        zh: '列表里少了 `w-1`，master 便去读它的收件箱：两个任务，一个做了一半，一个没开始，从这里看没有区别。它把两个都按原名重新放进 `/tasks`，再从死者的收件箱里删掉。',
      },
    },
    {
      type: 'say',
      pace: 'skip',
      when: { all: [{ entry: { type: 'app', name: 'consumed' }, times: 2 }, { quiet: true }] },
      look: 'taskclient c-1',
      text: {
        en: '`w-2` has run both from their first step, and `c-1` has all four results. The half that `w-1` had done is lost; had it left traces outside, the second run would meet them. That is why a task should bear to be run twice.',
        zh: '`w-2` 把两个任务都从第一步重新做了一遍，`c-1` 拿到了全部四个结果。`w-1` 做了的那一半白做了；要是它在外面留下了痕迹，第二次执行就会碰上。所以任务最好经得起执行两次。',
      },
    },
  ],
  outcome: [
    {
      text: { en: 'All four tasks were done and read.', zh: '四个任务都完成并已读取。' },
      that: { entry: { type: 'app', name: 'consumed', detail: { status: 'done' } }, times: 4 },
    },
    {
      text: {
        en: 'One task was begun twice: by `w-1` and by `w-2`.',
        zh: '有一个任务开始了两次：先是 `w-1`，后是 `w-2`。',
      },
      that: {
        all: [
          {
            entry: { type: 'app', name: 'begin', process: 'worker w-1', detail: { task: RUNNING } },
          },
          {
            entry: { type: 'app', name: 'begin', process: 'worker w-2', detail: { task: RUNNING } },
          },
          {
            not: {
              entry: {
                type: 'app',
                name: 'begin',
                process: 'worker w-1',
                detail: { task: WAITING },
              },
            },
          },
          {
            entry: { type: 'app', name: 'begin', process: 'worker w-2', detail: { task: WAITING } },
          },
        ],
      },
    },
    {
      text: { en: 'No member `w-1` is left.', zh: '成员 `w-1` 已不在组里。' },
      that: { znode: '/workers/worker-w-1', server: '3', exists: false },
    },
  ],
  sandbox: {
    en: 'Restart `w-1`: it registers again and finds its inbox empty. Then crash it *just after* it has executed a task: `/status` never hears of it, and the task is run once more.',
    zh: '重启 `w-1`：它会重新注册，收件箱是空的。再试试在它*刚执行完*一个任务时让它崩溃：`/status` 里没有记录，任务会再执行一次。',
  },
};
