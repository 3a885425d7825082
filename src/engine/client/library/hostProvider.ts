/**
 * Which server a client tries next: the connect string shuffled once, then
 * round robin; a pause before the round begins anew.
 *
 * Source: ZooKeeper, StaticHostProvider.java (next, onConnected), ConnectStringParser.java.
 */
import type { Effects } from '../../../bridge/process';
import type { Sid } from '../../../zk/ids';
import { validatePath } from '../../../zk/paths';

/** Pause before the host at which the last round began, ms (ClientCnxn: `hostProvider.next(1000)`). */
export const SPIN_DELAY_MS = 1000;

/** A connect string: what was typed and whom it means. */
export interface ConnectString {
  readonly text: string;
  /** In the order given. 0: a name or a port behind which nobody can be. */
  readonly sids: readonly Sid[];
  /** '' for none. */
  readonly chroot: string;
}

export interface HostProvider {
  /** Shuffled. */
  addresses: Sid[];
  /** Host in use or tried last; -1 before the first. */
  currentIndex: number;
  /** Host of the last successful connection, else where the rounds begin; -1 before the first. */
  lastIndex: number;
}

export type ParsedConnectString =
  | { readonly type: 'ok'; readonly value: ConnectString }
  /** Java's exception, as it prints itself. */
  | { readonly type: 'refused'; readonly exception: string };

/** `zk1:2181,zk2:2181/chroot`; a host without port means 2181, `/` alone is no chroot. */
export function parseConnectString(text: string): ParsedConnectString {
  const slash = text.indexOf('/');
  const chroot = slash < 0 || slash + 1 === text.length ? '' : text.slice(slash);
  const wrong = chroot === '' ? undefined : validatePath(chroot);
  if (wrong !== undefined) return refused(`java.lang.IllegalArgumentException: ${wrong}`);
  const sids: Sid[] = [];
  for (const host of (slash < 0 ? text : text.slice(0, slash)).split(',')) {
    if (host === '') continue;
    const colon = host.lastIndexOf(':');
    const port = colon < 0 || colon + 1 === host.length ? '2181' : host.slice(colon + 1);
    if (!/^[+-]?\d{1,9}$/.test(port)) {
      return refused(`java.lang.NumberFormatException: For input string: "${port}"`);
    }
    const name = /^(?:zk)?(\d{1,3})$/.exec(colon < 0 ? host : host.slice(0, colon));
    const sid = Number(name?.[1] ?? 0);
    sids.push(Number(port) === 2181 && sid <= 255 ? sid : 0);
  }
  if (sids.length === 0) {
    return refused('java.lang.IllegalArgumentException: A HostProvider may not be empty!');
  }
  return { type: 'ok', value: { text, sids, chroot } };
}

function refused(exception: string): ParsedConnectString {
  return { type: 'refused', exception };
}

/** The connect string of these servers by their usual names. */
export function connectStringOf(sids: readonly Sid[], path = ''): ConnectString {
  const text = sids.map((sid) => `zk${sid}:2181`).join(',') + path;
  return { text, sids, chroot: path === '/' ? '' : path };
}

export function makeHostProvider(sids: readonly Sid[], effects: Effects): HostProvider {
  const addresses = [...sids];
  for (let i = addresses.length - 1; i > 0; i -= 1) {
    const j = effects.random('hosts', i + 1);
    const kept = addresses[i] as Sid;
    addresses[i] = addresses[j] as Sid;
    addresses[j] = kept;
  }
  return { addresses, currentIndex: -1, lastIndex: -1 };
}

/** Advances to the next host; `spinMs` is the pause that comes before it. */
export function nextHost(provider: HostProvider): { sid: Sid; spinMs: number } {
  provider.currentIndex = (provider.currentIndex + 1) % provider.addresses.length;
  const spinMs = provider.currentIndex === provider.lastIndex ? SPIN_DELAY_MS : 0;
  // The very first attempt does not wait, and from then on rounds begin at its host.
  if (provider.lastIndex === -1) provider.lastIndex = 0;
  return { sid: provider.addresses[provider.currentIndex] as Sid, spinMs };
}

/** A session stands on the current host: rounds begin here. */
export function onHostConnected(provider: HostProvider): void {
  provider.lastIndex = provider.currentIndex;
}
