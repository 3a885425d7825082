/** What is particular about a znode, small: version, owner, kind, who watches it. */
import { useTranslation } from 'react-i18next';
import type { ZnodeView } from '../../../bridge/znodeViews';
import { NO_SESSION } from '../../../zk/ids';
import { SessionMark } from '../SessionMark';
import { markOf, sessionName, useSessionLetters, type SessionLetters } from '../sessions';
import { isSequential } from './treeOrder';
import { type Holder, KIND_LETTERS, watchWords } from './watches';
import styles from './znodes.module.css';
import { joined } from '../../i18n/joined';

type Translate = (key: string, values?: Record<string, unknown>) => string;

/** The same in words: what a row is called by. */
export function badgeWords(
  t: Translate,
  letters: SessionLetters,
  node: ZnodeView,
  holders: readonly Holder[],
): string[] {
  const { version, ephemeralOwner } = node.stat;
  const words: string[] = [];
  if (version > 0) words.push(`v${version}`);
  if (ephemeralOwner !== NO_SESSION) {
    words.push(t('stage.ephemeral', { session: sessionName(letters, ephemeralOwner) }));
  }
  if (node.kind === 'container') words.push(t('znode.container'));
  if (node.kind === 'ttl') words.push(t('znode.ttl', { ttl: ttlText(node.ttl) }));
  words.push(...watchWords(t, holders, letters));
  return words;
}

export function ttlText(ms = 0): string {
  return ms % 1000 === 0 ? `${ms / 1000} s` : `${ms} ms`;
}

interface ZnodeBadgesProps {
  node: ZnodeView;
  holders: readonly Holder[];
  /** Holders drawn one by one; the rest is counted. */
  holdersMax?: number;
  /** Says so of names that end like those of `create -s`. */
  sequential?: boolean;
}

export function ZnodeBadges({ node, holders, holdersMax = 2, sequential }: ZnodeBadgesProps) {
  const { t } = useTranslation();
  const letters = useSessionLetters();
  const { version, ephemeralOwner } = node.stat;
  const rest = holders.length - holdersMax;
  return (
    <>
      {version > 0 ? <em className={styles.small}>v{version}</em> : null}
      {sequential && isSequential(node.path) ? (
        <em className={styles.small} title={t('znode.sequential')}>
          #
        </em>
      ) : null}
      {ephemeralOwner === NO_SESSION ? null : (
        <span
          className={styles.owner}
          title={t('stage.ephemeral', { session: sessionName(letters, ephemeralOwner) })}
        >
          <SessionMark sessionId={ephemeralOwner} small />
        </span>
      )}
      {node.kind === 'container' || node.kind === 'ttl' ? <KindBadge node={node} /> : null}
      {holders.slice(0, holdersMax).map((holder) => (
        <WatchBadge key={holder.sessionId} holder={holder} />
      ))}
      {rest > 0 ? (
        <em
          className={styles.small}
          title={joined('words', watchWords(t, holders.slice(holdersMax), letters))}
        >
          +{rest}
        </em>
      ) : null}
    </>
  );
}

/** Container: an open box. TTL: a clock, and how long. */
export function KindBadge({ node }: { node: ZnodeView }) {
  const { t } = useTranslation();
  const isContainer = node.kind === 'container';
  const words = isContainer ? t('znode.container') : t('znode.ttl', { ttl: ttlText(node.ttl) });
  return (
    <span className={styles.kind} title={words}>
      <svg aria-hidden viewBox="0 0 10 10">
        {isContainer ? (
          <path d="M1 3v6h8V3M0 3h10M3.5 5.5h3" />
        ) : (
          <path d="M5 .8a4.2 4.2 0 1 0 0 8.4 4.2 4.2 0 0 0 0-8.4zM5 2.6V5l1.8 1.2" />
        )}
      </svg>
      {isContainer ? null : ttlText(node.ttl).replace(' ', '')}
    </span>
  );
}

/** An eye in the colour of the session that waits, its kinds as letters, its mark. */
export function WatchBadge({ holder }: { holder: Holder }) {
  const { t } = useTranslation();
  const letters = useSessionLetters();
  const { sessionId, kinds } = holder;
  const letter = letters[sessionId];
  const hue = letter === undefined ? 'none' : markOf(letter);
  return (
    <span
      className={styles.watch}
      style={{ ['--hue' as string]: `var(--session-${hue})` }}
      title={joined('words', watchWords(t, [holder], letters))}
    >
      <svg aria-hidden viewBox="0 0 12 10">
        <path d="M.8 5C3 1.2 9 1.2 11.2 5 9 8.8 3 8.8.8 5z" />
        <circle cx="6" cy="5" r="1.3" />
      </svg>
      {kinds.map((kind) => KIND_LETTERS[kind]).join('')}
      <SessionMark sessionId={sessionId} small />
    </span>
  );
}
