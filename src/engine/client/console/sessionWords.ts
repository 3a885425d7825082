/**
 * `connect` and `quit`: words that end the session, and begin another one.
 *
 * Source: ZooKeeperMain.java (connectToZK, processZKCmd).
 */
import type { Effects } from '../../../bridge/process';
import type { ClientState } from '../clientState';
import { closeCnxn, startCnxn } from '../library/clientCnxn';
import { isAlive } from '../library/cnxnState';
import { connectStringOf, parseConnectString } from '../library/hostProvider';
import type { After } from './consoleState';
import { die } from './printing';

export function quit(client: ClientState, effects: Effects): void {
  const state = client.zkCli;
  if (!isAlive(client.cnxn)) {
    effects.exit(state.exitCode, 'quit');
    return;
  }
  state.after = { type: 'quit' };
  closeCnxn(client.cnxn, effects);
}

/** A connect string that Java refuses is found only when the old session is closed already. */
export function connectTo(client: ClientState, text: string, effects: Effects): void {
  const state = client.zkCli;
  const parsed = parseConnectString(text);
  const after: Extract<After, { type: 'connect' }> =
    parsed.type === 'ok'
      ? { type: 'connect', to: parsed.value }
      : { type: 'connect', to: { ...connectStringOf([]), text }, exception: parsed.exception };
  if (isAlive(client.cnxn)) {
    state.after = after;
    closeCnxn(client.cnxn, effects);
    return;
  }
  beginSession(client, after, effects);
}

/** False: the connect string is one that ends the console. */
export function beginSession(
  client: ClientState,
  { to, exception }: Extract<After, { type: 'connect' }>,
  effects: Effects,
): boolean {
  const state = client.zkCli;
  state.host = to;
  state.txn = null;
  if (exception !== undefined) {
    die(state, effects, exception);
    return false;
  }
  state.saidUnreachable = false;
  const { sessionTimeout: timeoutMs, canBeReadOnly } = client;
  const options = { hosts: to.sids, timeoutMs, chroot: to.chroot, canBeReadOnly };
  client.cnxn = startCnxn(options, effects);
  return true;
}
