/** A client at the rim: whose it is, what it believes, its last command, what it waits for. */
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProcessView } from '../../../../bridge/frame';
import { shortName } from '../../../../bridge/names';
import { NO_SESSION, sessionText } from '../../../../zk/ids';
import { Group } from '../../../parts/Group';
import { middleEllipsis } from '../../../parts/requestText';
import { processTitle } from '../../../parts/processTitle';
import { sectionOf } from '../../../parts/sections';
import { LetterMark } from '../../../parts/SessionMark';
import type { ClientPlace } from '../geometry/stageLayout';
import { useStageActions } from '../stageContext';
import styles from './ClientPill.module.css';
import { fitPill, lastCommand, outstandingOf } from './clientText';

interface ClientPillProps {
  process: ProcessView;
  place: ClientPlace;
  isSelected: boolean;
  /** Virtual time, us; matters while it has no server. */
  at: number;
}

export const ClientPill = memo(function ClientPill(props: ClientPillProps) {
  const { process, place, isSelected, at } = props;
  const { t } = useTranslation();
  const { onSelect } = useStageActions();
  const letter = shortName(process.name);
  const client = sectionOf(process, 'client', 'client');
  const isDown = process.status === 'down';
  const state = isDown ? 'down' : (client?.state ?? 'NOT_CONNECTED');
  const outstanding = outstandingOf(process);
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
  const count = outstanding === 0 ? '' : t('stage.client.outstanding', { count: outstanding });
  const stateText = t(`stage.client.${state}`);
  const isCut = client?.state === 'CONNECTING' && client.sessionId !== NO_SESSION && !isDown;
  const heard = {
    ago: isCut ? ((at - client.lastHeard) / 1e6).toFixed(1) : '',
    timeout: (client?.sessionTimeout ?? 0) / 1000,
  };
  const isRoomy = place.w > 280;
  const command = isCut
    ? t(isRoomy ? 'stage.client.heard' : 'stage.client.heard.short', heard)
    : lastCommand(process);
  const fit = fitPill(place.w, stateText, command, count);
  return (
    <Group
      aria-label={processTitle(t, process.name)}
      aria-describedby={`client-${letter}-state`}
      data-card={process.name}
      className={`${styles.pill} ${isSelected ? styles.selected : ''} ${isDown ? styles.down : ''}`}
      style={{ left: place.x, top: place.y, width: place.w, height: place.h }}
    >
      <span id={`client-${letter}-state`} className={styles.described}>
        {described}
      </span>
      <button
        type="button"
        className={styles.button}
        aria-label={t('stage.inspectClient', { name: processTitle(t, process.name, 'of') })}
        title={described}
        onClick={() => onSelect({ type: 'client', name: process.name })}
      >
        <LetterMark letter={letter} />
        <span className={`${styles.state} ${styles[state]}`} aria-hidden>
          {isFull ? stateText : ''}
        </span>
        {isFull && fit.command > 0 && isCut ? (
          <span className={styles.heard}>{command}</span>
        ) : null}
        {isFull && fit.command > 0 && !isCut ? (
          <code title={command}>{middleEllipsis(command, fit.command)}</code>
        ) : null}
        {outstanding > 0 ? (
          <span className={styles.count} title={count}>
            {isFull && fit.isCountInWords ? count : outstanding}
          </span>
        ) : null}
      </button>
    </Group>
  );
});
