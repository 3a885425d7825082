/**
 * The words of a client's console as data: what the page completes and what the
 * console prints as its usage. Texts are those of zkCli 3.8.0, blanks at their
 * ends included.
 */

export interface ZkCliCommand {
  readonly name: string;
  /** As the usage prints it. A command without arguments has a blank at its end. */
  readonly usage: string;
  /** Its first plain argument is the path of a znode. */
  readonly takesPath: boolean;
  /** For completion. */
  readonly options: readonly string[];
}

/** In the order of zkCli's usage (by code point). */
export const ZKCLI_COMMANDS: readonly ZkCliCommand[] = [
  command(
    'addWatch',
    '[-m mode] path # optional mode is one of [PERSISTENT, PERSISTENT_RECURSIVE] - default is PERSISTENT_RECURSIVE',
    true,
    ['-m'],
  ),
  command('addauth', 'scheme auth', false),
  command('close', '', false),
  command('config', '[-c] [-w] [-s]', false, ['-c', '-w', '-s']),
  command('connect', 'host:port', false),
  command('create', '[-s] [-e] [-c] [-t ttl] path [data] [acl]', true, ['-s', '-e', '-c', '-t']),
  command('delete', '[-v version] path', true, ['-v']),
  command('deleteall', 'path [-b batch size]', true, ['-b']),
  command('delquota', '[-n|-b|-N|-B] path', true, ['-n', '-b', '-N', '-B']),
  command('get', '[-s] [-w] path', true, ['-s', '-w']),
  command('getAcl', '[-s] path', true, ['-s']),
  command('getAllChildrenNumber', 'path', true),
  command('getEphemerals', 'path', true),
  command('history', '', false),
  command('listquota', 'path', true),
  command('ls', '[-s] [-w] [-R] path', true, ['-s', '-w', '-R']),
  command('printwatches', 'on|off', false),
  command('quit', '', false),
  command(
    'reconfig',
    '[-s] [-v version] [[-file path] | [-members serverID=host:port1:port2;port3[,...]*]] | ' +
      '[-add serverId=host:port1:port2;port3[,...]]* [-remove serverId[,...]*]',
    false,
    ['-s', '-v', '-members', '-add', '-remove'],
  ),
  command('redo', 'cmdno', false),
  command('removewatches', 'path [-c|-d|-a] [-l]', true, ['-c', '-d', '-a', '-l']),
  command('set', '[-s] [-v version] path data', true, ['-s', '-v']),
  command('setAcl', '[-s] [-v version] [-R] path acl', true, ['-s', '-v', '-R']),
  command('setquota', '-n|-b|-N|-B val path', true, ['-n', '-b', '-N', '-B']),
  command('stat', '[-w] path', true, ['-w']),
  command('sync', 'path', true),
  command('version', '', false),
  command('whoami', '', false),
];

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

function command(
  name: string,
  args: string,
  takesPath: boolean,
  options: readonly string[] = [],
): ZkCliCommand {
  return { name, usage: `${name} ${args}`, takesPath, options };
}
