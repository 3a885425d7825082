/** Every check there is, in the order in which the page lists them. */
import type { Check } from '../../bridge/check';
import { NoDuplicateEffect, TokensNeverDecrease } from './appEffects';
import { NoStuckInbox } from './appInbox';
import { OneLiveMaster, ProcessesThatBelieve } from './appMasters';
import { NoTaskLost } from './appTasks';
import { ClientFIFO, LinearizableWrites, MonotonicReads } from './clients';
import { CheckDuringAction, CommitOrder, NoCommitWithoutProposal } from './commits';
import { Agreement, Integrity, PrefixConsistency, TotalOrder } from './delivery';
import {
  AckAfterFsync,
  CommittedNeverLost,
  EpochImpliesHistory,
  QuorumDurable,
} from './durability';
import { EpochMonotonic, ZxidMonotonicPerLog } from './epochs';
import { SessionExpiryNotEarly } from './expiry';
import { Leadership1, Leadership2 } from './leadership';
import { GlobalPrimaryOrder, LocalPrimaryOrder, PrimaryIntegrity } from './primaryOrder';
import { ReplicaEquality } from './replicas';

export const ALL_CHECKS: readonly Check[] = [
  Leadership1,
  Leadership2,
  PrefixConsistency,
  Integrity,
  Agreement,
  TotalOrder,
  LocalPrimaryOrder,
  GlobalPrimaryOrder,
  PrimaryIntegrity,
  AckAfterFsync,
  QuorumDurable,
  CommittedNeverLost,
  EpochMonotonic,
  EpochImpliesHistory,
  ZxidMonotonicPerLog,
  CommitOrder,
  NoCommitWithoutProposal,
  CheckDuringAction,
  ReplicaEquality,
  ClientFIFO,
  MonotonicReads,
  LinearizableWrites,
  SessionExpiryNotEarly,
  // Of the application: listed only where there is one.
  NoTaskLost,
  NoDuplicateEffect,
  NoStuckInbox,
  OneLiveMaster,
  TokensNeverDecrease,
  ProcessesThatBelieve,
];
