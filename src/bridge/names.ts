/**
 * Names of processes. A server is its sid ('3'); a client is 'client a'; a raw
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
 * by letter, then probes.
 */
export function processIndex(name: ProcessName): number {
  if (isServer(name)) return Number(name);
  const short = shortName(name);
  if (name.startsWith('client ')) {
    let index = 0;
    for (const c of short) index = index * 26 + (c.charCodeAt(0) - 96);
    assert(index >= 1 && index <= 120, 'at most 120 clients');
    return 9 + index;
  }
  assert(/^\d+$/.test(short) && Number(short) < 120, 'a probe has a number below 120');
  return 130 + Number(short);
}
