/**
 * Names of processes. A server is its sid ('3'); a client is 'client a'; processes of the
 * master-worker application are 'master m-1', 'worker w-1', 'taskclient c-1', 'storage s-1'; a raw
 * protocol connection of the conformance runner is 'probe x'.
 */
import { assert } from '../base/assert';
import type { Brand } from '../base/brand';
import type { Sid } from '../zk/ids';

export type ProcessName = Brand<string, 'ProcessName'>;

/** A connection: `<opener>/<incarnation>/<n>`, unique in a run. */
export type ConnId = string;

export function serverName(sid: Sid): ProcessName {
  return String(sid) as ProcessName;
}

/** `letter` is one or more lower-case letters: a, b, ... z, aa. */
export function clientName(letter: string): ProcessName {
  return `client ${letter}` as ProcessName;
}

export function probeName(id: string): ProcessName {
  return `probe ${id}` as ProcessName;
}

/** By role: the letter of its ids, how many there may be, and the place of the first in every order. */
export const APP_ROLES: Readonly<Record<string, { letter: string; max: number; first: number }>> = {
  master: { letter: 'm', max: 10, first: 70 },
  worker: { letter: 'w', max: 20, first: 80 },
  taskclient: { letter: 'c', max: 20, first: 100 },
  storage: { letter: 's', max: 10, first: 120 },
};

/** `id` is the letter of the role, a hyphen and a number from 1: `m-1`. */
export function appName(role: string, id: string): ProcessName {
  return `${role} ${id}` as ProcessName;
}

/** Role and number of a process of the application; undefined for any other text. */
export function readAppName(
  text: string,
): { role: string; id: string; number: number } | undefined {
  const match = /^(master|worker|taskclient|storage) (([mwcs])-([1-9]\d?))$/.exec(text);
  if (match === null) return undefined;
  const [, role = '', id = '', letter, digits] = match;
  const known = APP_ROLES[role];
  const number = Number(digits);
  if (known === undefined || letter !== known.letter || number > known.max) return undefined;
  return { role, id, number };
}

export function isServer(name: ProcessName): boolean {
  return /^\d+$/.test(name);
}

export function sidOf(name: ProcessName): Sid {
  return Number(name);
}

/** The letter of a client or the id of a probe; for a server its sid as text. */
export function shortName(name: ProcessName): string {
  return name.slice(name.indexOf(' ') + 1);
}

/**
 * The place of a process in every order (0 to 255): servers by sid, then clients
 * by letter, then the application by role and number, then probes.
 */
export function processIndex(name: ProcessName): number {
  if (isServer(name)) return Number(name);
  const short = shortName(name);
  if (name.startsWith('client ')) {
    let index = 0;
    for (const c of short) index = index * 26 + (c.charCodeAt(0) - 96);
    assert(index >= 1 && index <= 60, 'at most 60 clients');
    return 9 + index;
  }
  const app = readAppName(name);
  if (app !== undefined) return (APP_ROLES[app.role]?.first ?? 0) + app.number - 1;
  assert(/^\d+$/.test(short) && Number(short) < 120, 'a probe has a number below 120');
  return 130 + Number(short);
}
