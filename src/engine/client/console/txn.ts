/**
 * Zabscope's own `txn`, since zkCli has no word for multi: operations one after
 * another, in a line each or all in one, which become one request.
 */
import type { Effects } from '../../../bridge/process';
import { validatePath } from '../../../zk/paths';
import type { MultiOp } from '../../../zk/records';
import type { ClientState } from '../clientState';
import { parseCommand } from './parse/commands';
import type { ConsoleState } from './consoleState';
import type { TxnEntry } from './jobs/txnJob';
import { complain, type Entered, say } from './printing';
import { parseJavaInt } from './formats/quota';
import { beginTask } from './tasks';
import { wordsOf } from './parse/words';

/** Commands that go into a txn while one is open, and its ends. */
const WORDS_INSIDE: readonly string[] = ['create', 'set', 'delete', 'check', 'commit', 'abort'];

export function isTxnWord(state: ConsoleState, name: string): boolean {
  return name === 'txn' || (state.txn !== null && WORDS_INSIDE.includes(name));
}

/** `txn 'create /a' 'set /b 1'` sends at once; `txn` alone collects until `commit`. */
export function processTxnWord(
  client: ClientState,
  entered: Entered,
  words: readonly string[],
  effects: Effects,
): void {
  const state = client.zkCli;
  const name = words[0] as string;
  const open = state.txn ?? [];
  if (name === 'abort') {
    state.txn = null;
    return;
  }
  if (name === 'commit') {
    state.txn = null;
    send(client, entered, open, effects);
    return;
  }
  if (name === 'txn' && words.length === 1) {
    state.txn = [];
    const text =
      'Zabscope: create, set, delete and check now go into one multi; ' +
      'commit sends it, abort drops it';
    say(state, entered, effects, 'world', text);
    return;
  }
  const entries: TxnEntry[] = [];
  for (const line of name === 'txn' ? words.slice(1) : [entered.line.trim()]) {
    const op = operationOf(line);
    if (typeof op === 'string') {
      complain(state, entered, effects, op);
      return;
    }
    entries.push({ line, op });
  }
  if (name === 'txn') send(client, entered, entries, effects);
  else state.txn = [...open, ...entries];
}

/** Without an operation there is nothing to send, and the library does not. */
function send(client: ClientState, entered: Entered, entries: TxnEntry[], effects: Effects): void {
  if (entries.length > 0) beginTask(client, entered, { type: 'txn', entries }, effects);
}

/** The operation of a line such as `create -e /a x`, or what is wrong with it. */
function operationOf(line: string): MultiOp | string {
  const words = wordsOf(line);
  const [name = '', path = '', version] = words;
  if (name === 'check') {
    const number = parseJavaInt(version ?? '-1');
    if (words.length < 2 || words.length > 3 || number === undefined) return 'check path [version]';
    return validatePath(path) ?? { op: 'check', path, version: number };
  }
  if (!['create', 'delete', 'set'].includes(name)) {
    return `only create, set, delete and check go into a txn, not ${name}`;
  }
  const parsed = parseCommand(words, 0);
  const outcome = parsed?.outcome;
  if (outcome?.type === 'job' && outcome.job.type === 'oneCall') {
    return outcome.job.request.body as MultiOp;
  }
  if (outcome?.type === 'error') return outcome.text;
  return `a version is a number: ${line}`;
}
