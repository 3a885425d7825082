/** Every story, in reading order: chapter by chapter. */
import type { Chapter, Scenario } from './scenario';
import { electionFromPrimitives } from './stories/election-from-primitives';
import { failedFsync } from './stories/failed-fsync';
import { firstInFirstOut } from './stories/first-in-first-out';
import { noServiceWithoutALeader } from './stories/no-service-without-a-leader';
import { oneServer } from './stories/one-server';
import { processorsOfAFollower } from './stories/processors-of-a-follower';
import { processorsOfTheLeader } from './stories/processors-of-the-leader';
import { slowFollower } from './stories/slow-follower';
import { twoEnsembles } from './stories/two-ensembles';
import { twoServers } from './stories/two-servers';
import { whoWins } from './stories/who-wins';
import { writeAtFollower } from './stories/write-at-follower';

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
  writeAtFollower,
  firstInFirstOut,
  slowFollower,
  processorsOfTheLeader,
  processorsOfAFollower,
  failedFsync,
  whoWins,
  noServiceWithoutALeader,
  electionFromPrimitives,
];
