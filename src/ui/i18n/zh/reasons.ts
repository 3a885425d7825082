/** Why a process ended or left its role, in Chinese: the text of the log is known again by its table. */
import { REASONS as ENGLISH } from '../../../bridge/sentences/reasons';
import type { Translated } from '../translated';

export const REASONS: Translated<typeof ENGLISH> = {
  'reason.severe': '发生无法恢复的严重错误',
  'reason.severeThread': '线程发生无法恢复的严重错误',
  'reason.severeFrom': '线程 {{thread}} 发生无法恢复的严重错误',
  'reason.internal': '意外的内部错误',
  'reason.unmatchedCommit': '要提交 zxid {{zxid}}，但下一个待提交的 txn 是 {{pending}}',
  'reason.noTruncate': '无法把日志截断到 {{zxid}}',
  'reason.unexpectedPacket': '收到领导者发来的意外的包：{{kind}}',
  'reason.noLeaderInfo': '第一个包应是 LEADERINFO，却是 {{kind}}',
  'reason.oldEpoch': '领导者的 epoch 小于已接受的 epoch',
  'reason.missingProposal': '领导者发来的历史中缺了一个提议',
  'reason.missingCommit': '历史中的一个提交没有对应的提议',
  'reason.writeHistory': '写历史时发生 IOException',
  'reason.write': '写 {{file}} 时发生 IOException',
  'reason.unloadable': '无法从磁盘载入数据库：{{problem}}',
  'reason.noSnapshot': '磁盘上有日志记录，却没有可以接续的快照',
  'reason.currentEpoch': '当前的 epoch（{{epoch}}）比最后的 zxid（{{zxid}}）还旧',
  'reason.acceptedEpoch': '已接受的 epoch（{{accepted}}）小于当前的 epoch（{{epoch}}）',
  'reason.reconfig': 'reconfig 提议了新的成员',
  'reason.rollOver': 'zxid 的低 32 位已用尽，强制重新选举',
  'reason.notSynced': '保持同步的跟随者不够',
  'reason.noEpochs': '等待过半的 epoch 超时',
  'reason.noEpochAcks': '等待过半确认 epoch 超时',
  'reason.noNewLeaderAcks': '等待 NEWLEADER 的 ACK 超时',
  'reason.leaderClosed': '与领导者的连接断了',
  'reason.refused': '连接被拒绝',
  'reason.readTimeout': '读超时',
  'reason.connectTimeout': '连接超时',
  'reason.readOnly': '只读',
  'reason.session': '会话{{state}}',
  'reason.session.expired': '已过期',
  'reason.session.refused': '被拒绝',
  'reason.quit': '输入了 quit',
  'reason.endOfInput': '输入结束',
  'reason.batch': '批处理完成',
};

interface Pattern {
  key: keyof typeof ENGLISH;
  text: RegExp;
}

/** Those without places first: what they match, they match exactly. */
const PATTERNS: readonly Pattern[] = (Object.keys(ENGLISH) as (keyof typeof ENGLISH)[])
  .map((key) => ({ key, text: patternOf(ENGLISH[key]) }))
  .sort((a, b) => placesIn(ENGLISH[a.key]) - placesIn(ENGLISH[b.key]));

function patternOf(template: string): RegExp {
  const plain = template.replace(/[.*+?^$()|[\]\\/]/g, '\\$&');
  return new RegExp(`^${plain.replace(/\{\{(\w+)\}\}/g, '(?<$1>.+)')}$`, 's');
}

function placesIn(template: string): number {
  return template.split('{{').length - 1;
}

/** The reason in Chinese; an exception of a console, or what no table knows, stays as the log has it. */
export function reasonInChinese(text: string): string {
  for (const { key, text: pattern } of PATTERNS) {
    const groups = pattern.exec(text)?.groups;
    if (groups === undefined && !pattern.test(text)) continue;
    return REASONS[key].replace(/\{\{(\w+)\}\}/g, (_, name: string) =>
      reasonInChinese(groups?.[name] ?? ''),
    );
  }
  return text;
}
