/**
 * What zkCli 3.8.0 prints, as lines: stats, errors, events, the usage.
 *
 * Source: StatPrinter.java, CliWrapperException.java, KeeperException.java, WatchedEvent.java,
 * ZooKeeperMain.java.
 */
import { ZKCLI_COMMANDS, ZKCLI_USAGE_HEAD } from '../../../../bridge/zkCliCommands';
import { ERROR_CODES, type ErrorName } from '../../../../zk/errorCode';
import { sessionText, zxidText } from '../../../../zk/ids';
import type { Stat } from '../../../../zk/records';
import type { WatchedEvent } from '../../library/watchedEvent';

/** `3.8.0-`, then what a build of ZooKeeper would put its revision and date. */
export const VERSION_LINE = 'ZooKeeper CLI version: 3.8.0-zabscope';

const DAYS = ['Thu', 'Fri', 'Sat', 'Sun', 'Mon', 'Tue', 'Wed'];
const MONTHS = [
  ...['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun'],
  ...['Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'],
];
const DAY_MS = 86_400_000;

/** Errors for which the console has words of its own; the path follows. */
const CLI_WORDS: Partial<Record<ErrorName, string>> = {
  NONODE: 'Node does not exist: ',
  NOCHILDRENFOREPHEMERALS: 'Ephemerals cannot have children: ',
  NODEEXISTS: 'Node already exists: ',
  NOTEMPTY: 'Node not empty: ',
  NOTREADONLY: 'Not a read-only call: ',
  INVALIDACL: 'Acl is not valid : ',
  NOAUTH: 'Insufficient permission : ',
  BADARGUMENTS: 'Arguments are not valid : ',
  BADVERSION: 'version No is not valid : ',
  QUOTAEXCEEDED: 'Quota has exceeded : ',
};

/** Texts of KeeperException. */
const CODE_WORDS: Partial<Record<ErrorName, string>> = {
  OK: 'ok',
  SYSTEMERROR: 'SystemError',
  RUNTIMEINCONSISTENCY: 'RuntimeInconsistency',
  DATAINCONSISTENCY: 'DataInconsistency',
  CONNECTIONLOSS: 'ConnectionLoss',
  MARSHALLINGERROR: 'MarshallingError',
  UNIMPLEMENTED: 'Unimplemented',
  OPERATIONTIMEOUT: 'OperationTimeout',
  SESSIONEXPIRED: 'Session expired',
  INVALIDCALLBACK: 'Invalid callback',
  AUTHFAILED: 'AuthFailed',
  NONODE: 'NoNode',
  NOAUTH: 'NoAuth',
  BADVERSION: 'BadVersion',
  BADARGUMENTS: 'BadArguments',
  NOCHILDRENFOREPHEMERALS: 'NoChildrenForEphemerals',
  NODEEXISTS: 'NodeExists',
  NOTEMPTY: 'Directory not empty',
  INVALIDACL: 'InvalidACL',
  NOTREADONLY: 'Not a read-only call',
  QUOTAEXCEEDED: 'Quota has exceeded',
  SESSIONMOVED: 'Session moved',
  EPHEMERALONLOCALSESSION: 'Ephemeral node on local session',
  NOWATCHER: 'No such watcher',
  RECONFIGDISABLED: 'Reconfig is disabled',
  NEWCONFIGNOQUORUM: 'NewConfigNoQuorum',
  RECONFIGINPROGRESS: 'ReconfigInProgress',
  THROTTLEDOP: 'Op throttled due to high load',
};

/** Eleven lines, from cZxid to numChildren. */
export function statLines(stat: Stat): string[] {
  return [
    `cZxid = ${zxidText(stat.czxid)}`,
    `ctime = ${dateText(stat.ctime)}`,
    `mZxid = ${zxidText(stat.mzxid)}`,
    `mtime = ${dateText(stat.mtime)}`,
    `pZxid = ${zxidText(stat.pzxid)}`,
    `cversion = ${stat.cversion}`,
    `dataVersion = ${stat.version}`,
    `aclVersion = ${stat.aversion}`,
    `ephemeralOwner = ${sessionText(stat.ephemeralOwner)}`,
    `dataLength = ${stat.dataLength}`,
    `numChildren = ${stat.numChildren}`,
  ];
}

