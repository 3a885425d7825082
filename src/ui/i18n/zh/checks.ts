/** What each property means, in Chinese. */
import type { CHECK_MEANINGS as ENGLISH } from '../en/checks';
import type { Translated } from '../translated';

export const CHECK_MEANINGS: Translated<typeof ENGLISH> = {
  'checks.meaning.Leadership1': '任一时刻，一个 epoch 至多有一台服务器在领导。',
  'checks.meaning.Leadership2': '整个运行中，一个 epoch 至多被一台服务器领导过。',
  'checks.meaning.PrefixConsistency': '任意两台服务器已交付的内容，总有一方是另一方的前缀。',
  'checks.meaning.Integrity': '服务器交付的任何内容，都是先由某个领导者提议过的。',
  'checks.meaning.Agreement': '任意两台在服务的服务器，总有一方交付了另一方交付的一切。',
  'checks.meaning.TotalOrder': '所有服务器以同样的次序交付事务 txn。',
  'checks.meaning.LocalPrimaryOrder': '同一领导者提议的内容，按它提议的次序交付。',
  'checks.meaning.GlobalPrimaryOrder': '较早 epoch 的事务先于较晚 epoch 的事务交付。',
  'checks.meaning.PrimaryIntegrity':
    '领导者在提议任何内容之前，已交付了所有会被人交付的、属于更早 epoch 的事务。',
  'checks.meaning.AckAfterFsync': '事务落盘之后，服务器才确认它。',
  'checks.meaning.QuorumDurable': '事务提交时，过半服务器的磁盘上已有它。',
  'checks.meaning.CommittedNeverLost': '已提交的事务永远留在某个法定人数（quorum）手中。',
  'checks.meaning.EpochMonotonic':
    '服务器的 acceptedEpoch 和 currentEpoch 从不变小，重启之后也一样。',
  'checks.meaning.EpochImpliesHistory':
    '采纳一个 epoch 的服务器，磁盘上有这个 epoch 的领导者起步时拥有的一切。',
  'checks.meaning.ZxidMonotonicPerLog': '日志中的 zxid 连续递增，每个 epoch 从 1 开始。',
  'checks.meaning.CommitOrder': '每台服务器上，提交按 zxid 的次序到来。',
  'checks.meaning.NoCommitWithoutProposal': '跟随者不会收到从未发给它的事务的 COMMIT。',
  'checks.meaning.CheckDuringAction': '没有服务器遇到协议不允许的包。',
  'checks.meaning.ReplicaEquality': '处在同一 zxid 的两台服务器，树完全相同。',
  'checks.meaning.ClientFIFO': '一个会话的请求，按发送的次序得到应答。',
  'checks.meaning.MonotonicReads': '一个客户端读到的内容，从不退回更旧的状态。',
  'checks.meaning.LinearizableWrites':
    '在另一个写得到应答之后才发出的写，按 zxid 的次序也排在它后面。',
  'checks.meaning.SessionExpiryNotEarly':
    '领导者在整个超时时间内没有会话的任何消息，才会结束这个会话。',

  'checks.meaning.NoTaskLost':
    '创建得到确认的任务，或在 /tasks，或在某个收件箱，或在 /status，或已被取走。',
  'checks.meaning.NoDuplicateEffect': '不得执行两次的提交，至多有一次被接受的效果。',
  'checks.meaning.NoStuckInbox':
    '有主节点 master 在工作时，不会有任务留在已死的 worker 的收件箱里没人恢复。',
  'checks.meaning.OneLiveMaster': '在领导者看来还活着的会话中，至多一个拥有 /master。',
  'checks.meaning.TokensNeverDecrease': '存储接受的令牌从不变小。',
  'checks.meaning.ProcessesThatBelieve':
    '有多少进程自认为是主节点 master：多于一个并不是 ZooKeeper 的错。',
};
