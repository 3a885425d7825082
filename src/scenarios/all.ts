/** Every story, in reading order: chapter by chapter. */
import type { Chapter, Scenario } from './scenario';
import { commitProcessor } from './stories/commit-processor';
import { doubleExecution } from './stories/double-execution';
import { e11TwoBelievers } from './stories/e11-two-believers';
import { e2DeadInbox } from './stories/e2-dead-inbox';
import { e5ExecutedTwice } from './stories/e5-executed-twice';
import { electionFromPrimitives } from './stories/election-from-primitives';
import { failedFsync } from './stories/failed-fsync';
import { failedTask } from './stories/failed-task';
import { firstInFirstOut } from './stories/first-in-first-out';
import { masterCrash } from './stories/master-crash';
import { moreServers } from './stories/more-servers';
import { noServiceWithoutALeader } from './stories/no-service-without-a-leader';
import { oneServer } from './stories/one-server';
import { orderOfTheLedger } from './stories/order-of-the-ledger';
import { processorsOfAFollower } from './stories/processors-of-a-follower';
import { processorsOfTheLeader } from './stories/processors-of-the-leader';
import { readAtFollower } from './stories/read-at-follower';
import { readAtLeader } from './stories/read-at-leader';
import { slowFollower } from './stories/slow-follower';
import { splitBrain } from './stories/split-brain';
import { twoEnsembles } from './stories/two-ensembles';
import { twoServers } from './stories/two-servers';
import { whoWins } from './stories/who-wins';
import { workerCrash } from './stories/worker-crash';
import { writeAtFollower } from './stories/write-at-follower';
import { writeAtLeader } from './stories/write-at-leader';

export const CHAPTERS: readonly Chapter[] = [
  'servers',
  'flows',
  'sessions',
  'faults',
  'elections',
  'application',
];

export const STORIES: readonly Scenario[] = [
  oneServer,
  twoEnsembles,
  twoServers,
  moreServers,
  processorsOfTheLeader,
  processorsOfAFollower,
  readAtLeader,
  readAtFollower,
  writeAtLeader,
  writeAtFollower,
  commitProcessor,
  orderOfTheLedger,
  firstInFirstOut,
  slowFollower,
  failedFsync,
  whoWins,
  noServiceWithoutALeader,
  electionFromPrimitives,
  masterCrash,
  failedTask,
  splitBrain,
  workerCrash,
  doubleExecution,
  e2DeadInbox,
  e5ExecutedTwice,
  e11TwoBelievers,
];