/** Milliseconds since 1970 (0 or more) as java.util.Date prints them in UTC: `Thu Jan 01 00:00:00 UTC 1970`. */
export function dateText(ms: number): string {
  const days = Math.floor(ms / DAY_MS);
  const seconds = Math.floor((ms % DAY_MS) / 1000);
  // Days are counted in eras of 400 years that begin in March, so that leap days come last.
  const z = days + 719_468;
  const era = Math.floor(z / 146_097);
  const dayOfEra = z - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear =
    dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1;
  const month = (monthFromMarch + 2) % 12;
  const year = yearOfEra + era * 400 + (month < 2 ? 1 : 0);
  const clock = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const time = clock.map(twoDigits).join(':');
  return `${DAYS[days % 7]} ${MONTHS[month]} ${twoDigits(day)} ${time} UTC ${year}`;
}

/** What the console prints when a call ended with `err`; `path` is the exception's, null where it has none. */
export function errorText(err: ErrorName, path: string | null): string {
  const own = CLI_WORDS[err];
  // Java prints a null path as the word, and hides one in the other texts.
  return own === undefined ? exceptionText(err, path) : `${own}${path}`;
}

/** KeeperException.getMessage. */
export function exceptionText(err: ErrorName, path: string | null): string {
  const text = `KeeperErrorCode = ${CODE_WORDS[err] ?? `Unknown error ${err}`}`;
  return path === null || path === '' ? text : `${text} for ${path}`;
}

export function syncText(err: ErrorName): string {
  return err === 'OK' ? 'Sync is OK' : `Sync has failed. rc=${ERROR_CODES[err]}`;
}

/** Names in order of their UTF-16 units, as `[a, b]`. */
export function childrenText(children: readonly string[]): string {
  return `[${[...children].sort().join(', ')}]`;
}

/** A list as Java prints it, in its own order. */
export function listText(items: readonly string[]): string {
  return `[${items.join(', ')}]`;
}

/** An event: two messages, each with an empty line before it. */
export function eventLines({ state, type, path }: WatchedEvent): string[] {
  return ['', 'WATCHER::', '', `WatchedEvent state:${state} type:${type} path:${path}`];
}

export function usageLines(): string[] {
  return [ZKCLI_USAGE_HEAD, ...ZKCLI_COMMANDS.map((command) => `\t${command.usage}`)];
}

/** What follows the usage for `help`, which zkCli does not know: Zabscope's own words. */
/** What jline prints where a `!` finds no earlier line; between the last two stands a stack trace. */
export function eventNotFoundLines(why: string): string[] {
  return ['[ERROR] Could not expand event', `java.lang.IllegalArgumentException: ${why}`, ''];
}

export function zabscopeHelpLines(): string[] {
  return [
    'Zabscope: its own: help; `command; command` sends several commands in one go, where zkCli takes the ' +
      "line as one command with odd words; `set client a console zkCli` has it zkCli's way",
    'Zabscope: as in zkCli, !! repeats the line before, !get the last one that begins with get, ' +
      '^old^new replaces; \\! stands for a ! itself',
    "Zabscope: txn 'create /a 1' 'set /b 2' 'check /c 0' 'delete /d' sends one multi; " +
      'txn alone begins one, line by line, until commit or abort',
    'Zabscope: calls do not block: the next line may be typed while one waits for its answer; ' +
      'an answer that comes out of turn names its command as [number] line',
  ];
}

function twoDigits(n: number): string {
  return n < 10 ? `0${n}` : String(n);
}
