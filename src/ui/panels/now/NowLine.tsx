/** The sentence of what just happened, with its request as a chip, and where the run stands. */
import { ScrollText } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { RequestRef } from '../../../bridge/traceEntry';
import { isWriteOp } from '../../../zk/opCode';
import { RequestChip } from '../../parts/RequestChip';
import { chooseTelling } from '../../store/language';
import { isLookingBack, put, usePage } from '../../store/page';
import { tellingEntries } from '../../store/runTrace';
import { captionOf, REQUEST_MARK, surroundingsOf, wordsOf } from './caption';
import styles from './NowLine.module.css';
import { asTale } from './tale';

export function NowLine() {
  const { t } = useTranslation();
  const frame = usePage((s) => s.frame);
  const notice = usePage((s) => s.notice);
  return (
    <div className={styles.row}>
      <b className={styles.label}>{t('now.label')}</b>
      <p className={styles.now} role="status" aria-label={t('now.label')}>
        <Sentence />
      </p>
      {notice !== undefined && (
        <p
          className={styles.notice}
          role="status"
          aria-label={t('now.notice')}
          title={t(notice.key, notice.values)}
        >
          {t(notice.key, notice.values)}
        </p>
      )}
      {isLookingBack(frame) && <b className={styles.back}>{t('now.lookingBack')}</b>}
      <TellingPicker />
    </div>
  );
}

/** How reads and writes are told; an icon that opens a list of two. */
function TellingPicker() {
  const { t } = useTranslation();
  const telling = usePage((s) => s.telling);
  return (
    <span className={styles.telling} title={t('now.tellingTitle')}>
      <ScrollText aria-hidden="true" />
      <select
        aria-label={t('now.telling')}
        value={telling}
        onChange={(event) => chooseTelling(event.target.value === 'tale' ? 'tale' : 'plain')}
      >
        <option value="plain">{t('now.telling.plain')}</option>
        <option value="tale">{t('now.telling.tale')}</option>
      </select>
    </span>
  );
}

function Sentence() {
  const { t, i18n } = useTranslation();
  const telling = usePage((s) => s.telling);
  const frame = usePage((s) => s.frame);
  const trace = usePage((s) => s.trace);
  usePage((s) => s.traceVersion);
  if (frame === undefined) return t('now.opening');
  const entries = tellingEntries(trace, frame.event);
  if (entries === undefined) {
    const isAllDown = Object.values(frame.processes).every(({ status }) => status === 'down');
    return t(isAllDown ? 'now.allDown' : 'now.nothingYet');
  }
  const plain = captionOf(entries, surroundingsOf(frame));
  if (plain === undefined) return t('now.notKept');
  const caption =
    telling === 'tale' ? asTale(plain, (key, values) => i18n.exists(key, { ...values })) : plain;
  const text = wordsOf(caption, (key, values) => t(key, values));
  const { request } = caption;
  if (request === undefined) return <Words text={text} />;
  const [before = '', ...behind] = text.split(REQUEST_MARK);
  return (
    <>
      <Words text={before} />
      {behind.length > 0 && <Chip request={request} />}
      <Words text={behind.join('')} />
    </>
  );
}

/** Votes and zxids in the type of what ZooKeeper counts. */
const COUNTED = /(\(\d+, 0x[^)]*\)|0x[0-9a-f]+(?:·[0-9a-f]+)?)/;

function Words({ text }: { text: string }) {
  // A split by a pattern in brackets keeps what it found at every second place.
  return text.split(COUNTED).map((part, i) =>
    // biome-ignore lint/suspicious/noArrayIndexKey: a part is told apart by its place alone
    i % 2 === 1 ? <code key={i}>{part}</code> : part,
  );
}

function Chip({ request }: { request: RequestRef & { zxid?: number } }) {
  return (
    <RequestChip
      request={
        { ...request, isWrite: isWriteOp(request.op) } as Parameters<
          typeof RequestChip
        >[0]['request']
      }
      max={28}
      onSelect={(picked) => put({ selection: { type: 'request', request: picked } })}
    />
  );
}
