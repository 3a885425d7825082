/** A task fails on a healthy worker while no master lives: nobody gives it out again until one comes. */
import { applicationOf, atRest } from '../appWorld';
import type { Scenario } from '../scenario';

const PHOTO = 'task-0000000000';

export const failedTask: Scenario = {
  id: 'failed-task',
  chapter: 'application',
  view: 'application',
  title: { en: 'A failed task, and nobody to assign it', zh: '任务失败了，却没人来重新分配' },
  question: {
    en: 'A task fails on a healthy worker. Who sees to it that it is tried again, and what if there is no master?',
    zh: '任务在健康的 worker 上失败了。谁来安排重试？要是没有主节点 master 呢？',
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
      look: 'master m-1',
      text: {
        en: 'This application has one master, `m-1`, and no backup. It watches three lists: `/workers`, `/tasks` and `/status`. The last one for failures: what failed it puts back into `/tasks`. `c-1` is going to submit a long task.',
        zh: '这个应用只有一个 master，即 `m-1`，没有后备。它监视三张列表：`/workers`、`/tasks` 和 `/status`。看 `/status` 是为了失败的任务：它会把它们放回 `/tasks`。接下来 `c-1` 要提交一个较长的任务。',
      },
    },
    { type: 'order', commands: ['submit taskclient c-1 steps 30 resize photo 1'] },
    {
      type: 'say',
      pace: 'skip',
      when: {
        entry: {
          type: 'app',
          name: 'assigned',
          process: 'master m-1',
          detail: { task: PHOTO, worker: 'worker-w-1' },
        },
      },
      look: 'worker w-1',
      text: {
        en: '`w-1` has the task and works. `c-1` knows the name of its task and has set a watch on `/status/task-0000000000`, which does not exist yet. It will not go away: it waits for a result.',
        zh: '`w-1` 拿到任务，开始工作。`c-1` 知道任务的名字，已在还不存在的 `/status/task-0000000000` 上设了监视 watch，一直等结果。',
      },
    },
    {
      type: 'goal',
      text: { en: 'Crash the only master.', zh: '让唯一的 master 崩溃。' },
      hint: {
        en: 'Press *Crash* on the card of `m-1`, or type `crash master m-1` at a console.',
        zh: '点 `m-1` 卡片上的*崩溃*，或在控制台输入 `crash master m-1`。',
      },
      done: { frame: 'processes.master m-1.status', is: 'down' },
      solution: ['crash master m-1'],
    },
    {
      type: 'predict',
      question: {
        en: 'Suppose the photo turns out to be broken: the run of `w-1` fails, though `w-1` itself is healthy. What happens to the task then?',
        zh: '假如这张照片是坏的：`w-1` 这次执行失败，但 `w-1` 本身没有问题。任务接下来会怎样？',
      },
      choices: [
        {
          text: { en: '`w-1` tries it again.', zh: '`w-1` 自己再试一次。' },
          because: {
            en: 'A worker runs what is in its inbox and reports. Whether a failed task is tried again, and by whom, is not for it to decide.',
            zh: 'worker 只执行收件箱里的任务并报告结果。失败后要不要重试、由谁重试，不归它决定。',
          },
        },
        {
          text: { en: '`w-2`, which is idle, takes it over.', zh: '空闲的 `w-2` 接过去。' },
          because: {
            en: 'A worker looks into its own inbox and nowhere else. It does not even know of the task.',
            zh: 'worker 只看自己的收件箱，别处一概不看。它根本不知道有这个任务。',
          },
        },
        {
          text: {
            en: 'It stands in `/status` as failed, and nothing more happens.',
            zh: '在 `/status` 里记为失败，此外什么也不发生。',
          },
          isRight: true,
          because: {
            en: 'To give it out again is the work of a master, and no master lives. What is to be done is not lost: it stands in the znode.',
            zh: '重新分配是 master 的事，而现在没有活着的 master。任务内容没有丢：就在那个 znode 里。',
          },
        },
      ],
    },
    {
      type: 'goal',
      text: { en: 'Let the task fail at `w-1`.', zh: '让 `w-1` 的任务失败。' },
      hint: {
        en: 'Open the menu *⋯* on the card of `w-1` and choose *Fail its task*, or type `fail worker w-1`.',
        zh: '打开 `w-1` 卡片上的 *⋯* 菜单，选*让它的任务失败*，或输入 `fail worker w-1`。',
      },
      done: { entry: { type: 'app', name: 'failedRun', process: 'worker w-1' } },
      solution: ['fail worker w-1'],
    },
    {
      type: 'say',
      when: {
        entry: { type: 'app', name: 'released', process: 'worker w-1', detail: { task: PHOTO } },
      },
      look: 'taskclient c-1',
      text: {
        en: '`w-1` has created `/status/task-0000000000` with the word failed and the task in it, and has deleted its assignment. Both workers are idle, `/tasks` is empty. `c-1` has read that it failed, and leaves it there for a master.',
        zh: '`w-1` 创建了 `/status/task-0000000000`，里面写着失败和任务内容，然后删掉了自己的分配。两个 worker 都闲着，`/tasks` 是空的。`c-1` 读到了失败，把它留在那里等 master 处理。',
      },
    },
    {
      type: 'say',
      pace: 'skip',
      when: { entry: { type: 'sessionClose', process: '3' } },
      look: 'server 3',
      text: {
        en: 'The session of `m-1` has expired, and `/master` is gone with it. Nobody watched it. ZooKeeper keeps the znodes and waits; it has no idea that one of them means work. As long as no master comes, this stays as it is.',
        zh: '`m-1` 的会话 session 过期了，`/master` 随之消失，而没有谁在监视它。ZooKeeper 只管保存 znode 和等待，并不知道其中一个意味着有活要干。只要没有 master，就一直这样。',
      },
    },
    {
      type: 'goal',
      text: {
        en: 'Bring a master: the old one, or a new one.',
        zh: '请一个 master 来：旧的或新的都行。',
      },
      hint: {
        en: 'Press *Restart* on the card of `m-1`, or *Add a master* below it, or type `restart master m-1`.',
        zh: '点 `m-1` 卡片上的*重启*，或点下面的*添加一个 master*，或输入 `restart master m-1`。',
      },
      done: { entry: { type: 'app', name: 'masterState', detail: { state: 'ELECTED' } } },
      solution: ['restart master m-1'],
    },
    {
      type: 'say',
      when: { entry: { type: 'app', name: 'anew', detail: { task: PHOTO } } },
      text: {
        en: 'The new master knows nothing of the past but what stands in znodes, and that is enough: it found the failed status, put the task back into `/tasks` and deleted the status. In a moment it will give it out like a new one.',
        zh: '新来的 master 对过去一无所知，只有 znode 可读，这就够了：它看到失败的状态，把任务放回 `/tasks`，删掉了状态。马上它就会像新任务一样把它分出去。',
      },
    },
    {
      type: 'say',
      pace: 'skip',
      when: {
        all: [
          { entry: { type: 'app', name: 'consumed', detail: { task: PHOTO } } },
          { quiet: true },
        ],
      },
      look: 'taskclient c-1',
      text: {
        en: 'The second run went well, and `c-1` has its result. A healthy worker may fail, and no master may be there to care; since all that counts stands in znodes, the task could wait.',
        zh: '第二次执行成功，`c-1` 拿到了结果。健康的 worker 也会失败，当时也可能没有 master 来管；好在要紧的都在 znode 里，任务可以等。',
      },
    },
  ],
  outcome: [
    {
      text: {
        en: 'The task failed once, then it was done, and its result was read.',
        zh: '任务失败一次，之后完成，结果已读到。',
      },
      that: {
        all: [
          { entry: { type: 'app', name: 'reported', detail: { task: PHOTO, status: 'failed' } } },
          { entry: { type: 'app', name: 'reported', detail: { task: PHOTO, status: 'done' } } },
          { entry: { type: 'app', name: 'consumed', detail: { task: PHOTO, status: 'done' } } },
        ],
      },
    },
    {
      text: { en: 'It was run exactly twice.', zh: '它正好执行了两次。' },
      that: {
        all: [
          { entry: { type: 'app', name: 'begin', detail: { task: PHOTO } }, times: 2 },
          { not: { entry: { type: 'app', name: 'begin', detail: { task: PHOTO } }, times: 3 } },
        ],
      },
    },
  ],
  sandbox: {
    en: 'Submit a task that fails twice before it succeeds (`submit taskclient c-1 fails 2 resize photo 2`) and watch the master bring it back each time. Or crash both workers and see where a new task waits.',
    zh: '提交一个先失败两次才成功的任务（`submit taskclient c-1 fails 2 resize photo 2`），看 master 每次怎样把它放回去。或者让两个 worker 都崩溃，看新任务等在哪里。',
  },
};
