/** Why the world refuses a command. */
import { sayer } from './sentence';

export const WORLD_SENTENCES = {
  'world.noProcess': 'there is no process {{name}}',
  'world.noSelfLink': '{{name}} has no link to itself',
  'world.exists': 'there is a {{name}} already',
  'world.noProbe': '{{name}} is no probe',
  'world.isDownAlready': '{{name}} is down already',
  'world.neverCrashes': '{{name}} never crashes; cut its links instead',
  'world.isRunning': '{{name}} is running; crash it first',
  'world.isDown': '{{name}} is down',
  'world.isPaused': '{{name}} is paused already',
  'world.isNotPaused': '{{name}} is not paused',
  'world.noDisk': '{{name}} has no disk',
  'world.wipeRunning': '{{name}} is running; crash it before its disk is wiped',
  'world.noRole': '{{name}} is no {{role}}',
  'world.noServer': '{{name}} is no server',
  'world.nobodyAsks': 'there is no client whose console could ask',
  'world.noThreads': '{{name}} has no threads to {{order}}',
  'world.noThread': 'a server has no thread {{thread}}',
  'world.slowNeedsMs': 'a slow disk needs the ms that each fsync takes longer',
  'world.nothingCut': 'nothing is cut between {{a}} and {{b}}',
  'world.inTwoGroups': '{{name}} stands in two groups',
  'world.groups': 'a partition needs two groups or more, none of them empty',
  'world.nothingHeld': 'nothing is held from {{a}} to {{b}} on {{channel}}',
  'world.latency': 'a latency is 0.001 ms or more, not {{ms}}',
  'world.jitter': 'a jitter is 0 ms or more, not {{ms}}',
  'world.noConnection': 'there is no {{channel}} connection between {{a}} and {{b}}',
  'world.noMessage': 'no message {{message}} is in flight',
} as const;

export const sayOfWorld = sayer(WORLD_SENTENCES);
