/** Who waits for what at a znode, server by server: a watch lives where its client hangs. */
import { useTranslation } from 'react-i18next';
import type { Frame } from '../../../../bridge/frame';
import { serverOf, serversOf } from '../../../parts/sections';
import { SessionMark } from '../../../parts/SessionMark';
import { sessionName, useSessionLetters } from '../../../parts/sessions';
import { watchesOf } from '../../../parts/znodes/watches';
import { WatchBadge } from '../../../parts/znodes/ZnodeBadges';
import styles from '../Inspector.module.css';
import { joined } from '../../../i18n/joined';

export function WatchTable({ frame, path }: { frame: Frame; path: string }) {
  const { t } = useTranslation();
  const letters = useSessionLetters();
  const rows = serversOf(frame).flatMap((sid) =>
    (watchesOf(serverOf(frame, sid)).get(path) ?? []).map((holder) => ({ sid, holder })),
  );
  if (rows.length === 0) return null;
  return (
    <>
      <h4>{t('inspector.watches')}</h4>
      <table className={styles.table} aria-label={t('inspector.watches')}>
        <tbody>
          {rows.map(({ sid, holder }) => (
            <tr key={`${sid}/${holder.sessionId}`}>
              <td>
                <WatchBadge holder={holder} />
              </td>
              <td>
                {joined(
                  'words',
                  holder.kinds.map((kind) => t(`watch.${kind}`)),
                )}
                {letters[holder.sessionId] === undefined ? (
                  <>
                    {' '}
                    <SessionMark sessionId={holder.sessionId} />
                  </>
                ) : (
                  ` · ${t('stage.client', { letter: sessionName(letters, holder.sessionId) })}`
                )}
              </td>
              <td>{t('stage.server', { sid })}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
