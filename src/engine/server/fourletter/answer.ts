/**
 * Four-letter words: what a server tells whoever writes one into a new connection, as text.
 * Answered on the connection's thread, in front of everything that waits, also while the server
 * does not serve.
 *
 * Source: NIOServerCnxn.checkFourLetterWord, CommandExecutor, FourLetterCommands.
 * Differs: the connection ends when the answer is written, not when the client reads its end.
 */
import type { FourLetterWord } from '../../../zk/packets';
import type { Server, ServerCnxn, ZksState } from '../machine';
import { closeCnxn, noteSent, resetCnxnStats } from '../sessions/serverCnxn';
import { emptyServerStats } from '../peer/zooKeeperServer';
import { confText, enviText } from './environment';
import { mntrText } from './mntr';
import { dumpText } from './sessions';
import { consText, dirsText, hashText, srvrText, statText } from './status';
import { wchcText, wchpText, wchsText } from './watches';

type Word = (s: Server, zks: ZksState, cnxn: ServerCnxn, packet: FourLetterWord) => string;

/** Words that any server answers. */
const ALWAYS: Readonly<Record<string, (s: Server, packet: FourLetterWord) => string>> = {
  ruok: () => 'imok',
  envi: enviText,
  gtmk: (s) => String(s.state.traceMask),
  stmk: (s, packet) => {
    s.state.traceMask = Number(packet.argument ?? '0');
    return String(s.state.traceMask);
  },
  isro: (s) => {
    const { zks } = s.state;
    if (zks?.serving !== true) return 'null';
    return zks.role === 'readOnly' ? 'ro' : 'rw';
  },
};

/** Words of a server that serves. */
const SERVING: Readonly<Record<string, Word>> = {
  srvr: srvrText,
  stat: statText,
  cons: consText,
  conf: confText,
  dump: dumpText,
  mntr: mntrText,
  dirs: dirsText,
  hash: hashText,
  wchs: (s) => wchsText(s),
  wchc: (s) => wchcText(s),
  wchp: (s) => wchpText(s),
  crst: (s) => {
    for (const cnxn of Object.values(s.state.cnxns)) resetCnxnStats(cnxn.stats);
    return 'Connection stats reset.\n';
  },
  srst: (_s, zks) => {
    const { startedAt, inProcess } = zks.stats;
    zks.stats = { ...emptyServerStats(startedAt), inProcess };
    return 'Server stats reset.\n';
  },
};

/** A word that nobody knows, and one behind a connect request, end the connection without an answer. */
export function answerFourLetterWord(s: Server, cnxn: ServerCnxn, packet: FourLetterWord): void {
  s.fx.describe({ name: packet.word });
  const isFirst = cnxn.stats.received === 0;
  const text = isFirst ? textOf(s, cnxn, packet) : undefined;
  if (text !== undefined && text !== '') {
    noteSent(s, cnxn);
    s.fx.send(cnxn.conn, { kind: 'TEXT', text });
  }
  closeCnxn(s, cnxn);
}

function textOf(s: Server, cnxn: ServerCnxn, packet: FourLetterWord): string | undefined {
  // What stands behind the four letters is not read.
  const word = packet.word.slice(0, 4);
  const always = Object.hasOwn(ALWAYS, word) ? ALWAYS[word] : undefined;
  const serving = Object.hasOwn(SERVING, word) ? SERVING[word] : undefined;
  if (always === undefined && serving === undefined) return undefined;
  if (!isAllowed(s, word)) return `${word} is not executed because it is not in the whitelist.\n`;
  if (always !== undefined) return always(s, packet);
  const { zks } = s.state;
  if (zks?.serving !== true || serving === undefined) {
    return 'This ZooKeeper instance is not currently serving requests\n';
  }
  return serving(s, zks, cnxn, packet);
}

/** `4lw.commands.whitelist`; a read-only server must always say that it is one. */
function isAllowed(s: Server, word: string): boolean {
  const { fourLetterWords, readOnlyModeEnabled } = s.state.spec.config;
  if (word === 'isro' && readOnlyModeEnabled) return true;
  const allowed = fourLetterWords.split(',').map((item) => item.trim());
  return allowed.includes('*') || allowed.includes(word);
}
