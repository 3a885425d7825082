/** The sessions that a server knows, each with what its client believes and what the leader knows on one ruler. */
import { useTranslation } from 'react-i18next';
import type { Frame, ProcessView } from '../../../../bridge/frame';
import { type SessionId, sessionText } from '../../../../zk/ids';
import { SessionRuler } from '../../../charts/SessionRuler';
import { sectionOf } from '../../../parts/sections';
import { SessionMark } from '../../../parts/SessionMark';
import styles from '../Inspector.module.css';
import { authTexts, believerOf, leaderKnows, type SessionRow } from '../sessionViews';
import { secondsText } from './Facts';
import { joined } from '../../../i18n/joined';

export function Sessions({ frame, process }: { frame: Frame; process: ProcessView }) {
  const { t } = useTranslation();
  const sessions = sectionOf(process, 'sessions', 'sessions');
  if (sessions === undefined || sessions.rows.length === 0) return null;
  return (
    <>
      <h4>{t('inspector.sessions')}</h4>
      <table className={styles.table} aria-label={t('inspector.sessions')}>
        <thead>
          <tr>
            <td />
            <th>id</th>
            <th>timeout</th>
            <th>owner</th>
            <th title={t('inspector.ephemerals')}>eph.</th>
          </tr>
        </thead>
        {sessions.rows.map((row) => (
          <Session
            key={row.sessionId}
            frame={frame}
            row={row}
            isTouched={sessions.touchTable.includes(row.sessionId)}
          />
        ))}
      </table>
    </>
  );
}

function Session({
  frame,
  row,
  isTouched,
}: {
  frame: Frame;
  row: SessionRow;
  /** Heard of since the last ping of the leader. */
  isTouched: boolean;
}) {
  const { t } = useTranslation();
  const auth = authTexts(row).filter((text) => !text.startsWith('ip:'));
  const notes = [
    ...(row.isClosing ? [t('inspector.closing')] : []),
    ...(row.isLocal ? [t('inspector.local')] : []),
    ...(isTouched ? [t('inspector.touched')] : []),
    ...auth,
  ];
  return (
    <tbody>
      <tr>
        <td>
          <SessionMark sessionId={row.sessionId} />
        </td>
        <td>
          <code>{sessionText(row.sessionId)}</code>
          {notes.length === 0 ? null : (
            <span className={row.isClosing ? styles.warn : styles.quiet}> {notes.join(' · ')}</span>
          )}
        </td>
        <td>{row.timeoutMs / 1000} s</td>
        <td>{row.owner ?? '–'}</td>
        <td>{row.ephemerals}</td>
      </tr>
      <tr className={styles.under}>
        <td />
        <td colSpan={4}>
          <BothSides frame={frame} sessionId={row.sessionId} timeoutMs={row.timeoutMs} />
        </td>
      </tr>
    </tbody>
  );
}

/** Both sides of a session on one ruler, and in words. */
export function BothSides({
  frame,
  sessionId,
  timeoutMs,
}: {
  frame: Frame;
  sessionId: SessionId;
  timeoutMs: number;
}) {
  const { t } = useTranslation();
  const client = believerOf(frame, sessionId);
  const known = leaderKnows(frame, sessionId);
  const heardAgo = client === undefined ? 0 : frame.at - client.lastHeard;
  const left = known?.expiresAt === undefined ? undefined : known.expiresAt - frame.at;
  const words = [
    client === undefined
      ? t('inspector.ruler.nobody')
      : t('inspector.ruler.client', {
          state: t(`stage.client.${client.state}`),
          ago: secondsText(heardAgo),
        }),
    left === undefined
      ? t('inspector.ruler.uncounted')
      : t('inspector.ruler.leader', { left: secondsText(Math.max(0, left)) }),
  ];
  return (
    <SessionRuler
      timeoutMs={timeoutMs}
      heardAgoMs={heardAgo / 1000}
      expiresInMs={left === undefined ? undefined : Math.max(0, left) / 1000}
      label={joined('sentences', words)}
    />
  );
}
