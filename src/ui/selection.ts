/** What the user has picked on the page; the inspector shows it. */
import type { ProcessName } from '../bridge/names';
import type { RequestRef } from '../bridge/traceEntry';

export type Selection =
  | { type: 'server'; name: ProcessName }
  | { type: 'client'; name: ProcessName }
  | { type: 'processor'; server: ProcessName; processor: string }
  | { type: 'request'; request: RequestRef }
  /** Name of the znode of a task of the application. */
  | { type: 'task'; task: string }
  /** Id of the message, as in the frame. */
  | { type: 'message'; id: string }
  | { type: 'znode'; server: ProcessName; path: string }
  /** All znodes of a server, one of them picked. */
  | { type: 'tree'; server: ProcessName; path?: string };
