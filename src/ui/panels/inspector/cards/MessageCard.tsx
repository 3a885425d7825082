/** A message in flight: its fields as they stand on the wire, where it is, and what can be done to it. */
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import type { Command } from '../../../../bridge/command';
import type { Frame } from '../../../../bridge/frame';
import { Loading } from '../../loading/Loading';
import { RequestChip } from '../../../parts/RequestChip';
import type { Selection } from '../../../selection';
import styles from '../Inspector.module.css';
import { knownTexts } from '../bytes/knownTexts';
import { Facts, secondsText } from './Facts';

// The codec is not needed before somebody looks at a message.
const MessageBytes = lazy(() =>
  import('../bytes/MessageBytes').then((module) => ({ default: module.MessageBytes })),
);

interface MessageCardProps {
  frame: Frame;
  id: string;
  onSelect: (selection: Selection) => void;
  onCommand: (command: Command) => void;
}

export function MessageCard({ frame, id, onSelect, onCommand }: MessageCardProps) {
  const { t } = useTranslation();
  const message = frame.messages.find((one) => one.id === id);
  if (message === undefined) return <p>{t('inspector.message.gone')}</p>;
  const { kind, from, to, channel, packet, request, sentAt, arrivesAt, waits } = message;
  const isHeld = frame.links.some(
    (link) => link.from === from && link.to === to && link.channel === channel && link.held,
  );
  return (
    <>
      <h3>
        {kind} {from} → {to}
      </h3>
      {waits === undefined ? null : <p className={styles.warn}>{t(`inspector.waits.${waits}`)}</p>}
      {request === undefined ? null : (
        <div className={styles.row}>
          <span>{t('inspector.request')}</span>
          <RequestChip
            request={request}
            max={24}
            onSelect={(ref) => onSelect({ type: 'request', request: ref })}
          />
        </div>
      )}
      <Facts
        facts={[
          ['channel', channel],
          [t('inspector.sentAt'), secondsText(sentAt)],
          [t('inspector.arrivesAt'), arrivesAt === undefined ? '–' : secondsText(arrivesAt)],
        ]}
      />
      {packet === undefined ? null : (
        <Suspense fallback={<Loading />}>
          <MessageBytes packet={packet} texts={knownTexts(frame, message)} />
        </Suspense>
      )}
      <div className={styles.actions}>
        <button
          type="button"
          className={styles.action}
          onClick={() => onCommand({ type: 'deliver', message: id })}
        >
          {t('inspector.deliver')}
        </button>
        <button
          type="button"
          className={styles.action}
          onClick={() => onCommand({ type: isHeld ? 'release' : 'hold', a: from, b: to, channel })}
        >
          {t(isHeld ? 'inspector.release' : 'inspector.hold', { from, to })}
        </button>
      </div>
    </>
  );
}
