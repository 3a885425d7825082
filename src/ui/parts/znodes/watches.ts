/** Who waits for what at a znode, from a server's section `watches`. */
import type { ProcessView } from '../../../bridge/frame';
import type { WatchesSection, WatchKind } from '../../../bridge/znodeViews';
import type { SessionId } from '../../../zk/ids';
import { sectionOf } from '../sections';
import { type SessionLetters, sessionName } from '../sessions';
import { joined } from '../../i18n/joined';

/** One session's watches at one path. */
export interface Holder {
  sessionId: SessionId;
  kinds: WatchKind[];
}

export type WatchesByPath = ReadonlyMap<string, readonly Holder[]>;

const NONE: WatchesByPath = new Map();
/** A section is never changed, so what was found in it once stays true. */
const found = new WeakMap<WatchesSection, WatchesByPath>();

/** Holders in the order in which the section names them first. */
export function watchesOf(process: ProcessView | undefined): WatchesByPath {
  const section = sectionOf(process, 'watches', 'watches');
  if (section === undefined) return NONE;
  const known = found.get(section);
  if (known !== undefined) return known;
  const byPath = new Map<string, Holder[]>();
  for (const { path, kind, holders } of section.rows) {
    const list = byPath.get(path) ?? [];
    byPath.set(path, list);
    for (const sessionId of holders) {
      const holder = list.find((one) => one.sessionId === sessionId);
      if (holder === undefined) list.push({ sessionId, kinds: [kind] });
      else holder.kinds.push(kind);
    }
  }
  found.set(section, byPath);
  return byPath;
}

/** How a badge spells a kind; the words stand in the catalogue as `watch.<kind>`. */
export const KIND_LETTERS: Readonly<Record<WatchKind, string>> = {
  data: 'd',
  child: 'c',
  persistent: 'p',
  persistentRecursive: 'r',
};

type Translate = (key: string, values?: Record<string, unknown>) => string;

/** `data and child watch of a`, one for each holder. */
export function watchWords(
  t: Translate,
  holders: readonly Holder[],
  letters: SessionLetters,
): string[] {
  return holders.map(({ sessionId, kinds }) =>
    t('watch.of', {
      kinds: joined(
        'words',
        kinds.map((kind) => t(`watch.${kind}`)),
      ),
      session: sessionName(letters, sessionId),
    }),
  );
}
