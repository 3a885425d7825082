/** Servers that have all the data and no leader serve nobody; meanwhile no session expires. */
import type { Scenario } from '../scenario';

const A = 'processes.client a.sections.client.state';

export const noServiceWithoutALeader: Scenario = {
  id: 'no-service-without-a-leader',
  chapter: 'elections',
  view: 'ensemble',
  title: { en: 'No service without a leader', zh: '没有领导者就没有服务' },
  question: {
    en: 'The process runs and the data is there. Why does my client get no answer?',
    zh: '进程在跑，数据也在，客户端为什么得不到应答？',
  },
  world: {
    ensembles: [[1, 2, 3]],
    clients: [{ letter: 'a', hosts: [1, 2, 3], timeoutMs: 6000 }],
    opening: { all: [{ frame: A, is: 'CONNECTED' }, { quiet: true }] },
  },
  steps: [
    {
      type: 'say',
      look: 'client a',
      text: {
        en: 'Server 3 leads. Client `a` is connected to server 2, a follower, and its session times out after 6 seconds of silence. It is going to create an ephemeral znode `/lock`, which lives as long as the session.',
        zh: '服务器 3 是领导者 leader。客户端 `a` 连着跟随者 2，它的会话 session 沉默 6 秒就超时。它马上要创建一个临时节点 `/lock`，会话在，节点就在。',
      },
    },
    { type: 'order', commands: ['zk a create -e /lock mine'] },
    {
      type: 'say',
      when: {
        all: [
          { entry: { type: 'result', process: 'client a', path: '/lock', err: 'OK' } },
          { znode: '/lock', server: '1', owner: 'a' },
          { znode: '/lock', server: '2', owner: 'a' },
        ],
      },
      look: 'server 2/tree',
      text: {
        en: '`/lock` is in all three trees. A read at server 2 takes it from its own tree and asks nobody. Now the leader is going to crash.',
        zh: '三棵树里都有了 `/lock`。在服务器 2 上读，直接取自己的树，不问任何人。接下来，领导者要崩溃。',
      },
    },
    {
      type: 'predict',
      question: {
        en: 'Right after the crash of server 3: can `a` still read `/lock` at server 2?',
        zh: '服务器 3 刚崩溃，`a` 还能在服务器 2 上读 `/lock` 吗？',
      },
      choices: [
        {
          text: { en: 'Yes: reads need no leader.', zh: '能：读不需要领导者。' },
          because: {
            en: 'A single read asks nobody. But only a server that is in step with a leader may serve: alone it could not know how old its tree is.',
            zh: '单次读确实不问别人。但只有跟着领导者的服务器才可以提供服务：离了领导者，它无从知道自己的树有多旧。',
          },
        },
        {
          text: {
            en: 'No: without a leader nobody serves.',
            zh: '不能：没有领导者，谁都不提供服务。',
          },
          isRight: true,
          because: {
            en: 'A follower that loses its leader stops serving at once, closes the connections of its clients and looks for a leader.',
            zh: '跟随者一失去领导者，就立刻停止服务，断开客户端，去找新的领导者。',
          },
        },
        {
          text: {
            en: 'Yes, until the session times out.',
            zh: '能，直到会话超时。',
          },
          because: {
            en: 'The session goes on, the connection does not. That difference is what the rest of this story is about.',
            zh: '会话还在，连接却断了。二者不是一回事，后面就要讲到。',
          },
        },
      ],
    },
    {
      type: 'goal',
      text: { en: 'Crash the leader, server 3.', zh: '让领导者（服务器 3）崩溃。' },
      hint: {
        en: 'Press *Crash* on the card of server 3, or type `crash 3` at a console.',
        zh: '点服务器 3 卡片上的*崩溃*，或在控制台输入 `crash 3`。',
      },
      done: { frame: 'processes.3.status', is: 'down' },
      solution: ['crash 3'],
    },
    {
      type: 'say',
      when: {
        all: [
          { entry: { type: 'notServing', process: '2' } },
          { frame: 'processes.2.sections.role.serverState', is: 'LOOKING' },
          { frame: A, is: 'CONNECTING' },
        ],
      },
      look: 'server 2',
      text: {
        en: 'Server 2 noticed that its connection to the leader was closed. It is `LOOKING` and has sent its client away. Its tree still has `/lock`, only nobody may ask for it. Let us ask server 2 how it is.',
        zh: '服务器 2 发现与领导者的连接断了，于是进入 `LOOKING`，并断开了客户端。它的树里仍有 `/lock`，只是不许别人来问。我们来问问服务器 2 现在怎么样。',
      },
    },
    { type: 'order', commands: ['4lw ruok 2 a', '4lw srvr 2 a'] },
    {
      type: 'say',
      when: {
        all: [
          { frame: 'processes.client a.sections.console.lines.*.text', is: 'imok' },
          {
            frame: 'processes.client a.sections.console.lines.*.text',
            has: 'not currently serving requests',
          },
        ],
      },
      look: 'client a',
      text: {
        en: 'Two answers of the same server. `ruok`: `imok`, the process is alive. `srvr`: it is not currently serving requests. Who watches only whether the process lives would not see anything wrong.',
        zh: '同一台服务器给出两个回答。`ruok` 说 `imok`：进程活着。`srvr` 说它当前不处理请求。只盯着进程死活的监控，会觉得一切正常。',
      },
    },
    {
      type: 'say',
      pace: 'skip',
      when: {
        all: [
          { frame: 'processes.2.sections.role.serverState', is: 'LEADING' },
          { frame: 'processes.1.sections.role.serving', is: true },
          { frame: A, is: 'CONNECTED' },
          { znode: '/lock', server: '2', owner: 'a' },
        ],
      },
      look: 'server 2',
      text: {
        en: 'Servers 1 and 2 are two of three and have elected 2. Client `a` is back with the same session, and `/lock` is still its own. The gap was short. Now 2 crashes too, and this time there is no quorum.',
        zh: '1 和 2 是三台中的两台，它们选出了 2。客户端 `a` 带着同一个会话回来了，`/lock` 还是它的。这次中断很短。接下来 2 也崩溃，这回凑不够法定人数 quorum 了。',
      },
    },
    { type: 'order', commands: ['crash 2'] },
    {
      type: 'predict',
      question: {
        en: 'Server 1 is alone, and for much longer than 6 seconds. What becomes of the session and of `/lock`?',
        zh: '只剩服务器 1，而且远远超过 6 秒。会话和 `/lock` 会怎样？',
      },
      choices: [
        {
          text: {
            en: 'The session expires, `/lock` is deleted.',
            zh: '会话过期，`/lock` 被删除。',
          },
          because: {
            en: 'Expiry is a write, `closeSession`, which a leader proposes and a quorum acknowledges. There is neither.',
            zh: '过期是一次写，即 `closeSession`：要由领导者提出，由法定人数确认。眼下两者都没有。',
          },
        },
        {
          text: {
            en: 'Nothing: nobody is there who could let it expire.',
            zh: '什么也不发生：没有谁能让它过期。',
          },
          isRight: true,
          because: {
            en: 'Only a leader counts the time of sessions and ends them, by a write like any other. Without a leader their time stands still.',
            zh: '只有领导者给会话计时，也只有它能结束会话，而且那也是一次普通的写。没有领导者，会话的时间就停住了。',
          },
        },
        {
          text: {
            en: 'Client `a` ends it by itself after 6 seconds.',
            zh: '客户端 `a` 自己在 6 秒后结束它。',
          },
          because: {
            en: 'A client never decides that its session has expired. It learns that from a server, and until then it keeps trying.',
            zh: '客户端从不自行判定会话过期。这要由服务器告诉它；在那之前，它一直重连。',
          },
        },
      ],
    },
    {
      type: 'say',
      pace: 'skip',
      when: {
        all: [
          { entry: { type: 'open', process: 'client a', channel: 'client' }, times: 24 },
          { not: { entry: { type: 'serving' } } },
          { frame: 'processes.1.sections.role.serverState', is: 'LOOKING' },
          { znode: '/lock', server: '1', owner: 'a' },
        ],
      },
      look: 'server 1',
      text: {
        en: 'Client `a` has tried one server after the other, over and over. Server 1 takes its connections and closes them again; in the places of the others nobody listens. The 6 seconds are long over, server 1 is still `LOOKING`, and `/lock` is still in its tree.',
        zh: '客户端 `a` 一台接一台，反复尝试。服务器 1 接受连接又关掉，另两台那里没人监听。6 秒早就过了，服务器 1 还在 `LOOKING`，`/lock` 也还在它的树里。',
      },
    },
    {
      type: 'goal',
      text: {
        en: 'Give them a quorum: start one of the two others.',
        zh: '给它们凑够法定人数：启动另外两台中的一台。',
      },
      hint: {
        en: 'Press *Restart* on the card of server 3 or of server 2, or type `restart 3`.',
        zh: '点服务器 3 或服务器 2 卡片上的*重启*，或输入 `restart 3`。',
      },
      done: {
        any: [
          { frame: 'processes.2.status', is: 'running' },
          { frame: 'processes.3.status', is: 'running' },
        ],
      },
      solution: ['restart 3'],
    },
    {
      type: 'say',
      pace: 'skip',
      when: {
        all: [
          { frame: 'processes.*.sections.role.serverState', is: 'LEADING' },
          { frame: A, is: 'CONNECTED' },
          { znode: '/lock', server: '1', owner: 'a' },
        ],
      },
      look: 'client a',
      text: {
        en: 'There is a leader again, and it has given every session a full timeout anew. Client `a` was back before that ended: same session, same `/lock`. No leader, no service: neither writes, nor reads, nor the end of a session.',
        zh: '又有领导者了，它让每个会话都重新从头计时。客户端 `a` 及时回来了：会话还是那个会话，`/lock` 还是那个 `/lock`。没有领导者就没有任何服务：不能写，不能读，连会话也不会结束。',
      },
    },
  ],
  outcome: [
    {
      text: {
        en: 'No session ended, though nobody served `a` for longer than its timeout.',
        zh: '虽然 `a` 无人服务的时间超过了它的超时，却没有会话结束。',
      },
      that: {
        all: [
          { not: { entry: { type: 'sessionClosing' } } },
          { not: { entry: { type: 'sessionClose' } } },
          { znode: '/lock', server: '1', data: 'mine', owner: 'a' },
        ],
      },
    },
    {
      text: {
        en: 'Twice a server that ran stopped serving because it had lost its leader or its quorum.',
        zh: '有服务器在运行，却两度因失去领导者或法定人数而停止服务。',
      },
      that: {
        all: [
          { entry: { type: 'notServing', process: '1' }, times: 2 },
          { frame: 'processes.1.incarnation', is: 0 },
        ],
      },
    },
  ],
  sandbox: {
    en: 'Now crash the client and count: with a leader, `/lock` goes within some seconds. Or crash the leader again and again just before that, and see how long `/lock` can live.',
    zh: '现在让客户端崩溃，再数一数：有领导者时，`/lock` 几秒内就会消失。或者总在它快要消失时让领导者崩溃，看 `/lock` 能活多久。',
  },
};
