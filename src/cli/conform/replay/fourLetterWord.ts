/** Asks a server a four-letter word over a connection of its own, as the recorder did. */
import { serverName } from '../../../bridge/names';
import type { Sid } from '../../../zk/ids';
import type { FourLetterText } from '../../../zk/packets';
import type { Bench } from './bench';
import { command, probeOf, waitFor } from './bench';
import { type ProbeReceived, probeReceived } from './engineView';

const OWNER = 'four-letter words';
/** How long an answer may take, ms. */
const ANSWER_MS = 2_000;

/** The text of the answer; null when the connection was refused, closed without one, or silent. */
export function askFourLetterWord(
  bench: Bench,
  sid: Sid,
  word: string,
  argument?: string,
): string | null {
  const process = probeOf(bench, OWNER);
  const received = () => probeReceived(bench.run, process);
  const tag = `${word}#${received().length}`;
  const find = (what: ProbeReceived['what']) =>
    received().find((entry) => entry.tag === tag && entry.what === what);
  command(bench, { type: 'probe', process, action: { type: 'open', tag, to: serverName(sid) } });
  const isOver = () => find('refused') !== undefined || find('closed') !== undefined;
  waitFor(bench, ANSWER_MS, () => find('accepted') !== undefined || isOver());
  if (isOver()) return null;
  const packet = {
    kind: 'FOURLETTER',
    word,
    ...(argument === undefined ? {} : { argument }),
  } as const;
  command(bench, { type: 'probe', process, action: { type: 'send', tag, packet } });
  waitFor(bench, ANSWER_MS, isOver);
  const answer = find('packet')?.packet as FourLetterText | undefined;
  return answer?.text ?? null;
}
