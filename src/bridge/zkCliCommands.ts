/**
 * The words of a client's console as data: what the page completes and what the
 * console prints as its usage. Texts are those of zkCli 3.8.0, blanks at their
 * ends included.
 */

export interface ZkCliCommand {
  readonly name: string;
  /** As the usage prints it. A command without arguments has a blank at its end. */
  readonly usage: string;
  /** This release carries the command out; else it says that it cannot yet. */
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
  later(
    'addWatch',
    '[-m mode] path # optional mode is one of [PERSISTENT, PERSISTENT_RECURSIVE] - default is PERSISTENT_RECURSIVE',
    true,
  ),
  later('addauth', 'scheme auth', false),
  here('close', '', false),
  later('config', '[-c] [-w] [-s]', false),
  here('connect', 'host:port', false),
  here('create', '[-s] [-e] [-c] [-t ttl] path [data] [acl]', true, ['-s', '-e']),
  here('delete', '[-v version] path', true, ['-v']),
  here('deleteall', 'path [-b batch size]', true, ['-b']),
  later('delquota', '[-n|-b|-N|-B] path', true),
  here('get', '[-s] [-w] path', true, ['-s']),
  later('getAcl', '[-s] path', true),
  later('getAllChildrenNumber', 'path', true),
  later('getEphemerals', 'path', true),
  here('history', '', false),
  later('listquota', 'path', true),
  here('ls', '[-s] [-w] [-R] path', true, ['-s', '-R']),
  here('printwatches', 'on|off', false),
  here('quit', '', false),
  later(
    'reconfig',
    '[-s] [-v version] [[-file path] | [-members serverID=host:port1:port2;port3[,...]*]] | ' +
      '[-add serverId=host:port1:port2;port3[,...]]* [-remove serverId[,...]*]',
    false,
  ),
  here('redo', 'cmdno', false),
  later('removewatches', 'path [-c|-d|-a] [-l]', true),
  here('set', '[-s] [-v version] path data', true, ['-s', '-v']),
  later('setAcl', '[-s] [-v version] [-R] path acl', true),
  later('setquota', '-n|-b|-N|-B val path', true),
  here('stat', '[-w] path', true),
  here('sync', 'path', true),
  here('version', '', false),
  later('whoami', '', false),
];

/** Zabscope's own words at a client's console. The words of the world (`crash 1`) are not among them. */
export const ZABSCOPE_CONSOLE_WORDS = [
  { name: 'help', usage: 'help', helpKey: 'zkcli.help' },
  { name: ';', usage: 'command; command', helpKey: 'zkcli.pipeline' },
] as const;

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

function later(name: string, args: string, takesPath: boolean): ZkCliCommand {
  const usage = `${name} ${args}`;
  return { name, usage, isHere: false, takesPath, options: [], helpKey: key(name) };
}

function key(name: string): string {
  return `zkcli.${name}`;
}
