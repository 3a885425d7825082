/** Top bar, transport, tape, opening, errors, in Chinese. */
import type { SHELL as ENGLISH } from '../en/shell';
import type { Translated } from '../translated';

export const SHELL: Translated<typeof ENGLISH> = {
  'app.name': 'Zabscope',
  'app.ensemble': '集群 ensemble',
  'app.time': '发生了什么',
  'app.invitation': '按空格键，看“{{line}}”怎样走完全程',

  'topbar.servers': '服务器数',
  'topbar.serverCount_other': '{{count}} 台服务器',
  'topbar.seed': '种子 {{seed}}',
  'topbar.behavesAs': '行为同 ZooKeeper 3.8.0，profile fixed',
  'topbar.profileTitle':
    'Profile fixed：3.8.0 在同步阶段有已知的安全缺陷之处，按 3.9.4 的次序执行。',
  'topbar.theme.system': '主题：跟随系统。切换到浅色',
  'topbar.theme.light': '主题：浅色。切换到深色',
  'topbar.theme.dark': '主题：深色。切换到跟随系统',
  'topbar.help': '帮助',
  'topbar.language': '语言 Language',
  'topbar.languageTitle': '中文。切换到 English',

  'checks.list': '性质检查',
  'checks.hold_other': '{{count}} 条性质成立',
  'checks.broken_other': '{{count}} 条性质被破坏',
  'checks.itemHolds': '{{name}}：成立',
  'checks.itemBroken': '{{name}}：被破坏',
  'checks.goTo': '事件 {{event}}',

  'transport.name': '时间',
  'transport.toStart': '回到开头',
  'transport.stepBack': '后退一步',
  'transport.play': '播放',
  'transport.pause': '暂停',
  'transport.space': '空格',
  'transport.step': '单步',
  'transport.toNewest': '到最新',
  'transport.nextStage': '下一阶段',
  'transport.nextStageTitle':
    '到所选请求或最新请求的下一阶段：已发送、已接收、已转发、已提议、已写日志、已提交、已应用、已应答（Shift →）',
  'transport.runToCommit': '运行到提交',
  'transport.runToCommitTitle': '直到下一个事务 txn 在领导者处提交',
  'transport.tempo': '节奏',
  'transport.tempo.event': '按事件',
  'transport.tempo.time': '按时间',
  'transport.tempoTitle.event': '按事件：每个事件在屏幕上停留同样久',
  'transport.tempoTitle.time': '按时间：虚拟时间流动，可放慢可加快；空闲的时段会跳过',
  'transport.speed': '速度',
  'transport.speedTitle': '速度（↑ ↓）',
  'transport.max': '最快',

  'transport.event': '事件 {{event}} / {{last}}',
  'transport.seconds': '{{seconds}} 秒',

  'tape.name': '时间轴',
  'tape.value': '事件 {{event}} / {{last}}，{{seconds}} 秒',
  'tape.title': '发生过的一切。点击可回看',
  'tape.titleBack': '正在回看。点击看别处',

  'now.notice': '提示',
  'now.label': '此刻',
  'now.opening': '服务器正在启动。',
  'now.nothingYet': '还什么都没发生：所有服务器即将启动。',
  'now.notKept': '这个事件太久远：页面不再保留它的记录。',
  'now.lookingBack': '回看中',

  'notice.rest': '全部完成：接下来只有 ping',
  'notice.nothingShown': '整整一分钟只有 ping 和定时器',
  'notice.returned': '刚才在回看：运行已回到最新的事件',
  'notice.typed': '已输入：空格键播放，→ 单步',
  'notice.ordered': '空格键播放后续，→ 单步',
  'notice.not.commit': '没有正在进行、可以提交的事务',
  'notice.not.stage': '没有正在进行的请求',

  'opening.starting_other': '{{count}} 台服务器正在启动，选出领导者，让客户端进来',
  'opening.empty': '没有打开任何集群',

  'problem.title': '没能做到。',
  'problem.at': '{{place}}：{{message}}',
  'problem.doReload': '请重新加载页面，或打开一个新的集群。',
  'problem.doGoOn': '你看到的内容依然有效。',
  'problem.texts': '页面这一部分的文字加载失败。网络断了吗？',
  'problem.openNew': '打开新的集群',
  'problem.dismiss': '关闭提示',
};
