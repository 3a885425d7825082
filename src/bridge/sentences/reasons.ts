/**
 * Why a process ended or a server left its role, as its log says it. The trace holds the text itself; by this
 * table the page knows it again, to say it in another language. Places stand for what differs.
 */
export const REASONS = {
  'reason.severe': 'Severe unrecoverable error, exiting',
  'reason.severeThread': 'Severe unrecoverable error, from thread',
  'reason.severeFrom': 'Severe unrecoverable error, from {{thread}}',
  'reason.internal': 'Unexpected internal error',
  'reason.unmatchedCommit': 'Committing zxid {{zxid}} but next pending txn {{pending}}',
  'reason.noTruncate': 'Not able to truncate the log to {{zxid}}',
  'reason.unexpectedPacket': 'Got unexpected packet from leader: {{kind}}',
  'reason.noLeaderInfo': 'First packet should have been LEADERINFO, was {{kind}}',
  'reason.oldEpoch': 'Leader epoch is less than the accepted epoch',
  'reason.missingProposal': 'a proposal is missing in the history of the leader',
  'reason.missingCommit': 'a commit of the history has no proposal',
  'reason.writeHistory': 'IOException while writing the history',
  'reason.write': 'IOException while writing {{file}}',
  'reason.unloadable': 'Unable to load database on disk: {{problem}}',
  'reason.noSnapshot': 'the disk has log records but no snapshot that they could continue',
  'reason.currentEpoch': 'The current epoch, {{epoch}}, is older than the last zxid, {{zxid}}',
  'reason.acceptedEpoch':
    'The accepted epoch, {{accepted}}, is less than the current epoch, {{epoch}}',
  'reason.rollOver': 'zxid lower 32 bits have rolled over, forcing re-election',
  'reason.notSynced': 'Not sufficient followers synced',
  'reason.noEpochs': 'Timeout while waiting for epoch from quorum',
  'reason.noEpochAcks': 'Timeout while waiting for epoch to be acked by quorum',
  'reason.noNewLeaderAcks': 'Timeout while waiting for NEWLEADER acks',
  'reason.leaderClosed': 'Connection to the leader closed',
  'reason.refused': 'Connection refused',
  'reason.readTimeout': 'Read timed out',
  'reason.connectTimeout': 'connect timed out',
  'reason.readOnly': 'read-only',
  'reason.quit': 'quit',
  'reason.endOfInput': 'end of input',
  'reason.batch': 'batch',
} as const;
