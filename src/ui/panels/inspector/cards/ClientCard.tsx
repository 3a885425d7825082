/** What a client believes, beside what the leader knows of its session. */
import { useTranslation } from 'react-i18next';
import type { Command } from '../../../../bridge/command';
import type { Frame, SessionsSection } from '../../../../bridge/frame';
import { type ProcessName, shortName } from '../../../../bridge/names';
import { NO_SESSION, type SessionId, sessionText, zxidText } from '../../../../zk/ids';
import { SessionRuler } from '../../../charts/SessionRuler';
import { RequestQueue } from '../../../parts/RequestQueue';
import { sectionOf, serverOf, serversOf } from '../../../parts/sections';
import { LetterMark } from '../../../parts/SessionMark';
import type { Selection } from '../../../selection';
import styles from '../Inspector.module.css';
import { Facts, secondsText } from './Facts';

interface ClientCardProps {
  frame: Frame;
  name: ProcessName;
  onSelect: (selection: Selection) => void;
  onCommand: (command: Command) => void;
}

export function ClientCard({ frame, name, onSelect, onCommand }: ClientCardProps) {
  const { t } = useTranslation();
  const process = frame.processes[name];
  const client = sectionOf(process, 'client', 'client');
  if (process === undefined) return <p>{t('inspector.gone')}</p>;
  const letter = shortName(name);
  const known = client === undefined ? undefined : leaderKnows(frame, client.sessionId);
  const acts =
    process.status === 'down'
      ? (['restart'] as const)
      : process.status === 'paused'
        ? (['crash', 'resume'] as const)
        : (['crash', 'pause'] as const);
  return (
    <>
      <h3>
        <LetterMark letter={letter} />
        {t('stage.client', { letter })}
      </h3>
      {process.status === 'running' ? null : (
        <p className={styles.warn}>{t(`inspector.status.${process.status}`)}</p>
      )}
      {client === undefined ? null : (
        <>
          <h4>{t('inspector.believes')}</h4>
          <Facts
            facts={[
              ['state', t(`stage.client.${client.state}`)],
              ['server', client.server ?? '–'],
              ['sessionId', client.sessionId === NO_SESSION ? '–' : sessionText(client.sessionId)],
              ['sessionTimeout', `${client.sessionTimeout} ms`],
              ['lastZxid', zxidText(client.lastZxid)],
            ]}
          />
          <SessionRuler
            timeoutMs={client.sessionTimeout}
            heardAgoMs={(frame.at - client.lastHeard) / 1000}
            label={t('inspector.heard', { ago: secondsText(frame.at - client.lastHeard) })}
          />
          {(['outgoingQueue', 'pendingQueue'] as const).map((queue) => (
            <div key={queue}>
              <h4>
                {queue} ({client[queue].length})
              </h4>
              <RequestQueue
                name={queue}
                items={client[queue]}
                place={`inspector/${letter}/${queue}`}
                room={276}
                onSelect={(request) => onSelect({ type: 'request', request })}
              />
            </div>
          ))}
        </>
      )}
      <h4>{t('inspector.leaderKnows')}</h4>
      {known === undefined ? (
        <p>{t('inspector.leaderKnows.nothing')}</p>
      ) : (
        <Facts
          facts={[
            ['timeout', `${known.timeoutMs} ms`],
            [
              t('inspector.expires'),
              known.expiresAt === undefined ? '–' : `+${secondsText(known.expiresAt - frame.at)}`,
            ],
            ['owner', known.owner ?? '–'],
            ['ephemerals', known.ephemerals],
            ['isClosing', String(known.isClosing)],
          ]}
        />
      )}
      <div className={styles.actions}>
        {acts.map((type) => (
          <button
            key={type}
            type="button"
            className={styles.action}
            onClick={() => onCommand({ type, process: name })}
          >
            {t(`stage.${type}.short`)}
          </button>
        ))}
      </div>
    </>
  );
}

/** The row of the leader (or the standalone server), which alone decides when a session expires. */
function leaderKnows(
  frame: Frame,
  sessionId: SessionId,
): SessionsSection['rows'][number] | undefined {
  for (const sid of serversOf(frame)) {
    const process = serverOf(frame, sid);
    const role = sectionOf(process, 'role', 'role');
    if (process?.status === 'down' || (role?.serverState !== 'LEADING' && !role?.standalone))
      continue;
    const row = sectionOf(process, 'sessions', 'sessions')?.rows.find(
      (one) => one.sessionId === sessionId,
    );
    if (row !== undefined) return row;
  }
  return undefined;
}
