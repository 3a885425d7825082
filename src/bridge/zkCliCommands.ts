/**
 * The words of a client's console as data: what the page completes and what the
 * console prints as its usage. Texts are those of zkCli 3.8.0, blanks at their
 * ends included.
 */

export interface ZkCliCommand {
  readonly name: string;
  /** As the usage prints it. A command without arguments has a blank at its end. */
  readonly usage: string;
  /** The console carries the command out. */
  readonly isHere: boolean;
  /** Its first plain argument is the path of a znode. */
  readonly takesPath: boolean;
  /** Options that work in this release, for completion. */
  readonly options: readonly string[];
  /** Key of the one-line explanation in the page's texts. */
  readonly helpKey: string;
}

/** In the order of zkCli's usage (by code point). */
export const ZKCLI_COMMANDS: readonly ZkCliCommand[] = [
  here(
    'addWatch',
    '[-m mode] path # optional mode is one of [PERSISTENT, PERSISTENT_RECURSIVE] - default is PERSISTENT_RECURSIVE',
    true,
    ['-m'],
  ),
  here('addauth', 'scheme auth', false),
  here('close', '', false),
  here('config', '[-c] [-w] [-s]', false, ['-c', '-w', '-s']),
  here('connect', 'host:port', false),
  here('create', '[-s] [-e] [-c] [-t ttl] path [data] [acl]', true, ['-s', '-e', '-c', '-t']),
  here('delete', '[-v version] path', true, ['-v']),
  here('deleteall', 'path [-b batch size]', true, ['-b']),
  here('delquota', '[-n|-b|-N|-B] path', true, ['-n', '-b', '-N', '-B']),
  here('get', '[-s] [-w] path', true, ['-s', '-w']),
  here('getAcl', '[-s] path', true, ['-s']),
  here('getAllChildrenNumber', 'path', true),
  here('getEphemerals', 'path', true),
  here('history', '', false),
  here('listquota', 'path', true),
  here('ls', '[-s] [-w] [-R] path', true, ['-s', '-w', '-R']),
  here('printwatches', 'on|off', false),
  here('quit', '', false),
  here(
    'reconfig',
    '[-s] [-v version] [[-file path] | [-members serverID=host:port1:port2;port3[,...]*]] | ' +
      '[-add serverId=host:port1:port2;port3[,...]]* [-remove serverId[,...]*]',
    false,
    ['-s', '-v', '-members', '-add', '-remove'],
  ),
  here('redo', 'cmdno', false),
  here('removewatches', 'path [-c|-d|-a] [-l]', true, ['-c', '-d', '-a', '-l']),
  here('set', '[-s] [-v version] path data', true, ['-s', '-v']),
  here('setAcl', '[-s] [-v version] [-R] path acl', true, ['-s', '-v', '-R']),
  here('setquota', '-n|-b|-N|-B val path', true, ['-n', '-b', '-N', '-B']),
  here('stat', '[-w] path', true, ['-w']),
  here('sync', 'path', true),
  here('version', '', false),
  here('whoami', '', false),
];

/** Zabscope's own words at a client's console. The words of the world (`crash 1`) are not among them. */
export const ZABSCOPE_CONSOLE_WORDS = [
  { name: 'help', usage: 'help', helpKey: 'zkcli.help' },
  { name: ';', usage: 'command; command', helpKey: 'zkcli.pipeline' },
  {
    name: 'txn',
    usage: "txn 'create /a 1' 'set /b 2' 'check /c 0' 'delete /d'",
    helpKey: 'zkcli.txn',
  },
] as const;

/** Words behind `txn`: an operation that only a multi has, and its two ends. */
const TXN_WORDS: readonly string[] = ['check', 'commit', 'abort'];

/** The first word of a line that a console may know; `check`, `commit` and `abort` it knows only in a txn. */
export function isConsoleWord(word: string): boolean {
  return (
    word === 'help' ||
    word === 'txn' ||
    TXN_WORDS.includes(word) ||
    zkCliCommand(word) !== undefined
  );
}

/** First line of zkCli's usage. */
export const ZKCLI_USAGE_HEAD =
  'ZooKeeper -server host:port -client-configuration properties-file cmd args';

/** Undefined for a word that zkCli 3.8.0 does not know. */
export function zkCliCommand(name: string): ZkCliCommand | undefined {
  return ZKCLI_COMMANDS.find((command) => command.name === name);
}

function here(
  name: string,
  args: string,
  takesPath: boolean,
  options: readonly string[] = [],
): ZkCliCommand {
  return { name, usage: `${name} ${args}`, isHere: true, takesPath, options, helpKey: key(name) };
}

function key(name: string): string {
  return `zkcli.${name}`;
}
