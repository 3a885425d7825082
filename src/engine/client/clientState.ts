/** State of a client process: its library and its console. */
import type { ClientCnxn } from './cnxnState';
import type { ConsoleState } from './console/consoleState';

export interface ClientState {
  letter: string;
  /** Wanted session timeout, ms. */
  sessionTimeout: number;
  /** The session of now; `connect` at the console makes a new one. */
  cnxn: ClientCnxn;
  zkCli: ConsoleState;
}
