/**
 * The leader's outstandingProposals: a row per zxid in order, a pip per voter
 * (empty, its ACK in flight, acknowledged), and why it is not committed yet. On
 * top what has just been committed, until the leader has applied it: the moment
 * of the majority would be gone before anybody saw it.
 */
import { useTranslation } from 'react-i18next';
import type { LedgerSection } from '../../../../bridge/frame';
import type { ProcessName } from '../../../../bridge/names';
import { type Sid, zxidText } from '../../../../zk/ids';
import { RequestChip } from '../../../parts/RequestChip';
import { zxidCounter } from '../../../parts/requestText';
import type { Box } from '../geometry/shapes';
import { useStageActions } from '../stageContext';
import styles from './Ledger.module.css';

const CAPTION = 16;
const ROW = 20;

type LedgerRow =
  | LedgerSection['rows'][number]
  | (NonNullable<LedgerSection['committed']>[number] & { waitsFor?: undefined });

interface LedgerProps {
  server: ProcessName;
  section: LedgerSection;
  box: Box;
  /** Voters whose ACK is in flight, by zxid. */
  flying: Readonly<Record<number, readonly Sid[]>>;
}

export function Ledger({ server, section, box, flying }: LedgerProps) {
  const { t } = useTranslation();
  const rows: readonly LedgerRow[] = [...(section.committed ?? []), ...section.rows];
  const places = Math.max(1, Math.floor((box.h - CAPTION - 3) / ROW));
  const shown = Math.min(rows.length, places);
  return (
    <div
      className={`${styles.ledger} ${rows.length === 0 ? styles.empty : ''} ${section.voters.length > 5 ? styles.many : ''}`}
      data-part="outstandingProposals"
      style={{ left: box.x, top: box.y, width: box.w, height: box.h }}
    >
      <div className={styles.caption}>
        <span>outstandingProposals</span>
        {rows.length === 0 ? <em>{t('stage.ledger.empty')}</em> : null}
        {rows.length > shown ? (
          <em>{t('stage.ledger.more', { count: rows.length - shown })}</em>
        ) : null}
      </div>
      <table aria-label="outstandingProposals">
        <tbody>
          {rows.map((row, i) => (
            <Row
              key={row.zxid}
              server={server}
              ledger={section}
              row={row}
              flying={flying[row.zxid] ?? []}
              hidden={i >= shown}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface RowProps {
  server: ProcessName;
  ledger: LedgerSection;
  row: LedgerRow;
  flying: readonly Sid[];
  hidden: boolean;
}

function Row({ server, ledger, row, flying, hidden }: RowProps) {
  const { t } = useTranslation();
  const { onRequest } = useStageActions();
  const { zxid, request, acks } = row;
  const { voters } = ledger;
  const counts = { acks: acks.length, voters: voters.length, sids: acks.join(',') };
  const spoken = t(acks.length === 0 ? 'stage.acks' : 'stage.ackedBy', counts);
  if (hidden) {
    return (
      <tr className={styles.unseen}>
        <td>{zxidText(zxid)}</td>
        <td>{request.op}</td>
        <td>{request.path ?? ''}</td>
        <td>{spoken}</td>
      </tr>
    );
  }
  return (
    <tr>
      <td className={`${styles.zxid} ${styles.drawn}`} data-text={zxidCounter(zxid)}>
        <span className={styles.spoken} title={zxidText(zxid)}>
          {zxidText(zxid)}
        </span>
      </td>
      <td className={styles.spoken}>{request.op}</td>
      <td className={styles.chip}>
        <span className={styles.spoken}>{request.path ?? ''}</span>
        <RequestChip
          request={request.zxid === zxid ? { ...request, zxid: undefined } : request}
          place={`${server}/ledger`}
          max={12}
          mute
          onSelect={onRequest}
        />
      </td>
      <td>
        <span className={styles.spoken}>{spoken}</span>
        <span className={styles.pips} aria-hidden>
          {voters.map((sid) => {
            const state = acks.includes(sid) ? 'acked' : flying.includes(sid) ? 'flight' : 'empty';
            return (
              <i
                key={sid}
                className={`${styles.drawn} ${styles[state]}`}
                title={t(`stage.pip.${state}`, { sid })}
                data-text={sid}
              />
            );
          })}
        </span>
      </td>
      <td className={styles.why}>
        <Why row={row} voters={voters.length} flying={flying.length} />
      </td>
    </tr>
  );
}

/** The guard of tryToCommit in words. */
function Why({ row, voters, flying }: { row: RowProps['row']; voters: number; flying: number }) {
  const { t } = useTranslation();
  const have = row.acks.length;
  const { waitsFor } = row;
  // Beside many pips there is room for the guard alone.
  const form = voters > 5 ? '.short' : '';
  const text =
    waitsFor === undefined
      ? t('stage.why.committed', { have, voters })
      : waitsFor.type === 'smallerZxid'
        ? t('stage.why.smaller', { zxid: zxidText(waitsFor.zxid) })
        : flying > 0
          ? t(`stage.why.flight${form}`, { have, voters, count: flying })
          : t(`stage.why.acks${form}`, { have, voters, count: waitsFor.missing });
  return <span title={text}>{text}</span>;
}
