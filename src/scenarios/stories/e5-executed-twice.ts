/** E5: a worker dies between what it did and what it says about it; book-style against hardened, side by side. */
import type { Condition } from '../../bridge/condition';
import { applicationOf, atRest } from '../appWorld';
import type { Scenario } from '../scenario';

const app = (name: string, process: string): Condition => ({
  entry: { type: 'app', name, process },
});

const stored = (by: string, key: string, outcome: string): Condition => ({
  entry: { type: 'app', name: 'stored', detail: { by, key, outcome } },
});

export const e5ExecutedTwice: Scenario = {
  id: 'e5-executed-twice',
  chapter: 'application',
  view: 'application',
  title: { en: 'E5: paid twice', zh: 'E5：付了两次款' },
  question: {
    en: 'A worker has paid an order and dies before it can say so. Is the order paid again?',
    zh: 'worker 付完款，还没来得及报告就死了。会不会再付一次？',
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
        storage: { id: 's-1', fencing: true },
      }),
      ...applicationOf({
        hosts: [2],
        style: 'hardened',
        masters: ['m-2'],
        workers: ['w-3', 'w-4'],
        client: 'c-2',
        storage: { id: 's-2', fencing: true },
      }),
    ],
    opening: atRest(4, ['m-1', 'm-2']),
  },
  steps: [
    {
      type: 'say',
      look: 'storage s-1',
      text: {
        en: 'Two applications that share nothing: book-style on server 1 with the storage `s-1`, hardened on server 2 with `s-2`. Payments take effect at the storage, outside ZooKeeper. Both storages check tokens. Each client is going to submit a payment, which must not run twice.',
        zh: '两个毫无共享的应用：服务器 1 上是书中版（book-style），用存储 `s-1`；服务器 2 上是加固版（hardened），用 `s-2`。付款的效果在存储里，不在 ZooKeeper 里。两个存储都检查令牌。两个客户端各要提交一笔付款，它不得执行两次。',
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
      when: { all: [app('begin', 'worker w-1'), app('begin', 'worker w-3')] },
      look: 'worker w-1',
      text: {
        en: '`w-1` and `w-3` have begun to pay. A worker does three things in this order: it executes the task, it writes the status, and it deletes the assignment. Between two of them it may die.',
        zh: '`w-1` 和 `w-3` 开始付款。worker 依次做三件事：执行任务，写状态，删分配。任何两件之间，它都可能死掉。',
      },
    },
    {
      type: 'say',
      when: { all: [app('executed', 'worker w-1'), app('executed', 'worker w-3')] },
      look: 'storage s-1',
      text: {
        en: 'Both orders are paid: each storage has accepted one effect. Neither worker has said so in `/status` yet; that would be the very next thing.',
        zh: '两笔款都付了：两个存储各接受了一个效果。两个 worker 都还没在 `/status` 里写下来，这正是紧接着要做的事。',
      },
    },
    {
      type: 'goal',
      text: {
        en: 'Crash `w-1` right here, before it reports.',
        zh: '就在此刻，趁 `w-1` 还没报告，让它崩溃。',
      },
      hint: {
        en: 'Do not let time go on. Press *Crash* on the card of `w-1`, or type `crash worker w-1`.',
        zh: '先别让时间走。点 `w-1` 卡片上的*崩溃*，或输入 `crash worker w-1`。',
      },
      done: { frame: 'processes.worker w-1.status', is: 'down' },
      solution: ['crash worker w-1'],
    },
    { type: 'order', commands: ['crash worker w-3'] },
    {
      type: 'predict',
      question: {
        en: 'Both workers are dead, both payments made. What will the two masters do when the sessions have expired?',
        zh: '两个 worker 都死了，两笔款都付了。会话过期之后，两个 master 会怎么做？',
      },
      choices: [
        {
          text: { en: 'Both give the payment out again.', zh: '都把付款重新分出去。' },
          isRight: true,
          because: {
            en: 'A master reads znodes. They say: assigned, not done. No style of master can know better.',
            zh: 'master 读的是 znode，上面写着：已分配，未完成。哪一版的 master 都不可能知道得更多。',
          },
        },
        {
          text: {
            en: 'The hardened one sees in the storage that it is paid.',
            zh: '加固版会在存储里看到已经付过。',
          },
          because: {
            en: 'A master does not read the storage. What helps the hardened version comes later.',
            zh: 'master 不读存储。加固版的办法在后面。',
          },
        },
        {
          text: {
            en: 'Neither does, since the task must not run twice.',
            zh: '都不会，因为这个任务不得执行两次。',
          },
          because: {
            en: 'Then a worker that dies *before* it pays would leave the order unpaid for ever. From outside, the two look the same.',
            zh: '那样的话，worker 若在付款*之前*死掉，订单就永远没人付。从外面看，这两种情形没有区别。',
          },
        },
      ],
    },
    {
      type: 'say',
      pace: 'skip',
      when: { all: [app('assigned', 'master m-1'), app('assigned', 'master m-2')] },
      look: 'master m-2',
      text: {
        en: 'The sessions have expired, and both masters have put the payment back into `/tasks` and given it out again: to `w-2` and to `w-4`. Up to here the two versions do not differ in what they achieve.',
        zh: '会话过期了，两个 master 都把付款放回 `/tasks` 又分了出去：一个给 `w-2`，一个给 `w-4`。到此为止，两个版本的结果没有差别。',
      },
    },
    {
      type: 'predict',
      question: {
        en: '`s-1` checks tokens. Will that keep `w-2` from paying a second time?',
        zh: '`s-1` 会检查令牌。这能拦住 `w-2` 的第二次付款吗？',
      },
      choices: [
        {
          text: {
            en: 'Yes: the order was paid under another token.',
            zh: '能：这笔款是用另一个令牌付的。',
          },
          because: {
            en: 'A fence refuses *smaller* tokens only. It keeps out who is late, not who repeats.',
            zh: 'fencing 只拒绝*更小*的令牌。它拦得住迟到的，拦不住重复的。',
          },
        },
        {
          text: { en: 'No.', zh: '不能。' },
          isRight: true,
          because: {
            en: 'The token of `w-2` is the zxid of its new assignment, greater than that of `w-1`. For the fence it is the rightful one.',
            zh: '`w-2` 的令牌是新分配的 zxid，比 `w-1` 的大。在 fencing 看来，它才是正当的那个。',
          },
        },
      ],
    },
    {
      type: 'say',
      when: stored('w-2', 'c-1.0.1', 'accepted'),
      look: 'storage s-1',
      text: {
        en: 'Book-style: `w-2` wrote its payment without looking, and `s-1` accepted it. Order 7 is paid twice, and the check `NoDuplicateEffect` is broken.',
        zh: '书中版：`w-2` 看也不看就写入付款，`s-1` 接受了。订单 7 付了两次，检查项 `NoDuplicateEffect` 被打破。',
      },
    },
    {
      type: 'say',
      when: stored('w-4', 'c-2.0.1', 'duplicate'),
      look: 'storage s-2',
      text: {
        en: 'Hardened: `w-4` asked to write *only if nothing stands under this key*, the id of the submission. `s-2` answered duplicate and wrote nothing. For `w-4` that means: it is done.',
        zh: '加固版：`w-4` 要求*这个键下还没有内容才写*，键就是提交的编号。`s-2` 回答重复，什么也没写。对 `w-4` 来说，这就等于已完成。',
      },
    },
    {
      type: 'say',
      when: {
        all: [
          { entry: { type: 'app', name: 'consumed', detail: { status: 'done' } }, times: 2 },
          { quiet: true },
        ],
      },
      look: 'taskclient c-1',
      text: {
        en: 'Both clients read that the task is done; neither could tell the difference. The effect and its record in ZooKeeper stand in two systems, so there is always a moment between them. It is made harmless where the effect is: by a key that is the same in every run.',
        zh: '两个客户端读到的都是完成，谁也看不出差别。效果和它在 ZooKeeper 里的记录分属两个系统，中间总有一个空当。要让它无害，得在效果那一边想办法：每次执行都用同一个键。',
      },
    },
  ],
  outcome: [
    {
      text: {
        en: 'Book-style: order 7 was paid by `w-1` and by `w-2`.',
        zh: '书中版：订单 7 由 `w-1` 和 `w-2` 各付了一次。',
      },
      that: {
        all: [stored('w-1', 'c-1.0.1', 'accepted'), stored('w-2', 'c-1.0.1', 'accepted')],
      },
    },
    {
      text: {
        en: 'Hardened: it was run twice as well, and paid once.',
        zh: '加固版：同样执行了两次，只付了一次。',
      },
      that: {
        all: [
          stored('w-3', 'c-2.0.1', 'accepted'),
          stored('w-4', 'c-2.0.1', 'duplicate'),
          { not: stored('w-4', 'c-2.0.1', 'accepted') },
        ],
      },
    },
  ],
  breaks: ['NoDuplicateEffect'],
  sandbox: {
    en: 'Restart the dead workers and submit a photo, which may run twice, then do the same again: the storage keeps both writes, and nobody minds. Or crash a worker just *after* its status is written.',
    zh: '重启死掉的 worker，提交一张可以执行两次的照片，再来一遍：存储两次都收下，谁也不在意。或者在状态*刚写完*时让 worker 崩溃。',
  },
};
