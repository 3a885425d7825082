/** What each property of the list `Checks` means, in one sentence. Comes when the list is opened. */
export const CHECK_MEANINGS = {
  'checks.meaning.Leadership1': 'At any moment at most one server leads an epoch.',
  'checks.meaning.Leadership2': 'In the whole run at most one server ever leads an epoch.',
  'checks.meaning.PrefixConsistency':
    'What one server has delivered is a beginning of what another has, or the other way round.',
  'checks.meaning.Integrity': 'Whatever a server delivers was proposed by a leader before.',
  'checks.meaning.Agreement':
    'Of two servers that serve, one has delivered everything that the other has.',
  'checks.meaning.TotalOrder': 'All servers deliver the txns in the same order.',
  'checks.meaning.LocalPrimaryOrder':
    'What one leader proposed is delivered in the order in which it proposed it.',
  'checks.meaning.GlobalPrimaryOrder':
    'Txns of an earlier epoch are delivered before those of a later one.',
  'checks.meaning.PrimaryIntegrity':
    'Before a leader proposes anything it has delivered all txns of earlier epochs that anybody delivers.',
  'checks.meaning.AckAfterFsync': 'A server acknowledges a txn only when it is on its disk.',
  'checks.meaning.QuorumDurable':
    'When a txn commits, more than half of the servers have it on disk.',
  'checks.meaning.CommittedNeverLost': 'A txn that is committed stays with a quorum for ever.',
  'checks.meaning.EpochMonotonic':
    'The accepted epoch and the current epoch of a server never fall, not even across a restart.',
  'checks.meaning.EpochImpliesHistory':
    'Who adopts an epoch has on its disk all that the leader of that epoch began with.',
  'checks.meaning.ZxidMonotonicPerLog':
    'The zxids of a log grow without a gap, and each epoch begins at 1.',
  'checks.meaning.CommitOrder': 'At each server commits come in the order of their zxids.',
  'checks.meaning.NoCommitWithoutProposal':
    'A follower gets no COMMIT for a txn that it was never sent.',
  'checks.meaning.CheckDuringAction': 'No server meets a packet that the protocol does not allow.',
  'checks.meaning.ReplicaEquality': 'Two servers at the same zxid have the same tree.',
  'checks.meaning.ClientFIFO':
    'The requests of a session are answered in the order they were sent.',
  'checks.meaning.MonotonicReads': 'What a client reads never goes back to an older state.',
  'checks.meaning.LinearizableWrites':
    'A write that was sent after another was answered comes after it in the order of zxids.',
  'checks.meaning.SessionExpiryNotEarly':
    'The leader ends a session only after hearing nothing of it for its whole timeout.',

  'checks.meaning.NoTaskLost':
    'A task whose create was acknowledged stands in /tasks, in an inbox or in /status, or was consumed.',
  'checks.meaning.NoDuplicateEffect':
    'A submission that must not run twice has at most one accepted effect.',
  'checks.meaning.NoStuckInbox':
    'No task lies in the inbox of a dead worker while a master acts and recovers nothing.',
  'checks.meaning.OneLiveMaster': 'At most one session that lives at the leader owns /master.',
  'checks.meaning.TokensNeverDecrease': 'The tokens that the storage accepts never decrease.',
  'checks.meaning.ProcessesThatBelieve':
    'How many processes believe that they are master: more than one is no mistake of ZooKeeper’s.',
} as const;
