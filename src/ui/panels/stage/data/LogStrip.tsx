/**
 * The log: a cell per transaction, oldest first. Hatched: written, not forced to
 * disk. Amber: forced. Blue: committed and applied. A gap between epochs, a flag
 * where a snapshot was taken.
 */
import { useTranslation } from 'react-i18next';
import type { LogSection } from '../../../../bridge/frame';
import { epochOf, zxidText } from '../../../../zk/ids';
import { requestKey, requestName, zxidCounter, zxidShort } from '../../../parts/requestText';
import { useSessionLetters } from '../../../parts/sessions';
import { useStageActions } from '../stageContext';
import { refOf } from '../../../parts/requestText';
import styles from './LogStrip.module.css';
import { joined } from '../../../i18n/joined';

type LogRecord = LogSection['records'][number];

interface LogStripProps {
  section: LogSection;
  /** Most cells. */
  cells: number;
  /** Shows the last zxid in full behind the cells. */
  full?: boolean;
  /** Without its caption. */
  bare?: boolean;
}

export function LogStrip({ section, cells, full, bare }: LogStripProps) {
  const { t } = useTranslation();
  const shown = section.records.slice(-cells);
  const older = section.total - shown.length;
  const last = shown.at(-1);
  return (
    <span className={styles.strip}>
      {bare ? null : <em>{t('stage.log')}</em>}
      {section.total === 0 ? <em>{t('stage.log.none')}</em> : null}
      {older > 0 ? <em title={t('stage.log.more', { count: older })}>…</em> : null}
      <ol aria-label="log">
        {shown.map((record, i) => (
          <Cell
            key={record.zxid}
            record={record}
            gap={i > 0 && epochOf(record.zxid) !== epochOf((shown[i - 1] as LogRecord).zxid)}
            snapshot={section.snapshots.includes(record.zxid)}
          />
        ))}
      </ol>
      {last === undefined ? null : (
        <em className={styles.last} title={zxidText(last.zxid)}>
          {full ? zxidText(last.zxid) : zxidShort(last.zxid)}
        </em>
      )}
      {section.disk.fault === 'ok' ? null : (
        <em className={styles.fault}>{t('stage.disk.fault', { fault: section.disk.fault })}</em>
      )}
    </span>
  );
}

/** Applied at a role's end is not committed: nobody knows yet what becomes of it. */
export function cellState({ synced, committed, applied }: LogRecord) {
  if (!synced) return 'written';
  if (!committed) return 'synced';
  return applied ? 'applied' : 'committed';
}

function Cell({ record, gap, snapshot }: { record: LogRecord; gap: boolean; snapshot: boolean }) {
  const { t } = useTranslation();
  const letters = useSessionLetters();
  const { onRequest } = useStageActions();
  const { zxid, request } = record;
  const state = cellState(record);
  const words = [
    zxidText(zxid),
    requestName({ ...request, zxid: undefined }, letters),
    t(`stage.log.${state}`),
  ];
  if (snapshot) words.push(t('stage.log.snapshot', { zxid: zxidText(zxid) }));
  const text = joined('words', words);
  return (
    <li className={`${styles.cell} ${gap ? styles.gap : ''} ${snapshot ? styles.snapshot : ''}`}>
      <button
        type="button"
        className={styles[state]}
        aria-label={text}
        title={text}
        data-req={requestKey(request)}
        data-unsynced={record.synced ? undefined : ''}
        onClick={(event) => {
          event.stopPropagation();
          onRequest(refOf(request));
        }}
      >
        {zxidCounter(zxid)}
      </button>
    </li>
  );
}
