/**
 * The chains of request processors, a table per role: who follows whom by a
 * plain call or a hand-off. Source: setupRequestProcessors of
 * LeaderZooKeeperServer, FollowerZooKeeperServer, ReadOnlyZooKeeperServer, ZooKeeperServer.
 */
import type { ProcessorName, Role } from './machine';

type Next = Partial<Record<ProcessorName, ProcessorName>>;

export const FIRST: Record<Role, ProcessorName> = {
  standalone: 'PrepRequestProcessor',
  leader: 'LeaderRequestProcessor',
  follower: 'FollowerRequestProcessor',
  readOnly: 'ReadOnlyRequestProcessor',
};

export const NEXT: Record<Role, Next> = {
  standalone: {
    PrepRequestProcessor: 'SyncRequestProcessor',
    SyncRequestProcessor: 'FinalRequestProcessor',
  },
  leader: {
    LeaderRequestProcessor: 'PrepRequestProcessor',
    PrepRequestProcessor: 'ProposalRequestProcessor',
    ProposalRequestProcessor: 'CommitProcessor',
    SyncRequestProcessor: 'AckRequestProcessor',
    CommitProcessor: 'ToBeAppliedRequestProcessor',
    ToBeAppliedRequestProcessor: 'FinalRequestProcessor',
  },
  follower: {
    FollowerRequestProcessor: 'CommitProcessor',
    SyncRequestProcessor: 'SendAckRequestProcessor',
    CommitProcessor: 'FinalRequestProcessor',
  },
  readOnly: {
    ReadOnlyRequestProcessor: 'PrepRequestProcessor',
    PrepRequestProcessor: 'FinalRequestProcessor',
  },
};

/** Processors of a role in the order of the line, the side branch last. */
export const CHAIN: Record<Role, readonly ProcessorName[]> = {
  standalone: ['PrepRequestProcessor', 'SyncRequestProcessor', 'FinalRequestProcessor'],
  leader: [
    'LeaderRequestProcessor',
    'PrepRequestProcessor',
    'ProposalRequestProcessor',
    'CommitProcessor',
    'ToBeAppliedRequestProcessor',
    'FinalRequestProcessor',
    'SyncRequestProcessor',
    'AckRequestProcessor',
  ],
  follower: [
    'FollowerRequestProcessor',
    'CommitProcessor',
    'FinalRequestProcessor',
    'SyncRequestProcessor',
    'SendAckRequestProcessor',
  ],
  readOnly: ['ReadOnlyRequestProcessor', 'PrepRequestProcessor', 'FinalRequestProcessor'],
};

/** Name of the successor; throws where the chain ends. */
export function nextOf(role: Role, from: ProcessorName): ProcessorName {
  const next = NEXT[role][from];
  if (next === undefined) throw new Error(`broken law: ${from} is the end of the ${role}'s chain`);
  return next;
}
