/** Three servers beside five: what a write costs in each, and what a read does. */
import type { Condition, EntryPattern } from '../../bridge/condition';
import type { Scenario } from '../scenario';

/** So many, and no more. */
function exactly(times: number, entry: EntryPattern): Condition[] {
  return [{ entry, times }, { not: { entry, times: times + 1 } }];
}

function answered(letter: string, path: string): Condition {
  return {
    entry: { type: 'result', process: `client ${letter}`, op: 'create', path, err: 'OK' },
  };
}

export const moreServers: Scenario = {
  id: 'more-servers',
  chapter: 'servers',
  view: 'ensemble',
  title: { en: 'More reads, slower writes', zh: '读更多，写更慢' },
  question: {
    en: 'My ensemble is too slow. Do more servers help?',
    zh: '集群不够快，加服务器有用吗？',
  },
  world: {
    ensembles: [
      [1, 2, 3],
      [4, 5, 6, 7, 8],
    ],
    clients: [
      { letter: 'a', hosts: [3] },
      { letter: 'b', hosts: [8] },
    ],
    opening: {
      all: [
        { frame: 'processes.client a.sections.client.state', is: 'CONNECTED' },
        { frame: 'processes.client b.sections.client.state', is: 'CONNECTED' },
        { quiet: true },
      ],
    },
  },
  steps: [
    {
      type: 'say',
      look: 'server 8',
      text: {
        en: 'Two ensembles that share nothing: one of three servers, led by 3, and one of five, led by 8. Each leader has one client. Both clients are going to create a znode at the same moment; count what passes between the servers.',
        zh: '两个互不共享的集群：一个三台，由 3 领导；一个五台，由 8 领导。每个领导者 leader 连着一个客户端。两个客户端将同时各创建一个 znode，请数一数服务器之间有多少消息。',
      },
    },
    { type: 'order', commands: ['zk a create /a 1', 'zk b create /b 1'] },
    {
      type: 'say',
      when: {
        all: [
          ...exactly(2, { type: 'send', kind: 'PROPOSAL', process: '3', path: '/a' }),
          ...exactly(4, { type: 'send', kind: 'PROPOSAL', process: '8', path: '/b' }),
        ],
      },
      look: 'server 8',
      text: {
        en: 'The leader sends the whole write to every follower, itself: two `PROPOSAL`s in the small ensemble, four in the large one. Every copy leaves the same machine.',
        zh: '领导者亲自把整个写发给每个跟随者 follower：小集群里两个 `PROPOSAL`，大集群里四个。每一份都从同一台机器发出。',
      },
    },
    {
      type: 'say',
      when: {
        all: [
          { entry: { type: 'commit', process: '3', path: '/a' } },
          { entry: { type: 'commit', process: '8', path: '/b' } },
          { not: { entry: { type: 'deliver', kind: 'ACK', process: '8' }, times: 3 } },
        ],
      },
      look: 'server 8/outstandingProposals',
      text: {
        en: 'Both are committed. Server 3 needed the `ACK` of one follower beside its own disk: two of three. Server 8 needed two: three of five. All the others acknowledge too; those `ACK`s only come after it is settled.',
        zh: '两个写都提交了。服务器 3 除了自己的磁盘，还要一个跟随者的 `ACK`：三台中的两台。服务器 8 要两个：五台中的三台。其余跟随者也会确认，只是它们的 `ACK` 来时已成定局。',
      },
    },
    {
      type: 'say',
      when: { all: [answered('a', '/a'), answered('b', '/b'), { quiet: true }] },
      look: 'client b',
      text: {
        en: '`PROPOSAL`, `ACK`, `COMMIT`: three messages for each follower, 6 in the small ensemble, 12 in the large one, for the same write. The clients waited equally long, because the links here are as wide as you like. A real leader has one network card for all of it.',
        zh: '`PROPOSAL`、`ACK`、`COMMIT`：每个跟随者三条消息。同样一个写，小集群 6 条，大集群 12 条。两个客户端等得一样久，因为这里的链路要多宽有多宽；真实的领导者，全部流量都走一块网卡。',
      },
    },
    {
      type: 'order',
      commands: ['disk 1 slow 500', 'disk 4 slow 500', 'disk 5 slow 500', 'disk 6 slow 500'],
    },
    {
      type: 'say',
      look: 'server 6',
      text: {
        en: 'Now let the servers differ, as they do in life. In each ensemble only the leader and one follower, 2 and 7, keep a quick disk; an fsync of the others takes half a second longer. Both clients are going to write again.',
        zh: '现实中的机器有快有慢。现在每个集群里只有领导者和一个跟随者（2 和 7）的磁盘还是快的，其余的 fsync 都多花半秒。两个客户端要再各写一次。',
      },
    },
    {
      type: 'predict',
      question: { en: 'Which client has its answer first?', zh: '哪个客户端先得到应答？' },
      choices: [
        {
          text: { en: '`a`, in the ensemble of three.', zh: '`a`，在三台的集群里。' },
          isRight: true,
          because: {
            en: 'Two quick disks are a quorum of three. They are not one of five.',
            zh: '两块快磁盘，在三台里够法定人数 quorum，在五台里不够。',
          },
        },
        {
          text: { en: '`b`: more servers share the work.', zh: '`b`：服务器多，分担得多。' },
          because: {
            en: 'The work of a write is not shared, it is repeated: each server does all of it.',
            zh: '写的工作不是分担，而是重复：每台服务器都要从头做一遍。',
          },
        },
        {
          text: { en: 'Both at the same time.', zh: '同时。' },
          because: {
            en: 'That was so while all disks were alike. Now it matters how many of them a quorum needs.',
            zh: '磁盘都一样时确实如此。现在就要看法定人数里需要几块磁盘了。',
          },
        },
      ],
    },
    { type: 'order', commands: ['zk a create /aa 1', 'zk b create /bb 1'] },
    {
      type: 'say',
      when: {
        all: [
          answered('a', '/aa'),
          { not: { entry: { type: 'commit', process: '8', path: '/bb' } } },
          { frame: 'processes.8.sections.ledger.rows', count: 1 },
          { entry: { type: 'ack', process: '8', path: '/bb' } },
          { entry: { type: 'ack', process: '7', path: '/bb' } },
          { not: { entry: { type: 'ack', path: '/bb' }, times: 3 } },
        ],
      },
      look: 'server 8/outstandingProposals',
      text: {
        en: 'Client `a` has its answer. Compare the logs of the large ensemble: the newest record is forced to disk on 8 and 7, and only written on 4, 5 and 6. Two acknowledgements of the three that server 8 needs.',
        zh: '`a` 已得到应答。请比较大集群里各台的日志：最新一条记录，8 和 7 已落盘，4、5、6 只是写入。服务器 8 需要三个确认，现在有两个。',
      },
    },
    {
      type: 'say',
      pace: 'skip',
      when: answered('b', '/bb'),
      look: 'client b',
      text: {
        en: 'Half a second later a slow disk has made it three. A larger quorum has to wait for one server more. More servers do not make writes quicker. What five are for: they bear two crashes, three bear one. And there are the reads.',
        zh: '半秒之后，一块慢磁盘凑足了三个。法定人数越大，要等的服务器越多。加服务器不会让写变快。那五台好在哪里？五台经得起两台崩溃，三台只经得起一台。再就是读。',
      },
    },
    {
      type: 'goal',
      text: {
        en: 'Connect a third client, `c`, to server 4 of the large ensemble.',
        zh: '让第三个客户端 `c` 连上大集群的服务器 4。',
      },
      hint: {
        en: 'Type `client c 4` at a console.',
        zh: '在控制台输入 `client c 4`。',
      },
      done: { frame: 'processes.client c.sections.client.state', is: 'CONNECTED' },
      solution: ['client c 4'],
    },
    { type: 'order', commands: ['zk c get /b'] },
    {
      type: 'say',
      pace: 'skip',
      when: {
        all: [
          {
            entry: { type: 'result', process: 'client c', op: 'getData', path: '/b', err: 'OK' },
          },
          { not: { entry: { type: 'send', kind: 'REQUEST', process: '4' } } },
        ],
      },
      look: 'server 4',
      text: {
        en: 'To open the session was a write, and took its half second. The read was not: server 4 answered from its own tree, and neither another server nor its slow disk was asked. Each server added can answer as many reads again, and makes each write dearer: more reads, slower writes.',
        zh: '建立会话 session 是一次写，花了半秒。读就不同了：服务器 4 直接用自己的树应答，没有问别的服务器，也没有用到慢磁盘。每加一台，就多一份读的能力，每个写也就更贵一些：读更多，写更慢。',
      },
    },
  ],
  outcome: [
    {
      text: {
        en: 'The same write cost 6 messages among three servers and 12 among five.',
        zh: '同样一个写，三台之间用了 6 条消息，五台之间用了 12 条。',
      },
      that: {
        all: (['PROPOSAL', 'ACK', 'COMMIT'] as const).flatMap((kind) => [
          ...exactly(2, { type: 'send', channel: 'quorum', kind, path: '/a' }),
          ...exactly(4, { type: 'send', channel: 'quorum', kind, path: '/b' }),
        ]),
      },
    },
    {
      text: {
        en: 'The read reached nobody but server 4.',
        zh: '那次读，除了服务器 4 没有谁收到。',
      },
      that: {
        all: [
          { entry: { type: 'reply', process: '4', op: 'getData', path: '/b', err: 'OK' } },
          { not: { entry: { type: 'deliver', process: '8', op: 'getData' } } },
        ],
      },
    },
  ],
  sandbox: {
    en: 'Crash two followers of each ensemble and write at both leaders. Then ask for a znode at every server (`client d 5`, `client e 6`) while a write is under way.',
    zh: '让每个集群各崩溃两台跟随者，再在两个领导者上写。然后在写的过程中，到每台服务器上去读（`client d 5`、`client e 6`）。',
  },
};
