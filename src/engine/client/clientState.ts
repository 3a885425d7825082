/** State of a client process: its library, and what uses it: a console, or a program that is told what to do. */
import type { ConsoleState } from './console/consoleState';
import type { AskedWord } from './fourLetterWords';
import type { ClientCnxn } from './library/cnxnState';
import type { LibraryLog } from './libraryCalls';

export interface ClientState {
  letter: string;
  /** Wanted session timeout, ms. */
  sessionTimeout: number;
  canBeReadOnly: boolean;
  /** The session of now; `connect` at the console makes a new one. */
  cnxn: ClientCnxn;
  zkCli: ConsoleState;
  library: LibraryLog;
  /** Four-letter words on their way. */
  askedWords: AskedWord[];
}
