/** The master crashes; its backup is elected and reads from znodes alone what the one before had given out. */
import { applicationOf, atRest } from '../appWorld';
import type { Scenario } from '../scenario';

const PHOTO_1 = 'task-0000000000';
const PHOTO_2 = 'task-0000000001';

export const masterCrash: Scenario = {
  id: 'master-crash',
  chapter: 'application',
  view: 'application',
  title: { en: 'The master crashes', zh: '主节点 master 崩溃' },
  question: {
    en: 'My master crashes while workers are busy. Who takes over, and how does it know what was given out?',
    zh: 'worker 正忙着，主节点 master 崩溃了。谁来接管？接管者怎么知道哪些任务已经分出去了？',
  },
  world: {
    ensembles: [[1, 2, 3]],
    clients: [],
    apps: applicationOf({
      hosts: [1, 2, 3],
      style: 'book',
      masters: ['m-1', 'm-2'],
      workers: ['w-1', 'w-2'],
      client: 'c-1',
    }),
    opening: atRest(2, ['m-2']),
  },
  steps: [
    {
      type: 'say',
      look: 'master m-2',
      text: {
        en: 'Both masters have tried to create the ephemeral znode `/master`, and `m-2` was first. `m-1` was told `NODEEXISTS`; it is the backup and has set a watch on `/master`. Two workers stand in `/workers`. Now the task client `c-1` is going to submit a long task, photo 1.',
        zh: '两个 master 都试过创建临时（ephemeral）znode `/master`，`m-2` 抢先了。`m-1` 得到的是 `NODEEXISTS`，于是当后备，在 `/master` 上设了监视 watch。`/workers` 里有两个 worker。接下来，任务客户端 `c-1` 要提交一个较长的任务：照片 1。',
      },
    },
    { type: 'order', commands: ['submit taskclient c-1 steps 20 resize photo 1'] },
    {
      type: 'say',
      when: {
        entry: {
          type: 'app',
          name: 'assigned',
          process: 'master m-2',
          detail: { task: PHOTO_1, worker: 'worker-w-1' },
        },
      },
      look: 'worker w-1',
      text: {
        en: '`m-2` has read the task, chosen `w-1`, created the assignment in its inbox under `/assign`, and deleted the task from `/tasks`. `w-1` has begun. Master and worker never spoke to each other: all of it went through znodes.',
        zh: '`m-2` 读了任务，选中 `w-1`，在 `/assign` 下它的收件箱里创建了分配，再从 `/tasks` 删掉任务。`w-1` 已经开工。master 和 worker 之间没有说过一句话：一切都经过 znode。',
      },
    },
    {
      type: 'predict',
      question: {
        en: 'The master is going to crash now. What becomes of photo 1?',
        zh: 'master 马上就要崩溃。照片 1 会怎样？',
      },
      choices: [
        {
          text: { en: '`w-1` stops, since its master is gone.', zh: 'master 没了，`w-1` 停下来。' },
          because: {
            en: 'A worker does not watch the master. It has its assignment, and its inbox stays where it is.',
            zh: 'worker 并不监视 master。它手里有分配，收件箱也还在原处。',
          },
        },
        {
          text: { en: '`w-1` works on.', zh: '`w-1` 继续工作。' },
          isRight: true,
          because: {
            en: 'It needs the master only to get a task. Working on it and reporting it need ZooKeeper alone.',
            zh: '只有领任务时才需要 master。执行和报告只需要 ZooKeeper。',
          },
        },
        {
          text: {
            en: 'The next master has to give it out again.',
            zh: '只能等下一个 master 重新分配。',
          },
          because: {
            en: 'The assignment is a persistent znode. It outlives the master that created it.',
            zh: '分配是一个持久 znode，创建它的 master 没了，它还在。',
          },
        },
      ],
    },
    {
      type: 'goal',
      text: { en: 'Crash the master, `m-2`.', zh: '让 master `m-2` 崩溃。' },
      hint: {
        en: 'Press *Crash* on the card of `m-2`, or type `crash master m-2` at a console.',
        zh: '点 `m-2` 卡片上的*崩溃*，或在控制台输入 `crash master m-2`。',
      },
      done: { frame: 'processes.master m-2.status', is: 'down' },
      solution: ['crash master m-2'],
    },
    { type: 'order', commands: ['submit taskclient c-1 resize photo 2'] },
    {
      type: 'say',
      when: { entry: { type: 'app', name: 'acknowledged', detail: { task: PHOTO_2 } } },
      look: 'master m-1',
      text: {
        en: '`w-1` works on. Meanwhile `c-1` has submitted photo 2: it stands in `/tasks`, and nobody gives it out. `/master` still stands too. The leader keeps the session of `m-2` until its timeout has passed, so `m-1` has heard of nothing.',
        zh: '`w-1` 还在工作。这时 `c-1` 又提交了照片 2：它留在 `/tasks` 里，没人分配。`/master` 也还在：超时之前，领导者 leader 保留着 `m-2` 的会话 session，所以 `m-1` 什么都没有听说。',
      },
    },
    {
      type: 'say',
      pace: 'skip',
      when: {
        entry: {
          type: 'app',
          name: 'masterState',
          process: 'master m-1',
          detail: { state: 'RUNNING' },
        },
      },
      look: 'master m-1',
      text: {
        en: 'The leader heard nothing of `m-2` for the whole timeout and committed a `closeSession`, which deleted its ephemeral `/master`. The watch of `m-1` has fired, and it tries to create `/master` for itself.',
        zh: '在整个超时时间里，leader 没有收到 `m-2` 的任何消息，于是提交了 `closeSession`，它的临时 znode `/master` 随之删除。`m-1` 的 watch 触发了，它正试着为自己创建 `/master`。',
      },
    },
    {
      type: 'predict',
      question: {
        en: '`m-1` never exchanged a word with `m-2`. How will it learn that `w-1` has photo 1?',
        zh: '`m-1` 和 `m-2` 从未通过话。它怎么知道照片 1 在 `w-1` 手里？',
      },
      choices: [
        {
          text: { en: 'It asks the workers.', zh: '去问各个 worker。' },
          because: {
            en: 'No process of this application listens to another. Who has what stands in znodes.',
            zh: '这个应用里没有谁听谁说话。谁手里有什么，都写在 znode 里。',
          },
        },
        {
          text: { en: 'It reads it from the znodes.', zh: '从 znode 里读出来。' },
          isRight: true,
          because: {
            en: 'Whatever a master decides, it writes down before it counts. So the next one can read it.',
            zh: 'master 的每个决定都要先写进 znode 才算数，所以下一个能读出来。',
          },
        },
        {
          text: {
            en: 'It does not, and gives photo 1 out again.',
            zh: '它不知道，只好把照片 1 再分一次。',
          },
          because: {
            en: 'That would run it twice. The assignment in the inbox of `w-1` is there to be read.',
            zh: '那就会执行两次。`w-1` 收件箱里的分配就在那里，读得到。',
          },
        },
      ],
    },
    {
      type: 'say',
      when: {
        entry: {
          type: 'app',
          name: 'masterPhase',
          process: 'master m-1',
          detail: { phase: 'tasks' },
        },
      },
      look: 'master m-1',
      text: {
        en: '`m-1` is elected, with a greater token, and has read in this order: `/tasks`, `/assign`, `/workers`, every inbox, `/status`. In the inbox of `w-1` it found photo 1, and `w-1` is alive: so that is assigned and stays as it is.',
        zh: '`m-1` 当选，令牌比前任的大；它依次读了 `/tasks`、`/assign`、`/workers`、每个收件箱和 `/status`。它在 `w-1` 的收件箱里看到照片 1，而 `w-1` 还活着：这就算已分配，不去动它。',
      },
    },
    {
      type: 'say',
      when: {
        entry: { type: 'app', name: 'assigned', process: 'master m-1', detail: { task: PHOTO_2 } },
      },
      look: 'master m-1',
      text: {
        en: 'In `/tasks` it found photo 2, which nobody had, and has given it out. All that a crashed master was in the middle of is known to its successor within a few reads.',
        zh: '在 `/tasks` 里它看到没人领的照片 2，已经分了出去。崩溃的 master 正做到哪一步，继任者读几次就全知道了。',
      },
    },
    {
      type: 'say',
      pace: 'skip',
      when: { all: [{ entry: { type: 'app', name: 'consumed' }, times: 2 }, { quiet: true }] },
      look: 'taskclient c-1',
      text: {
        en: 'Both photos are done, and `c-1` has read both results. Photo 1 was run once, by the worker that had it all the time. What the crash cost is the time until the session expired, and only for what was new.',
        zh: '两张照片都处理完了，`c-1` 读到了两个结果。照片 1 只执行了一次，一直在同一个 worker 手里。这次崩溃的代价，就是等会话过期的那段时间，而且只影响新任务。',
      },
    },
  ],
  outcome: [
    {
      text: { en: '`/master` belongs to `m-1`.', zh: '`/master` 属于 `m-1`。' },
      that: {
        all: [
          { znode: '/master', server: '3', owner: 'm-1' },
          { frame: 'processes.master m-1.sections.master.believes', is: true },
        ],
      },
    },
    {
      text: {
        en: 'Each task was run once, and its result read.',
        zh: '每个任务都只执行了一次，结果都已读到。',
      },
      that: {
        all: [
          { entry: { type: 'app', name: 'consumed', detail: { status: 'done' } }, times: 2 },
          { entry: { type: 'app', name: 'begin' }, times: 2 },
          { not: { entry: { type: 'app', name: 'begin' }, times: 3 } },
          { not: { entry: { type: 'app', name: 'requeued' } } },
        ],
      },
    },
  ],
  sandbox: {
    en: 'Restart `m-2`: it becomes the backup. Then submit a task and crash `m-1` and the worker that has it together: this book-style master brings the task back, but loses what was to be done.',
    zh: '重启 `m-2`：它会成为后备。然后提交一个任务，让 `m-1` 和拿到任务的 worker 一起崩溃：这个书中版（book-style）的 master 会把任务放回去，却丢了任务内容。',
  },
};
