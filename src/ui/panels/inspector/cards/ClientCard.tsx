/** What a client believes, beside what the leader knows of its session. */
import { useTranslation } from 'react-i18next';
import type { Command } from '../../../../bridge/command';
import type { ClientSection, Frame } from '../../../../bridge/frame';
import { type ProcessName, shortName } from '../../../../bridge/names';
import type { WatchKind } from '../../../../bridge/znodeViews';
import { NO_SESSION, sessionText, zxidText } from '../../../../zk/ids';
import { RequestQueue } from '../../../parts/RequestQueue';
import { processTitle } from '../../../parts/processTitle';
import { sectionOf } from '../../../parts/sections';
import { LetterMark } from '../../../parts/SessionMark';
import type { Selection } from '../../../selection';
import styles from '../Inspector.module.css';
import { authTexts, leaderKnows, servedRow } from '../sessionViews';
import { Facts, secondsText } from './Facts';
import { BothSides } from './Sessions';

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
  const ids = client === undefined ? [] : authTexts(servedRow(frame, client.sessionId));
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
        {processTitle(t, name)}
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
              ...(client.chroot === undefined ? [] : [['chroot', client.chroot] as const]),
              ...(client.auth === undefined || client.auth.length === 0
                ? []
                : [['auth', client.auth.join(', ')] as const]),
            ]}
          />
          {client.sessionId === NO_SESSION ? null : (
            <BothSides
              frame={frame}
              sessionId={client.sessionId}
              timeoutMs={client.sessionTimeout}
            />
          )}
          <Watches client={client} />
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
              known.expiresAt === undefined ? '–' : secondsText(known.expiresAt),
            ],
            ['owner', known.owner ?? '–'],
            ['ephemerals', known.ephemerals],
            ['isClosing', String(known.isClosing)],
            ...(ids.length === 0 ? [] : [['auth', ids.join(', ')] as const]),
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

/** The watches that the client itself holds; it takes them to its next server. */
function Watches({ client }: { client: ClientSection }) {
  const { t } = useTranslation();
  const rows = Object.entries(client.watches ?? {}).flatMap(([kind, paths]) =>
    (paths ?? []).map((path) => ({ kind: kind as WatchKind | 'exist', path })),
  );
  if (rows.length === 0) return null;
  return (
    <>
      <h4>{t('inspector.watches')}</h4>
      <ul className={styles.list} aria-label={t('inspector.watches')}>
        {rows.map(({ kind, path }) => (
          <li key={`${kind} ${path}`}>
            <code>{path}</code> <span className={styles.quiet}>{t(`watch.${kind}`)}</span>
          </li>
        ))}
      </ul>
    </>
  );
}
