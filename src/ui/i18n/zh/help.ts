/** Help, in Chinese. */
import type { HELP as ENGLISH } from '../en/help';
import type { Translated } from '../translated';

export const HELP: Translated<typeof ENGLISH> = {
  'help.title': 'Zabscope',
  'help.close': '关闭',
  'help.what': '你看到的是什么',
  'help.whatText':
    '一个完整的 ZooKeeper 集群（ensemble），就在这个标签页里：每台服务器、每个客户端都是独立的进程。每台服务器画成一条请求行走的线路：圆环是一个线程，上方是它的队列；小圆点是一次普通调用；方框是带有四个队列的 CommitProcessor。画面上的一切都是这些进程的真实状态。',
  'help.chip':
    '一枚小牌就是一个请求：字母是它的客户端，三角是写，圆环是读；有了 zxid 之后，右上角的小数字是它的计数器。点击它可以看到它走过的路。',
  'help.tree':
    '树中的标记：临时（ephemeral）znode 标着它的所有者，方盒是容器节点，时钟表示有存活时间；眼睛是一个监视（watch），颜色和记号说明是谁在监视：d 数据，c 子节点，p 持久，r 持久且递归。点树上方的放大镜可以浏览和搜索整棵树。',
  'help.profile':
    '行为同 ZooKeeper 3.8.0。Profile fixed：3.8.0 在同步或日志处理上有已知的安全缺陷之处，按 3.9.4 的次序执行。',
  'help.stories': '故事与应用',
  'help.storiesText':
    '一个故事一步一步带你走过一次运行：它问你接下来会发生什么，也让你亲手让它发生。上方的“故事”里列出了全部故事；打开之后，页面的地址就指向它，可以转给别人。上方的服务器列表里还有 ZooKeeper 一书中的 master-worker 应用：书中版连同它的缺陷，或加固版。一切都有英文和中文。',
  'help.tale': '村庄故事',
  'help.taleText':
    '在“此刻”那句话的旁边，可以把读和写换成故事来讲。服务器是办事处，领导者 leader 是总办事处，跟随者 follower 是分办事处，客户端是村民。它的树是墙上的公告板，日志是记事本，fsync 是墨干。处理器是柜台：RequestThrottler 是门房，PrepRequestProcessor 是编号柜台（编的号就是 zxid），SyncRequestProcessor 是记录员，CommitProcessor 是守着电话的接线员。PROPOSAL、ACK、COMMIT 都是电话；outstandingProposals 是计票单，pendingTxns 是待办盘。',
  'help.keys': '按键',
  'help.key.play': '播放或暂停',
  'help.key.step': '后退一步，前进一步',
  'help.key.clicker': '同上，用翻页器',
  'help.key.stage': '请求的上一阶段、下一阶段',
  'help.key.speed': '加快，放慢',
  'help.key.server': '选中一台服务器',
  'help.key.crash': '让选中的崩溃或重启',
  'help.key.view': '应用视图，或它下面的集群',
  'help.key.story': '读故事时：下一步（回车键亦可），上一步',
  'help.key.console': '到控制台',
  'help.key.complete': '在控制台中：补全命令或路径',
  'help.key.escape': '离开控制台，关闭检查面板',
  'help.key.help': '打开本帮助',
  'help.world': '作用于整个世界的命令',
  'help.worldText':
    '控制台接受 zkCli 的命令，也接受下面这些作用于整个世界的命令。进程写作 1、2……、client a，应用的进程写作 master m-1、worker w-1、taskclient c-1、storage s-1。',
  'help.word.crash': '内存没了，磁盘还在',
  'help.word.restart': '从磁盘恢复',
  'help.word.pause': '就像一次漫长的 GC 停顿；恢复用 resume 2',
  'help.word.freeze': '这个线程不再接活；解冻用 thaw 2 …',
  'help.word.step': '让冻结的线程只干一件活',
  'help.word.disk': '每次 fsync 多用 200 ms；还有 fail-fsync、fail-append、full、ok',
  'help.word.cut': '包都在等，两端靠超时才能发现',
  'help.word.oneway': '只断一个通道、一个方向',
  'help.word.partition': '各组互相不能到达',
  'help.word.heal': '修复所有链路，或某两个进程之间的链路',
  'help.word.hold': '从第一个 COMMIT 起，消息都等着；放行用 release 3 1 quorum',
  'help.word.latency': '单程延迟，单位 ms',
  'help.word.reset': '两端立刻发现',
  'help.word.client': '用这些服务器地址新建一个客户端',
  'help.word.app': '用这些服务器地址新建一个工作者：加固版，并有一项能力',
  'help.word.submit': '任务客户端提交一个分四步、不得执行两次的任务',
  'help.word.fail': '它正在执行的任务以失败告终',
  'help.word.fencing': '存储不再拒绝旧令牌',
  'help.word.fourLetter': '向服务器 1 发一个四字命令；回答印在这里',
  'help.word.txn':
    '一个 multi：要么全部发生，要么全不发生；也可以先输入 txn，再逐行输入，最后 commit',
  'help.word.pipeline': '在同一个会话里，几个命令同时在途',
  'help.zkCli': 'zkCli',
  'help.zkCliText': '命令的写法同 zkCli 3.8.0。本版本支持的命令：',
  'help.leftOut': '本版本没有的',
  'help.leftOutText':
    '观察者（observer）和新加入的服务器（这里的 reconfig 会被拒绝，与服务器的默认配置一样）；SASL 和 TLS；日志与快照文件的字节格式；拖动时间轴、分叉与链接；供真实客户端接入的网关。',
};
