/** Stories: the picker and the column beside the stage. */
import type { STORY as ENGLISH } from '../en/story';
import type { Translated } from '../translated';

export const STORY: Translated<typeof ENGLISH> = {
  'story.column': '故事',
  'story.soFar': '故事至此',

  'story.picker.title': '故事',
  'story.picker.close': '关闭故事列表',
  'story.picker.search': '搜索故事',
  'story.picker.hint': '标题或问题',
  'story.picker.none': '没有故事提到“{{text}}”。',
  'story.picker.empty': '还没有故事。',
  'story.picker.finished': '已读完',
  'story.picker.current': '正在读',
  'story.picker.count': '共 {{count}} 个，已读完 {{done}} 个',

  'story.chapter.servers': '服务器',
  'story.chapter.flows': '读与写',
  'story.chapter.sessions': '会话 session',
  'story.chapter.faults': '故障',
  'story.chapter.elections': '选举',
  'story.chapter.application': 'master 与 worker',

  'story.progressName': '故事进度',
  'story.progress': '第 {{step}} 步，共 {{count}} 步',
  'story.ended': '完',
  'story.next': '下一步',
  'story.nextTitle': '继续故事',
  'story.more': '更多故事',
  'story.back': '上一步',
  'story.backTitle': '回看上一步',
  'story.restart': '重新开始故事',
  'story.leave': '离开故事',
  'story.leaveTitle': '运行保持原样，由你接手',

  'story.ordered': '下达的命令',
  'story.running': '正在运行到下一段。',
  'story.runningTitle': '空格键暂停；也可以自己单步走。',
  'story.paused': '在去下一段的路上暂停了。',
  'story.long': '这段路很长，也许做过的事挡住了它。故事在等：',

  'story.predict': '你觉得呢？',
  'story.answer': '回答',
  'story.right': '对。',
  'story.wrong': '不是这样。',
  'story.again': '可以重选，也可以继续，看看会发生什么。',

  'story.goal': '轮到你了',
  'story.goalDone': '做到了。',
  'story.goalShown': '已演示。',
  'story.hint': '提示',
  'story.hideHint': '收起提示',
  'story.showMe': '做给我看',
  'story.showMeTitle': '下达能达到目标的命令',

  'story.outcome': '结果',
  'story.outcomeMissed': '没有打勾的，在你的这次运行里不成立：你走了自己的路。',
  'story.checksBroke': '途中被破坏的性质：{{names}}',
  'story.sandbox': '现在由你来',

  'story.broken.title': '故事在这里走不下去了。',
  'story.broken.waited':
    '等了 {{seconds}} 秒，等的事没有发生。也许这期间做过的事挡住了它。故事在等：',
  'story.broken.over': '再没有什么会发生了，而这件事没有来：',
  'story.broken.do': '可以重新开始，也可以离开故事，接着这次运行走下去。',
  'story.broken.refused': '命令“{{command}}”被拒绝：{{message}}',
};
