/** What waits in the leader's queuedPackets, a list per learner; drawn only where something waits or is frozen. */
import { useTranslation } from 'react-i18next';
import type { LearnersSection } from '../../../../bridge/frame';
import { zxidText } from '../../../../zk/ids';
import { keysOf } from '../../../parts/keysOf';
import { zxidCounter } from '../../../parts/requestText';
import styles from './LearnerQueues.module.css';

/** Packets drawn per learner. */
const SHOWN = 3;

export function LearnerQueues({ section }: { section: LearnersSection }) {
  const rows = section.rows.filter(
    ({ queuedCount, phase, senderFrozen }) =>
      queuedCount > 0 || senderFrozen || phase !== 'FORWARDING',
  );
  if (rows.length === 0) return null;
  return (
    <div className={styles.learners}>
      {rows.map((row) => (
        <LearnerRow key={row.sid} row={row} />
      ))}
    </div>
  );
}

export function LearnerRow({ row }: { row: LearnersSection['rows'][number] }) {
  const { t } = useTranslation();
  const { sid, phase, syncMode, queuedPackets, queuedCount, senderFrozen } = row;
  const first = queuedPackets.slice(0, SHOWN);
  const keys = keysOf(first, ({ kind, zxid }) => `${kind}${zxid}`);
  const mode = syncMode === undefined ? '' : ` ${syncMode}`;
  return (
    <div className={`${styles.row} ${senderFrozen ? styles.frozen : ''}`}>
      <i>{sid}</i>
      {phase === 'FORWARDING' ? null : <span className={styles.phase}>{phase + mode}</span>}
      <ul aria-label={`queuedPackets of ${sid}`}>
        {first.map(({ kind, zxid }, i) => (
          <li key={keys[i]} data-kind={kind} title={`${kind} ${zxidText(zxid)}`}>
            {kind} {zxidCounter(zxid)}
          </li>
        ))}
      </ul>
      {queuedCount > SHOWN ? (
        <span title={t('stage.learner.queued', { count: queuedCount })}>
          +{queuedCount - SHOWN}
        </span>
      ) : null}
    </div>
  );
}
