/** Reads and writes told as a tale of a village, in Chinese. */
import type { TALE as ENGLISH } from '../en/tale';
import type { Translated } from '../translated';

export const TALE: Translated<typeof ENGLISH> = {
  'tale.who.leader': '总办事处 {{name}}',
  'tale.who.follower': '分办事处 {{name}}',
  'tale.who.server': '办事处 {{name}}',
  'tale.who.client': '村民 {{name}}',
  'tale.whom.leader': '总办事处 {{name}}',
  'tale.whom.follower': '分办事处 {{name}}',
  'tale.whom.server': '办事处 {{name}}',
  'tale.whom.client': '村民 {{name}}',

  'tale.order.typedAndSends': '{{who}} 有事要办（“{{line}}”），把条子 {{request}} 递进办事处。',
  'tale.request.received': '{{who}} 的门房在门口接过{{peer}} 的条子 {{request}}。',
  'tale.throttler.prep': '{{who}} 的门房把 {{request}} 递给编号柜台。',
  'tale.throttler.follower': '{{who}} 的门房把 {{request}} 递给分拣柜台：问事的和办事的要分开。',
  'tale.forwarded': '{{who}} 收到{{peer}} 转来的 {{request}}，排到编号柜台前。',

  'tale.follower.read': '{{who}} 留下 {{request}}：只是来问的，看这里墙上的公告板就能回答。',
  'tale.follower.write':
    '{{who}} 把 {{request}} 放到接线员桌上，再抄一份送总办事处：要办的事只有那里能编号。',
  'tale.prep.read': '{{who}} 的编号柜台看到 {{request}} 只是来问的，不给编号。',
  'tale.prep.write': '{{who}} 的编号柜台在 {{request}} 上盖了号：{{zxid}}。',
  'tale.prep.proposes': '{{who}} 把 {{request}} 记上计票单，让人给每个分办事处打电话：请记下来！',
  'tale.prep.logs': '{{who}} 把 {{request}} 也交给自己的记录员。',
  'tale.sender.sends': '{{who}} 给办事处 {{to}} 打电话：{{kind}}。',
  'tale.proposal.logged':
    '{{who}} 接到电话：请记下 {{request}}！抄一份放进待办盘，记录员翻开记事本。',

  'tale.sync.append': '{{who}} 的记录员把 {{request}} 写进记事本；墨还没干。',
  'tale.sync.fsync': '{{who}} 的墨干了，直到 {{zxid}}：就算办事处失火，这一页也在。',
  'tale.sync.readWaits': '{{who}}：{{request}} 要等前面的墨干。',
  'tale.sync.ackSent': '{{who}} 给总办事处回电话：{{request}} 记好了。',
  'tale.sync.ackBuffered': '{{who}} 会把 {{request}} 和这一页的其余各条一起回报。',
  'tale.sync.ownAck': '{{who}} 给 {{request}} 打上自己的一个勾：自己的记事本和别人的一样算数。',
  'tale.sync.ownAckCommits': '{{who}} 给 {{request}} 打上自己的勾，于是过半都有了。定了！',
  'tale.ack.noted': '{{who}} 在计票单上打勾：{{peer}} 已记好 {{acked}}。',
  'tale.ack.commits':
    '{{who}} 给{{peer}} 打勾：{{quorum}} 本记事本有了 {{request}}，过半，就这么定了。',
  'tale.commitPacket.queued':
    '{{who}} 接到电话：{{zxid}} 定了。待办盘最上面的 {{request}} 交给接线员。',

  'tale.commit.waits':
    '{{who}} 的接线员压住 {{request}}：同一位村民，前面的事没办完，后面的都等着。',
  'tale.commit.worker': '{{who}} 的接线员放行 {{request}}：这位村民前面没有在等的事。',
  'tale.commit.released_other': '{{who}}：前面的事办完了，接线员一次放行 {{count}} 个来问的。',
  'tale.commit.sync': '{{who}} 的公告板上已有 {{request}} 之前的一切，照此答复。',

  'tale.apply.remote': '{{who}} 把 {{request}} 贴上自己的公告板；要办这件事的村民在别的办事处。',
  'tale.apply.replies': '{{who}} 把 {{request}} 贴上自己的公告板，告诉村民：办好了。',
  'tale.apply.failed': '{{who}} 的公告板照旧：{{request}}，{{err}}。只是用掉了一个号。',
  'tale.apply.failedAndReplies': '{{who}} 的公告板照旧，告诉村民 {{request}} 的结果：{{err}}。',
  'tale.apply.tells_other':
    '{{who}} 把 {{request}} 贴上自己的公告板，向等着它的村民喊了 {{count}} 声。',
  'tale.apply.tellsAndReplies_other':
    '{{who}} 把 {{request}} 贴上自己的公告板，先向等着它的村民喊了 {{count}} 声，然后说：办好了。',

  'tale.worker.read': '{{who}} 照自己墙上的公告板回答 {{request}}：此刻贴着什么就答什么。',
  'tale.worker.readAndWatch':
    '{{who}} 照自己墙上的公告板回答 {{request}}，并记下这位村民想在变化时听人喊一声。',
  'tale.worker.readError': '{{who}} 在自己的公告板上找 {{request}}：{{err}}。',
  'tale.reply.ok': '{{who}} 拿到 {{request}} 的答复，回家去了。',
  'tale.reply.error': '{{who}} 拿到 {{request}} 的答复：{{err}}。',
};
