/** Three elections of the same five servers, and the order of votes behind them. */
import type { Condition } from '../../bridge/condition';
import type { Scenario } from '../scenario';

function serving(...sids: number[]): Condition[] {
  return sids.map((sid) => ({ frame: `processes.${sid}.sections.role.serving`, is: true }));
}

const leads = (sid: number): Condition => ({
  frame: `processes.${sid}.sections.role.serverState`,
  is: 'LEADING',
});

export const whoWins: Scenario = {
  id: 'who-wins',
  chapter: 'elections',
  view: 'ensemble',
  title: { en: 'Who wins an election', zh: '选举谁会赢' },
  question: {
    en: 'Does the server with the highest id become the leader?',
    zh: '编号最大的服务器一定当领导者 leader 吗？',
  },
  world: { ensembles: [[1, 2, 3, 4, 5]], down: [1, 2, 3, 4, 5], clients: [] },
  steps: [
    {
      type: 'say',
      look: 'server 1',
      text: {
        en: 'Five servers, all switched off, all disks empty. A vote names a server together with its epoch and its last logged `zxid`. Of two votes the one with the larger epoch is better, then the larger `zxid`, then the larger server id. Servers 1 and 2 are going to start.',
        zh: '五台服务器，都没开机，磁盘都是空的。一张选票写着一台服务器，连同它的 epoch 和它日志里最后的 `zxid`。两张票相比，先看 epoch 谁大，再看 `zxid` 谁大，最后看服务器编号谁大。先启动 1 和 2。',
      },
    },
    { type: 'order', commands: ['restart 1', 'restart 2'] },
    {
      type: 'say',
      when: { entry: { type: 'vote', process: '1', sid: 2, name: 'higherSid' } },
      look: 'server 1',
      text: {
        en: 'Server 1 has heard of server 2 and votes for 2 as well: same epoch, same `zxid`, larger id. But two equal votes are not more than half of five. Both stay `LOOKING` until a third comes.',
        zh: '服务器 1 听说了服务器 2，也改投 2：epoch 相同，`zxid` 相同，编号更大。但两张相同的票还没有过五台的半数。第三台来之前，两台都停在 `LOOKING`。',
      },
    },
    {
      type: 'predict',
      question: {
        en: 'Server 3 starts now; 4 and 5 start when the others have a leader. Who leads the five in the end?',
        zh: '现在启动服务器 3；等它们有了领导者，再启动 4 和 5。最后五台由谁领导？',
      },
      choices: [
        {
          text: { en: 'Server 5: the highest id.', zh: '服务器 5：编号最大。' },
          because: {
            en: 'Ids are compared only among votes of servers that are looking for a leader. Who comes later finds one and follows it.',
            zh: '只有正在找领导者的服务器之间才比选票。后来的发现已经有领导者，就跟随它。',
          },
        },
        {
          text: {
            en: 'Server 3: the best of the first three.',
            zh: '服务器 3：前三台里最好的。',
          },
          isRight: true,
          because: {
            en: 'Three of five are a quorum, so the election is over with server 3. Nobody who comes later reopens it.',
            zh: '五台中的三台就是法定人数 quorum，选举到服务器 3 就结束了。后来的不会重新选。',
          },
        },
        {
          text: { en: 'Server 1: it was first.', zh: '服务器 1：它最先启动。' },
          because: {
            en: 'The time of the start does not stand in a vote. Server 1 itself has given its vote to server 2.',
            zh: '选票里没有启动时间。服务器 1 自己都已改投服务器 2。',
          },
        },
      ],
    },
    { type: 'order', commands: ['restart 3'] },
    {
      type: 'say',
      pace: 'skip',
      when: { all: [leads(3), ...serving(1, 2)] },
      look: 'server 3',
      text: {
        en: 'Three equal votes for 3, then 200 ms in which nobody brought a better one: server 3 leads. Now 4 and 5 start, both with higher ids.',
        zh: '三张票都投 3，之后 200 毫秒里没有更好的票：服务器 3 当选。现在启动 4 和 5，它们的编号更大。',
      },
    },
    { type: 'order', commands: ['restart 4', 'restart 5'] },
    {
      type: 'say',
      pace: 'skip',
      when: { all: [leads(3), ...serving(4, 5)] },
      look: 'server 5',
      text: {
        en: 'They asked around with votes for themselves. A quorum answered that 3 leads, server 3 among them, and so both follow. Let a client write something, so that all five have the same log.',
        zh: '它们带着投给自己的票去问。包括服务器 3 在内的法定人数回答说：3 是领导者。于是两台都跟随 3。接下来让一个客户端写点东西，使五台的日志都一样。',
      },
    },
    { type: 'order', commands: ['client a 1,2,5', 'zk a create /a hello'] },
    {
      type: 'say',
      pace: 'skip',
      when: {
        all: [
          { entry: { type: 'result', process: 'client a', path: '/a', err: 'OK' } },
          { entry: { type: 'ack', thread: 'SendAckRequestProcessor', path: '/a' }, times: 4 },
          { quiet: true },
        ],
      },
      look: 'server 3',
      text: {
        en: 'All five have `/a` on disk: same epoch, same last `zxid`. Now all five lose power and start again in the same moment.',
        zh: '五台磁盘上都有了 `/a`：epoch 相同，最后的 `zxid` 也相同。现在五台同时断电，又同时重启。',
      },
    },
    {
      type: 'order',
      commands: [
        'crash 1',
        'crash 2',
        'crash 3',
        'crash 4',
        'crash 5',
        'restart 1',
        'restart 2',
        'restart 3',
        'restart 4',
        'restart 5',
      ],
    },
    {
      type: 'say',
      pace: 'skip',
      when: {
        all: [
          leads(5),
          ...serving(1, 2, 3, 4),
          { not: { entry: { type: 'vote', name: 'higherZxid' } } },
          { not: { entry: { type: 'vote', name: 'higherEpoch' } } },
          { frame: 'processes.client a.sections.client.state', is: 'CONNECTED' },
        ],
      },
      look: 'server 5',
      text: {
        en: 'This time server 5 leads: all were looking at once, epochs and `zxid`s were equal, and only the id was left to decide. Next, 3 and 4 crash, and the client writes `/b`.',
        zh: '这次服务器 5 当选：大家同时在找，epoch 和 `zxid` 都相等，只剩编号可比。接下来 3 和 4 崩溃，客户端再写一个 `/b`。',
      },
    },
    { type: 'order', commands: ['crash 3', 'crash 4', 'zk a create /b world'] },
    {
      type: 'say',
      pace: 'skip',
      when: { all: [{ znode: '/b', server: '1' }, { znode: '/b', server: '2' }, { quiet: true }] },
      look: 'server 1',
      text: {
        en: '`/b` is committed: 1, 2 and 5 have it, a quorum. Servers 3 and 4 know nothing of it. Now 1, 2 and 5 crash as well, and only 1, 3 and 4 will come back.',
        zh: '`/b` 已提交：1、2、5 都有，够法定人数。服务器 3 和 4 对它一无所知。现在 1、2、5 也崩溃，之后只有 1、3、4 会回来。',
      },
    },
    { type: 'order', commands: ['crash 1', 'crash 2', 'crash 5'] },
    {
      type: 'predict',
      question: {
        en: 'Servers 1, 3 and 4 come back. Who leads?',
        zh: '服务器 1、3、4 回来了，谁当领导者？',
      },
      choices: [
        {
          text: {
            en: 'Server 4: the highest id of the three.',
            zh: '服务器 4：三台中编号最大。',
          },
          because: {
            en: 'The id comes last. Server 1 has a larger `zxid` than server 4, and that is compared before.',
            zh: '编号最后才比。服务器 1 的 `zxid` 比服务器 4 的大，这一项在前。',
          },
        },
        {
          text: { en: 'Server 1: the longest log.', zh: '服务器 1：日志最长。' },
          isRight: true,
          because: {
            en: 'The epoch is the same for all, and the `zxid` of server 1 is the largest.',
            zh: 'epoch 大家一样，而服务器 1 的 `zxid` 最大。',
          },
        },
        {
          text: { en: 'Nobody: two against one.', zh: '选不出来：两台对一台。' },
          because: {
            en: 'They do not vote each for its own side. Who hears of a better vote takes it over, so all three end with the same one.',
            zh: '并不是各投各的。谁听到更好的票就改投它，所以三台最后投的是同一张。',
          },
        },
      ],
    },
    {
      type: 'goal',
      text: { en: 'Start servers 1, 3 and 4.', zh: '启动服务器 1、3 和 4。' },
      hint: {
        en: 'Press *Restart* on their cards, or type `restart 1`, `restart 3`, `restart 4`.',
        zh: '点它们卡片上的*重启*，或输入 `restart 1`、`restart 3`、`restart 4`。',
      },
      done: {
        all: [1, 3, 4].map((sid) => ({ frame: `processes.${sid}.status`, is: 'running' })),
      },
      solution: ['restart 1', 'restart 3', 'restart 4'],
    },
    {
      type: 'say',
      pace: 'skip',
      when: { all: [leads(1), ...serving(3, 4)] },
      look: 'server 1',
      text: {
        en: 'Server 1 leads, with the lowest id of all, and has brought `/b` to 3 and 4. That is what the comparison is for: a committed write is on more than half of the servers, so in any quorum somebody has it, and the rule makes such a one the leader.',
        zh: '编号最小的服务器 1 当选，还把 `/b` 带给了 3 和 4。比较规则正是为此：已提交的写在过半的服务器上，所以任何一个法定人数里总有一台有它，而规则让这样的一台当领导者。',
      },
    },
  ],
  outcome: [
    {
      text: {
        en: 'Servers 3, 5 and 1 won, one after the other.',
        zh: '先后当选的是 3、5、1。',
      },
      that: {
        all: [
          { entry: { type: 'established', process: '3' } },
          { entry: { type: 'established', process: '5' } },
          { entry: { type: 'established', process: '1' } },
          { not: { entry: { type: 'established' }, times: 4 } },
        ],
      },
    },
    {
      text: {
        en: 'Servers 3 and 4 gave up votes with higher ids for the larger `zxid` of 1, and have `/b`.',
        zh: '服务器 3 和 4 放弃了编号更大的票，改投 `zxid` 更大的 1，也都有了 `/b`。',
      },
      that: {
        all: [
          { entry: { type: 'vote', process: '3', sid: 1, name: 'higherZxid' } },
          { entry: { type: 'vote', process: '4', sid: 1, name: 'higherZxid' } },
          { znode: '/b', server: '3', data: 'world' },
          { znode: '/b', server: '4', data: 'world' },
        ],
      },
    },
  ],
  sandbox: {
    en: 'Let `a` write `/c` while 2 and 5 are off. Then crash all, and start any three you like: who leads, and for what reason? Try to find three with which `/c` is lost.',
    zh: '趁 2 和 5 没开机，让 `a` 写一个 `/c`。然后让它们全部崩溃，任选三台启动：谁领导，凭什么？试试能不能找到会丢掉 `/c` 的三台。',
  },
};
