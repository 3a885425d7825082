/** A client at the rim: whose it is, what it believes, its last command, what it waits for. */
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProcessView } from '../../../../bridge/frame';
import { shortName } from '../../../../bridge/names';
import { NO_SESSION, sessionText } from '../../../../zk/ids';
import { middleEllipsis } from '../../../parts/requestText';
import { sectionOf } from '../../../parts/sections';
import { LetterMark } from '../../../parts/SessionMark';
import type { ClientPlace } from '../geometry/stageLayout';
import { useStageActions } from '../stageContext';
import styles from './ClientPill.module.css';

const CHARACTER = 7.3;

interface ClientPillProps {
  process: ProcessView;
  place: ClientPlace;
  isSelected: boolean;
}

export const ClientPill = memo(function ClientPill({ process, place, isSelected }: ClientPillProps) {
  const { t } = useTranslation();
  const { onSelect } = useStageActions();
  const letter = shortName(process.name);
  const client = sectionOf(process, 'client', 'client');
  const isDown = process.status === 'down';
  const state = isDown ? 'down' : (client?.state ?? 'NOT_CONNECTED');
  const outstanding = (client?.outgoingQueue.length ?? 0) + (client?.pendingQueue.length ?? 0);
  const server =
    client?.server === undefined
      ? t('stage.client.noServer')
      : t('stage.client.toServer', { sid: client.server });
  const session =
    client === undefined || client.sessionId === NO_SESSION ? '–' : sessionText(client.sessionId);
  const described = t('stage.client.describe', {
    state: t(`stage.client.${state}`),
    server,
    session,
  });
  const isFull = place.size === 'full';
  const count = t('stage.client.outstanding', { count: outstanding });
  const stateText = t(`stage.client.${state}`);
  const room =
    place.w - 46 - stateText.length * CHARACTER - (outstanding > 0 ? count.length * 6 + 8 : 0);
  const command = lastCommand(process);
  return (
    <div
      role="group"
      aria-label={t('stage.client', { letter })}
      aria-describedby={`client-${letter}-state`}
      data-card={`client ${letter}`}
      className={`${styles.pill} ${isSelected ? styles.selected : ''} ${isDown ? styles.down : ''}`}
      style={{ left: place.x, top: place.y, width: place.w, height: place.h }}
    >
      <span id={`client-${letter}-state`} className={styles.described}>
        {described}
      </span>
      <button
        type="button"
        className={styles.button}
        aria-label={t('stage.inspectClient', { letter })}
        title={described}
        onClick={() => onSelect({ type: 'client', name: process.name })}
      >
        <LetterMark letter={letter} />
        <span className={`${styles.state} ${styles[state]}`} aria-hidden>
          {isFull ? stateText : ''}
        </span>
        {isFull && room > 40 ? (
          <code title={command}>{middleEllipsis(command, Math.floor(room / CHARACTER))}</code>
        ) : null}
        {outstanding > 0 ? (
          <span className={styles.count} title={count}>
            {isFull ? count : outstanding}
          </span>
        ) : null}
      </button>
    </div>
  );
});

/** The last line typed at its console. */
function lastCommand(process: ProcessView): string {
  const lines = sectionOf(process, 'console', 'console')?.lines ?? [];
  for (let i = lines.length - 1; i >= 0; i -= 1) {
    const line = lines[i];
    if (line?.kind === 'input') return line.text;
  }
  return '';
}
