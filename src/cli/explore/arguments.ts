/** The words behind `npm run explore --`. A wrong one is said in one line. */

import type { AppStyle } from '../../bridge/app';

/** Families of faults that can be asked for by name. */
export const FAULT_NAMES = [
  'crash',
  'pause',
  'freeze',
  'cut',
  'partition',
  'hold',
  'latency',
  'reset',
  'disk',
] as const;

export type FaultName = (typeof FAULT_NAMES)[number];

export interface ExploreOptions {
  /** First and last seed, both included. */
  from: number;
  to: number;
  servers: number;
  clients: number;
  /** Events of the troubled part; healing and coming to rest take more. */
  events: number;
  faults: readonly FaultName[];
  /** The master-worker application on top, in that style, instead of clients. */
  app?: AppStyle;
  /** Folder for recordings of broken runs. */
  out: string;
}

export const EXPLORE_USAGE =
  'npm run explore -- --seeds A..B [--servers 1..9] [--observers 0] [--clients 1..9] ' +
  '[--events N] [--faults all|none|NAME,NAME...] [--app hardened|book] [--out DIR]';

/** Unless said otherwise. The application takes longer to get somewhere. */
const EVENTS = 3000;
const APP_EVENTS = 6000;

/** A string is what is wrong. */
export function parseExplore(words: readonly string[]): ExploreOptions | string {
  const options: ExploreOptions = {
    from: 0,
    to: -1,
    servers: 3,
    clients: 3,
    events: 0,
    faults: FAULT_NAMES,
    out: '.cache/explore',
  };
  for (let i = 0; i < words.length; i += 2) {
    const name = words[i] as string;
    const value = words[i + 1];
    if (!name.startsWith('--')) return `"${name}" is not an option: ${EXPLORE_USAGE}`;
    if (value === undefined) return `${name} needs a value: ${EXPLORE_USAGE}`;
    const problem = setOption(options, name, value);
    if (problem !== undefined) return problem;
  }
  if (options.to < options.from) return `--seeds A..B is needed: ${EXPLORE_USAGE}`;
  if (options.events === 0) options.events = options.app === undefined ? EVENTS : APP_EVENTS;
  return options;
}

function setOption(options: ExploreOptions, name: string, value: string): string | undefined {
  switch (name) {
    case '--seeds': {
      const match = /^(\d{1,9})(?:\.\.(\d{1,9}))?$/.exec(value);
      if (match === null) return `--seeds wants A..B, not "${value}"`;
      options.from = Number(match[1]);
      options.to = Number(match[2] ?? match[1]);
      if (options.to < options.from) return `--seeds ${value} goes backwards`;
      return undefined;
    }
    case '--servers':
      return setCount(value, 1, 9, name, (n) => {
        options.servers = n;
      });
    case '--clients':
      return setCount(value, 1, 9, name, (n) => {
        options.clients = n;
      });
    case '--events':
      return setCount(value, 1, 10_000_000, name, (n) => {
        options.events = n;
      });
    case '--observers':
      return value === '0' ? undefined : '--observers: this release has none, so only 0 will do';
    case '--bugs':
      return '--bugs: this release has no bug switches';
    case '--faults':
      return setFaults(options, value);
    case '--app':
      if (value !== 'hardened' && value !== 'book') {
        return `--app wants hardened or book, not "${value}"`;
      }
      options.app = value;
      return undefined;
    case '--out':
      options.out = value;
      return undefined;
    default:
      return `${name} is not an option: ${EXPLORE_USAGE}`;
  }
}

function setCount(
  value: string,
  min: number,
  max: number,
  name: string,
  set: (n: number) => void,
): string | undefined {
  if (!/^\d{1,8}$/.test(value) || Number(value) < min || Number(value) > max) {
    return `${name} wants a number from ${min} to ${max}, not "${value}"`;
  }
  set(Number(value));
  return undefined;
}

function setFaults(options: ExploreOptions, value: string): string | undefined {
  if (value === 'all') options.faults = FAULT_NAMES;
  else if (value === 'none') options.faults = [];
  else {
    const names = value.split(',');
    const stranger = names.find((name) => !(FAULT_NAMES as readonly string[]).includes(name));
    if (stranger !== undefined) {
      return `--faults does not know "${stranger}": all, none or ${FAULT_NAMES.join(',')}`;
    }
    options.faults = names as FaultName[];
  }
  return undefined;
}
