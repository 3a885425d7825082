/** Two workers are cut off from ZooKeeper and finish all the same: both tasks run twice; one may, the other is caught. */
import type { Condition } from '../../bridge/condition';
import { applicationOf, atRest } from '../appWorld';
import type { Scenario } from '../scenario';

/** Ids of the submissions: the keys under which the storage keeps effects. */
const PHOTO = 'c-1.0.1';
const ORDER = 'c-1.0.2';

const stored = (by: string, key: string, outcome: string): Condition => ({
  entry: { type: 'app', name: 'stored', detail: { by, key, outcome } },
});

export const doubleExecution: Scenario = {
  id: 'double-execution',
  chapter: 'application',
  view: 'application',
  title: { en: 'A cut link, and everything is done twice', zh: '链路断开，任务做了两遍' },
  question: {
    en: 'A worker loses its connection to ZooKeeper but works on. Is its task run twice, and does it matter?',
    zh: 'worker 与 ZooKeeper 断了联系，却还在干活。任务会不会执行两次？要紧吗？',
  },
  world: {
    ensembles: [[1, 2, 3]],
    seed: 2,
    clients: [],
    apps: applicationOf({
      hosts: [1, 2, 3],
      style: 'hardened',
      masters: ['m-1'],
      workers: ['w-1', 'w-2', 'w-3'],
      client: 'c-1',
      storage: { id: 's-1', fencing: true },
    }),
    opening: atRest(3, ['m-1']),
  },
  steps: [
    {
      type: 'say',
      look: 'storage s-1',
      text: {
        en: 'Workers do their work outside ZooKeeper: its effect goes to the storage `s-1`, under the id of the submission. `c-1` is going to submit two tasks. To resize a photo twice does no harm. To pay an order twice does; that task is marked as one that must not run twice.',
        zh: 'worker 的活在 ZooKeeper 之外：效果写进存储 `s-1`，以提交的编号为键。`c-1` 要提交两个任务。照片缩放两次没有害处；订单付款两次可不行，所以这个任务标明不得执行两次。',
      },
    },
    {
      type: 'order',
      commands: ['submit taskclient c-1 resize photo 1', 'submit taskclient c-1 once pay order 7'],
    },
    {
      type: 'say',
      pace: 'skip',
      when: {
        all: [
          {
            entry: {
              type: 'app',
              name: 'begin',
              process: 'worker w-1',
              detail: { submission: PHOTO, kind: 'any' },
            },
          },
          {
            entry: {
              type: 'app',
              name: 'begin',
              process: 'worker w-2',
              detail: { submission: ORDER, kind: 'once' },
            },
          },
        ],
      },
      look: 'worker w-2',
      text: {
        en: '`w-1` resizes the photo, `w-2` pays the order, `w-3` is idle. Each has two connections: one to a server of ZooKeeper and one to the storage. Only the first is going to be cut.',
        zh: '`w-1` 在缩放照片，`w-2` 在付款，`w-3` 闲着。每个 worker 有两条连接：一条通往 ZooKeeper 的某台服务器，一条通往存储。要断的只是前一条。',
      },
    },
    {
      type: 'goal',
      text: {
        en: 'Cut `w-2` off from all servers while it works.',
        zh: '趁 `w-2` 正在工作，断开它与所有服务器的链路。',
      },
      hint: {
        en: 'Open the menu *⋯* on the card of `w-2` and choose *Cut off from all servers*, or type `cut worker w-2 1`, and the same for 2 and 3.',
        zh: '打开 `w-2` 卡片上的 *⋯* 菜单，选*断开与所有服务器的链路*，或输入 `cut worker w-2 1`，再对 2 和 3 各输入一次。',
      },
      done: { entry: { type: 'command', name: 'cut', process: 'worker w-2' }, times: 3 },
      solution: ['cut worker w-2 1', 'cut worker w-2 2', 'cut worker w-2 3'],
    },
    { type: 'order', commands: ['cut worker w-1 1', 'cut worker w-1 2', 'cut worker w-1 3'] },
    {
      type: 'predict',
      question: {
        en: '`w-1` is now cut off as well. What do the two workers do?',
        zh: '`w-1` 现在也被断开了。这两个 worker 会怎么做？',
      },
      choices: [
        {
          text: { en: 'They stop at once.', zh: '立刻停下。' },
          because: {
            en: 'A cut link says nothing; there is only silence. The library calls it a lost connection after two thirds of the session timeout.',
            zh: '链路断了不会有谁来通知，只是一片寂静。要静默到会话超时的三分之二，客户端库才认定连接已丢。',
          },
        },
        {
          text: {
            en: 'They finish, and write the effects to the storage.',
            zh: '把活干完，并把效果写进存储。',
          },
          isRight: true,
          because: {
            en: 'Both tasks are shorter than the silence that would be noticed, and the way to the storage is open.',
            zh: '静默还没久到被察觉，两个任务就干完了；而通往存储的路是通的。',
          },
        },
        {
          text: {
            en: 'Nothing: the master gives the tasks to `w-3` at once.',
            zh: '什么也不做：master 立刻把任务给了 `w-3`。',
          },
          because: {
            en: 'The master sees two members in `/workers` as before. It learns something when their sessions expire.',
            zh: '在 master 看来，`/workers` 里这两个成员都还在。会话过期时它才会知道。',
          },
        },
      ],
    },
    {
      type: 'say',
      when: { all: [stored('w-1', PHOTO, 'accepted'), stored('w-2', ORDER, 'accepted')] },
      look: 'storage s-1',
      text: {
        en: 'The photo is resized and the order is paid: `s-1` has accepted both effects. What is missing are the reports: they go to servers that they will never reach.',
        zh: '照片缩放了，订单也付了：两个效果 `s-1` 都接受了。缺的是报告：它们发往永远到不了的服务器。',
      },
    },
    {
      type: 'say',
      pace: 'skip',
      when: {
        all: [
          { entry: { type: 'app', name: 'suspended', process: 'worker w-1' } },
          { entry: { type: 'app', name: 'suspended', process: 'worker w-2' } },
        ],
      },
      look: 'worker w-2',
      text: {
        en: 'Now both have noticed that they are alone. These workers are hardened: while their connection is lost, they finish nothing. That is right, but it came too late for the two effects.',
        zh: '现在它们都发觉自己断线了。这些是加固版（hardened）的 worker：断线期间什么都不完成。做法没错，但对那两个效果来说已经晚了。',
      },
    },
    {
      type: 'say',
      pace: 'skip',
      when: { entry: { type: 'app', name: 'assigned', process: 'master m-1' }, times: 2 },
      look: 'worker w-3',
      text: {
        en: 'Both sessions have expired. For all that the master can read, the two tasks were never finished: it put them back into `/tasks` and gave both to `w-3`, the only one left.',
        zh: '两个会话都过期了。就 master 读得到的而言，这两个任务都没做完：它把它们放回 `/tasks`，都交给了仅剩的 `w-3`。',
      },
    },
    {
      type: 'predict',
      question: {
        en: '`w-3` is going to do both again. What will the storage say?',
        zh: '`w-3` 要把两个任务都再做一遍。存储会怎么说？',
      },
      choices: [
        {
          text: {
            en: 'It refuses both: their tokens are old.',
            zh: '都拒绝：令牌旧了。',
          },
          because: {
            en: 'The token of a worker is the zxid of its assignment. The new assignments are younger, so their tokens are greater.',
            zh: 'worker 的令牌是它那个分配的 zxid。新的分配更晚，令牌更大。',
          },
        },
        {
          text: { en: 'It accepts both a second time.', zh: '两个都再接受一次。' },
          because: {
            en: 'So it would be if nobody had asked for more. With a task that must not run twice, this worker says: only if there is nothing yet.',
            zh: '要是没人另作要求，的确如此。但对不得执行两次的任务，这个 worker 会说：还没有才写。',
          },
        },
        {
          text: {
            en: 'It accepts the photo again, and calls the payment a duplicate.',
            zh: '照片再接受一次，付款判为重复。',
          },
          isRight: true,
          because: {
            en: 'The payment is written only if its key is not there yet, and it is there, from `w-2`. The photo is simply written over.',
            zh: '付款只在键不存在时才写，而 `w-2` 已经写过这个键；照片则直接覆盖。',
          },
        },
      ],
    },
    {
      type: 'say',
      pace: 'skip',
      when: {
        all: [
          stored('w-3', PHOTO, 'accepted'),
          stored('w-3', ORDER, 'duplicate'),
          { entry: { type: 'app', name: 'consumed', detail: { status: 'done' } }, times: 2 },
          { quiet: true },
        ],
      },
      look: 'storage s-1',
      text: {
        en: 'The photo stands there twice and is the same. The payment was caught as a duplicate, `w-3` reported it as done, and `c-1` has both results. No master and no ZooKeeper could have prevented the second run; what made it harmless is in the task and at the storage.',
        zh: '照片写了两次，内容一样。付款被判为重复，`w-3` 报告完成，`c-1` 拿到了两个结果。第二次执行，master 防不住，ZooKeeper 也防不住；让它无害的，是任务自身和存储的检查。',
      },
    },
    { type: 'order', commands: ['heal'] },
    {
      type: 'say',
      pace: 'skip',
      when: {
        all: [
          { entry: { type: 'app', name: 'workerRegistered', process: 'worker w-1' } },
          { entry: { type: 'app', name: 'workerRegistered', process: 'worker w-2' } },
          { quiet: true },
        ],
      },
      look: 'worker w-1',
      text: {
        en: 'The links are healed. `w-1` and `w-2` were told that their sessions had expired; each dropped its run, opened a new session and registered. Nothing of the old runs came through later.',
        zh: '链路恢复了。`w-1` 和 `w-2` 被告知会话已过期，各自丢弃了手上的执行，开了新会话，重新注册。旧的执行没有再冒出任何东西。',
      },
    },
  ],
  outcome: [
    {
      text: {
        en: 'Both tasks were executed twice.',
        zh: '两个任务都执行了两次。',
      },
      that: {
        all: [
          { entry: { type: 'app', name: 'executed', detail: { submission: PHOTO } }, times: 2 },
          { entry: { type: 'app', name: 'executed', detail: { submission: ORDER } }, times: 2 },
        ],
      },
    },
    {
      text: {
        en: 'The storage has one payment of order 7, and knows of one duplicate.',
        zh: '存储里订单 7 只付了一次，另有一次被判为重复。',
      },
      that: {
        all: [
          stored('w-2', ORDER, 'accepted'),
          stored('w-3', ORDER, 'duplicate'),
          {
            not: {
              entry: { type: 'app', name: 'stored', detail: { key: ORDER, outcome: 'accepted' } },
              times: 2,
            },
          },
        ],
      },
    },
  ],
  sandbox: {
    en: 'Submit one more payment and cut the worker off from the storage instead (menu *⋯*): it tries again and again. Or pause a worker in the middle of a task, wait until another has it, and resume it.',
    zh: '再提交一笔付款，这次断开 worker 与存储的链路（*⋯* 菜单）：它会反复重试。或者在任务中途暂停一个 worker，等别人接手之后再恢复它。',
  },
};
