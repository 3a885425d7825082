/** A paused master is taken for dead: ZooKeeper fences it off by its session, an outside storage only by a token. */
import type { Condition } from '../../bridge/condition';
import { applicationOf, atRest } from '../appWorld';
import type { Scenario } from '../scenario';

const PHOTO_1 = 'task-0000000000';
const PHOTO_2 = 'task-0000000001';

const reads = (master: string, task: string): Condition => ({
  entry: {
    type: 'send',
    kind: 'REQUEST',
    process: `master ${master}`,
    op: 'getData',
    path: `/tasks/${task}`,
  },
});

const gives = (master: string, task: string, worker: string): Condition => ({
  entry: {
    type: 'app',
    name: 'assigned',
    process: `master ${master}`,
    detail: { task, worker: `worker-${worker}` },
  },
});

const stored = (by: string, outcome: string): Condition => ({
  entry: { type: 'app', name: 'stored', detail: { by, what: 'plan', outcome } },
});

export const splitBrain: Scenario = {
  id: 'split-brain',
  chapter: 'application',
  view: 'application',
  title: { en: 'False suspicion and split brain', zh: '误判与脑裂 split brain' },
  question: {
    en: 'The master was only slow, and now there are two. Who stops the old one?',
    zh: '主节点 master 只是慢了一会儿，结果有了两个。谁来拦住旧的那个？',
  },
  world: {
    ensembles: [[1, 2, 3]],
    seed: 2,
    clients: [],
    apps: applicationOf({
      hosts: [1, 2, 3],
      style: 'book',
      masters: ['m-1', 'm-2'],
      workers: ['w-1', 'w-2'],
      client: 'c-1',
      storage: { id: 's-1', fencing: false },
    }),
    opening: atRest(2, ['m-2']),
  },
  steps: [
    {
      type: 'say',
      look: 'storage s-1',
      text: {
        en: '`m-2` is the master, `m-1` the backup. Here the master also tells its plans to a storage outside ZooKeeper, `s-1`. Each write carries a token: the zxid of the transaction that created its `/master`. A later master has a greater one. `s-1` writes the tokens down, but does not check them.',
        zh: '`m-2` 是 master，`m-1` 是后备。这里的 master 还要把计划告诉 ZooKeeper 之外的存储 `s-1`。每次写入都带一个令牌 token：创建它的 `/master` 的那个事务的 zxid，后来的 master 的更大。`s-1` 记下令牌，但不检查。',
      },
    },
    { type: 'order', commands: ['submit taskclient c-1 resize photo 1'] },
    {
      type: 'say',
      when: reads('m-2', PHOTO_1),
      look: 'master m-2',
      text: {
        en: '`m-2` has seen the new task and asks its server for the data. When the answer comes, it will choose a worker. Just now a long garbage collection begins.',
        zh: '`m-2` 看到了新任务，正向它的服务器读取内容；答复一到，它就会选一个 worker。偏偏这时，一次漫长的垃圾回收开始了。',
      },
    },
    {
      type: 'goal',
      text: { en: 'Pause `m-2`.', zh: '暂停 `m-2`。' },
      hint: {
        en: 'Open the menu *⋯* on the card of `m-2` and choose *Pause*, or type `pause master m-2`.',
        zh: '打开 `m-2` 卡片上的 *⋯* 菜单，选*暂停*，或输入 `pause master m-2`。',
      },
      done: { frame: 'processes.master m-2.status', is: 'paused' },
      solution: ['pause master m-2'],
    },
    {
      type: 'say',
      pace: 'skip',
      when: gives('m-1', PHOTO_1, 'w-2'),
      look: 'master m-1',
      text: {
        en: 'The suspicion was false: `m-2` is not dead. But from outside, slow and dead look the same, so the leader ended its session after the timeout. `m-1` was elected, has given the task to `w-2` and told `s-1` so, with a greater token.',
        zh: '这是误判：`m-2` 并没有死。可是从外面看，慢和死没有区别，所以超时之后领导者 leader 结束了它的会话 session。`m-1` 当选，把任务交给了 `w-2`，并带着更大的令牌告诉了 `s-1`。',
      },
    },
    {
      type: 'predict',
      question: {
        en: '`m-2` is about to wake. It still believes that it is the master, and the answer to its read waits in its socket. What can it do?',
        zh: '`m-2` 就要醒了。它仍然以为自己是 master，刚才那次读取的答复还在它的套接字里等着。它能做成什么？',
      },
      choices: [
        {
          text: { en: 'Nothing: its session is over.', zh: '什么也做不成：它的会话已经结束。' },
          because: {
            en: 'ZooKeeper knows about its session. The storage has never heard of sessions.',
            zh: '会话的事 ZooKeeper 知道，存储却从没听说过什么会话。',
          },
        },
        {
          text: {
            en: 'It can write to the storage, but not to ZooKeeper.',
            zh: '写得进存储，写不进 ZooKeeper。',
          },
          isRight: true,
          because: {
            en: 'A write to ZooKeeper needs a session that lives at the leader. A write to the storage needs only a connection.',
            zh: '写 ZooKeeper，要有一个在 leader 那里还活着的会话；写存储，只要有连接。',
          },
        },
        {
          text: {
            en: 'It can do anything until it hears that it is deposed.',
            zh: '在得知自己被取代之前，什么都做得成。',
          },
          because: {
            en: 'Nothing that it sends reaches a znode: its server has closed the connection of the dead session.',
            zh: '它发出的东西一样也到不了 znode：会话已死，服务器早就关了连接。',
          },
        },
      ],
    },
    { type: 'order', commands: ['resume master m-2'] },
    {
      type: 'say',
      when: stored('m-2', 'accepted'),
      look: 'storage s-1',
      text: {
        en: '`m-2` went on where it stood: it chose `w-1` and told the storage, before it noticed anything. `s-1` accepted the plan, though its token is older than the one it had seen. `s-1` now holds two plans for one task, from two masters. That is split brain, outside ZooKeeper.',
        zh: '`m-2` 从停下的地方接着做：什么都没察觉，就选了 `w-1` 并告诉存储。令牌比见过的旧，`s-1` 还是接受了。现在同一个任务，`s-1` 里有两个 master 的两份计划。这就是 ZooKeeper 之外的脑裂 split brain。',
      },
    },
    {
      type: 'say',
      pace: 'skip',
      when: { frame: 'processes.master m-2.status', is: 'down' },
      look: 'master m-2',
      text: {
        en: 'Inside ZooKeeper there was none. The connection of `m-2` was closed long ago, a new one was answered with expired, and `m-2` stopped. Its assignment to `w-1` never became a znode. The end of a session is ZooKeeper’s own fence.',
        zh: '在 ZooKeeper 之内没有脑裂。`m-2` 的连接早已关闭，重连得到的答复是“已过期”，于是它停了。它给 `w-1` 的分配从未变成 znode。会话的终结，就是 ZooKeeper 自带的栅栏 fencing。',
      },
    },
    {
      type: 'goal',
      text: {
        en: 'The storage needs a fence of its own: make it check tokens.',
        zh: '存储也要有自己的栅栏 fencing：让它检查令牌。',
      },
      hint: {
        en: 'Use the switch *fencing* on the card of `s-1`, or type `fencing storage s-1 on`.',
        zh: '拨 `s-1` 卡片上的 *fencing* 开关，或输入 `fencing storage s-1 on`。',
      },
      done: { frame: 'processes.storage s-1.sections.storage.fencing', is: true },
      solution: ['fencing storage s-1 on'],
    },
    { type: 'order', commands: ['restart master m-2'] },
    {
      type: 'say',
      pace: 'skip',
      when: {
        all: [
          { frame: 'processes.master m-2.sections.master.state', is: 'NOTELECTED' },
          { entry: { type: 'app', name: 'masterState', process: 'master m-2' }, times: 2 },
          { quiet: true },
        ],
      },
      look: 'master m-2',
      text: {
        en: '`m-2` is back with a new session, as the backup of `m-1`. Now the same again the other way round: a second task comes, and `m-1` is paused as it reads it.',
        zh: '`m-2` 带着新会话回来了，这次给 `m-1` 当后备。现在反过来再演一遍：又来一个任务，`m-1` 正在读它时被暂停。',
      },
    },
    { type: 'order', commands: ['submit taskclient c-1 resize photo 2'] },
    {
      type: 'say',
      when: reads('m-1', PHOTO_2),
      look: 'master m-1',
      text: {
        en: '`m-1` asks for the data of the second task. It is going to be paused until `m-2` has taken over and done its work, and then to wake.',
        zh: '`m-1` 正在读第二个任务的内容。它会一直停到 `m-2` 接管并把活干完，然后醒来。',
      },
    },
    { type: 'order', commands: ['pause master m-1'] },
    {
      type: 'say',
      pace: 'skip',
      when: {
        entry: { type: 'app', name: 'assigned', process: 'master m-2', detail: { task: PHOTO_2 } },
      },
      look: 'storage s-1',
      text: {
        en: '`m-2` has a new `/master`, and so a token greater than that of `m-1`. `s-1` has seen it.',
        zh: '`m-2` 创建了新的 `/master`，令牌也就比 `m-1` 的大。`s-1` 已经见过它。',
      },
    },
    { type: 'order', commands: ['resume master m-1'] },
    {
      type: 'say',
      when: stored('m-1', 'refused'),
      look: 'storage s-1',
      text: {
        en: 'The same late plan, and `s-1` refused it: its token is smaller than the greatest that it has seen. The storage needs neither clocks nor sessions for that, only a number which grows with each master. ZooKeeper gives such numbers away.',
        zh: '同样一份迟到的计划，这次 `s-1` 拒绝了：它的令牌小于见过的最大值。为此存储既不需要时钟，也不需要会话，只需要一个随每任 master 增大的数。这样的数，ZooKeeper 现成就有。',
      },
    },
  ],
  outcome: [
    {
      text: {
        en: 'In ZooKeeper each task was given out once: the late assignment of `m-2` was never applied.',
        zh: '在 ZooKeeper 里每个任务只分配了一次：`m-2` 迟到的分配从未生效。',
      },
      that: {
        all: [
          gives('m-1', PHOTO_1, 'w-2'),
          { not: { entry: { type: 'apply', path: `/assign/worker-w-1/${PHOTO_1}` } } },
        ],
      },
    },
    {
      text: {
        en: 'Without the check the storage accepted the plan of a deposed master; with it, it refused one.',
        zh: '不检查令牌时，存储接受了已被取代的 master 的计划；检查之后，它拒绝了。',
      },
      that: {
        all: [
          { not: stored('m-2', 'refused') },
          stored('m-1', 'refused'),
          { frame: 'processes.storage s-1.sections.storage.rows.*.outcome', is: 'refused' },
        ],
      },
    },
  ],
  breaks: ['TokensNeverDecrease'],
  sandbox: {
    en: 'Let `m-1` wake up fully and stop, restart it, and pause the master once more, this time while no task is on its way. Or turn the check off again and see how a third plan slips in.',
    zh: '让 `m-1` 完全醒来并停下，再重启它，然后在没有任务时又一次暂停 master。或者关掉检查，看看又一份迟到的计划怎样混进来。',
  },
};
