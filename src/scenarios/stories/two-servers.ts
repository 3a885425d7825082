/** Two servers elect a leader without a tie, and one crash stops them; three go on after one. */
import type { Scenario } from '../scenario';

export const twoServers: Scenario = {
  id: 'two-servers',
  chapter: 'servers',
  view: 'ensemble',
  title: { en: 'Two servers, and the third', zh: '两台服务器，以及第三台' },
  question: {
    en: 'Can two servers agree on a leader, and are they safer than one?',
    zh: '两台服务器选得出领导者 leader 吗？两台比一台更可靠吗？',
  },
  world: {
    ensembles: [
      [1, 2],
      [3, 4, 5],
    ],
    down: [3, 4, 5],
    clients: [{ letter: 'a', hosts: [1, 2] }],
  },
  steps: [
    {
      type: 'say',
      when: {
        all: [
          { entry: { type: 'vote', process: '1', sid: 1 } },
          { entry: { type: 'vote', process: '2', sid: 2 } },
          // Before that its pill stands under no server of its own.
          { frame: 'processes.client a.sections.client.state', is: 'CONNECTING' },
        ],
      },
      look: 'server 1',
      text: {
        en: 'Servers 1 and 2 make an ensemble of two. Both have just started with an empty disk and look for a leader. Each has voted for itself: one vote for 1, one for 2. The other ensemble is still switched off.',
        zh: '服务器 1 和 2 组成两台的集群。它们刚启动，磁盘都是空的，都在找领导者 leader。各自先投给自己：1 一票，2 一票。另一个集群还没开机。',
      },
    },
    {
      type: 'predict',
      question: {
        en: 'One vote against one. How does this election end?',
        zh: '一票对一票。这场选举会怎样收场？',
      },
      choices: [
        {
          text: { en: 'It is a tie; nobody leads.', zh: '平局，谁也当不了领导者。' },
          because: {
            en: 'Votes are not only counted, they are compared, and a server gives up its own for a better one. With different ids one of them is always better.',
            zh: '选票不只是计数，还要比较大小；服务器见到更好的票，就放弃自己的。编号各不相同，总有一张更好。',
          },
        },
        {
          text: { en: 'Server 2 leads.', zh: '服务器 2 当选。' },
          isRight: true,
          because: {
            en: 'Votes are compared by epoch, then by the last `zxid`, then by server id. The first two are equal here, so the id decides.',
            zh: '选票先比 epoch，再比最后的 `zxid`，最后比服务器编号。前两项这里相同，于是由编号决定。',
          },
        },
        {
          text: { en: 'Whoever’s vote arrives first leads.', zh: '谁的票先到，谁当选。' },
          because: {
            en: 'The order of arrival does not enter the comparison. It may decide when an election ends, not which of two votes is better.',
            zh: '先后不参与比较。它可能影响选举何时结束，却不决定两张票哪张更好。',
          },
        },
      ],
    },
    {
      type: 'say',
      when: { entry: { type: 'vote', process: '1', sid: 2 } },
      look: 'server 1',
      text: {
        en: 'The vote of server 2 has arrived at server 1, which found it better than its own and now votes for 2 as well. That makes two equal votes of two. So two servers never end in a tie.',
        zh: '服务器 2 的票到了服务器 1；1 认为它比自己的好，于是也改投 2。两台里已有两张相同的票。可见两台不会平局。',
      },
    },
    {
      type: 'say',
      pace: 'skip',
      when: {
        all: [
          { frame: 'processes.2.sections.role.serverState', is: 'LEADING' },
          { frame: 'processes.1.sections.role.serving', is: true },
          { frame: 'processes.client a.sections.client.state', is: 'CONNECTED' },
        ],
      },
      look: 'server 2',
      text: {
        en: 'Server 2 leads, server 1 follows, and client `a` has a session. Both servers hold all the data. Are two safer than one?',
        zh: '服务器 2 成为领导者，1 是跟随者 follower，客户端 `a` 也有了会话 session。两台都有全部数据。那么，两台比一台更可靠吗？',
      },
    },
    {
      type: 'predict',
      question: {
        en: 'The follower, server 1, is going to crash. The leader stays healthy and has all the data. What can client `a` still do?',
        zh: '跟随者 1 将要崩溃，领导者健在，数据也都在。客户端 `a` 还能做什么？',
      },
      choices: [
        {
          text: { en: 'Read and write: the leader is there.', zh: '读写都行：领导者还在。' },
          because: {
            en: 'A leader without a quorum cannot know whether others have elected another one. So it must not go on.',
            zh: '没有法定人数 quorum 的领导者，无法知道别人是否已另选领导者，所以不能继续。',
          },
        },
        {
          text: { en: 'Only read.', zh: '只能读。' },
          because: {
            en: 'A leader that has lost its quorum closes its connections and looks for a new leader. In that state it does not serve reads either.',
            zh: '失去法定人数的领导者会断开客户端，重新找领导者。在这个状态下它连读也不提供。',
          },
        },
        {
          text: { en: 'Nothing at all.', zh: '什么都不能做。' },
          isRight: true,
          because: {
            en: 'More than half of two is two. One server alone is no quorum, whichever of the two it is.',
            zh: '两台的“过半”就是两台。只剩一台构不成法定人数，剩下哪一台都一样。',
          },
        },
      ],
    },
    {
      type: 'goal',
      text: { en: 'Crash server 1.', zh: '让服务器 1 崩溃。' },
      hint: {
        en: 'Press *Crash* on the card of server 1, or type `crash 1` at a console.',
        zh: '点服务器 1 卡片上的*崩溃*，或在控制台输入 `crash 1`。',
      },
      done: { frame: 'processes.1.status', is: 'down' },
      solution: ['crash 1'],
    },
    {
      type: 'say',
      pace: 'skip',
      when: {
        all: [
          { frame: 'processes.2.sections.role.serverState', is: 'LOOKING' },
          { frame: 'processes.client a.sections.client.state', is: 'CONNECTING' },
        ],
      },
      look: 'server 2',
      text: {
        en: 'A leader counts its followers tick by tick, and server 2 has noticed that it has none left. It stopped serving, dropped its client, and is `LOOKING` again; alone it will not find a second vote. Two servers stop when *either* crashes. A single server stops only when it crashes itself.',
        zh: '领导者每个 tick 都要清点跟随者，服务器 2 发现一个也没有了。它停止服务，断开客户端，又回到 `LOOKING`；只有自己，等不到第二票。两台中*任何一台*崩溃都会让服务停下；单独一台，只有它自己崩溃才会停。',
      },
    },
    {
      type: 'order',
      commands: ['restart 3', 'restart 4', 'restart 5', 'client b 3,4,5'],
    },
    {
      type: 'say',
      pace: 'skip',
      when: {
        all: [
          { frame: 'processes.5.sections.role.serverState', is: 'LEADING' },
          { frame: 'processes.client b.sections.client.state', is: 'CONNECTED' },
          { frame: 'processes.3.sections.role.serving', is: true },
          { frame: 'processes.4.sections.role.serving', is: true },
        ],
      },
      look: 'server 5',
      text: {
        en: 'The other ensemble is up: three servers, 5 leads by the same rule, and client `b` has a session there. It shares nothing with the pair. Here a quorum is two of three, so one server can be spared, even the leader. It is going to crash.',
        zh: '另一个集群开机了：三台，按同样的规则由 5 当领导者，客户端 `b` 在那里有了会话。它与前两台毫无共享。这里的法定人数是三台中的两台，所以可以少一台，哪怕少的是领导者。接下来就让它崩溃。',
      },
    },
    { type: 'order', commands: ['crash 5'] },
    {
      type: 'say',
      pace: 'skip',
      when: {
        all: [
          { frame: 'processes.4.sections.role.serverState', is: 'LEADING' },
          { frame: 'processes.3.sections.role.serving', is: true },
          { frame: 'processes.client b.sections.client.state', is: 'CONNECTED' },
        ],
      },
      look: 'server 4',
      text: {
        en: 'Server 5 is gone, and servers 3 and 4 are two of three. They have elected 4, and client `b` is connected again with the session it had. Now it is going to write.',
        zh: '5 没了，3 和 4 仍是三台中的两台。它们选出了 4，客户端 `b` 带着原来的会话重新连上了。接下来由它写一次。',
      },
    },
    { type: 'order', commands: ['zk b create /b hello'] },
    {
      type: 'say',
      when: { entry: { type: 'result', process: 'client b', op: 'create', path: '/b', err: 'OK' } },
      look: 'client b',
      text: {
        en: 'The write is committed. Three servers bear one crash, two bear none. That is why a second server alone buys one more copy of the data but no safer service, and why ensembles usually grow by two.',
        zh: '写已提交。三台经得起一台崩溃，两台一台也经不起。所以只加第二台，得到的是多一份数据，而不是更高的可用性；也因此集群通常一次加两台。',
      },
    },
  ],
  outcome: [
    {
      text: {
        en: 'The leader of two stopped though it never crashed.',
        zh: '两台中的领导者没有崩溃，却停止了服务。',
      },
      that: {
        all: [
          { frame: 'processes.2.status', is: 'running' },
          { frame: 'processes.2.sections.role.serving', is: false },
          { entry: { type: 'notServing', process: '2' } },
        ],
      },
    },
    {
      text: {
        en: 'Three servers lost their leader, elected another, and wrote `/b`.',
        zh: '三台的集群失去领导者后另选了一台，并写入了 `/b`。',
      },
      that: {
        all: [
          { frame: 'processes.5.status', is: 'down' },
          { frame: 'processes.4.sections.role.serverState', is: 'LEADING' },
          { znode: '/b', server: '4', data: 'hello' },
        ],
      },
    },
  ],
  sandbox: {
    en: 'Start server 1 again and see the pair come back with the session of `a`. Then crash server 4: what is left of the three?',
    zh: '重启服务器 1，看那两台带着 `a` 的会话恢复过来。再让服务器 4 崩溃：三台还剩下什么？',
  },
};
