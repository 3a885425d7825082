/** What a processor is for, with the name of its Java class, and all that it holds now. */
import { useTranslation } from 'react-i18next';
import type { Command } from '../../../../bridge/command';
import type { Frame } from '../../../../bridge/frame';
import type { ProcessName } from '../../../../bridge/names';
import { RequestChip } from '../../../parts/RequestChip';
import { RequestQueue } from '../../../parts/RequestQueue';
import { sectionOf } from '../../../parts/sections';
import { sessionName, useSessionLetters } from '../../../parts/sessions';
import type { Selection } from '../../../selection';
import styles from '../Inspector.module.css';

interface ProcessorCardProps {
  frame: Frame;
  server: ProcessName;
  name: string;
  onSelect: (selection: Selection) => void;
  onCommand: (command: Command) => void;
}

const ROOM = 276;

export function ProcessorCard({ frame, server, name, onSelect, onCommand }: ProcessorCardProps) {
  const { t, i18n } = useTranslation();
  const letters = useSessionLetters();
  const section = sectionOf(frame.processes[server], name, 'processor');
  const explanation = `inspector.processor.${name}`;
  const onRequest = (
    request: Parameters<NonNullable<Parameters<typeof RequestChip>[0]['onSelect']>>[0],
  ) => onSelect({ type: 'request', request });
  const lists =
    section === undefined
      ? []
      : [
          ...section.queues,
          ...(section.pendingRequests ?? []).map(({ sessionId, items }) => ({
            name: `pendingRequests ${sessionName(letters, sessionId)}`,
            items,
          })),
          ...(section.workers ?? []).map(({ items }, i) => ({
            name: `CommitProcWorkThread-${i}`,
            items,
          })),
        ];
  return (
    <>
      <h3>{name}</h3>
      {i18n.exists(explanation) ? <p>{t(explanation)}</p> : null}
      {section === undefined ? <p>{t('inspector.notNow', { sid: server })}</p> : null}
      {section === undefined ? null : (
        <>
          <p>
            {section.isThread
              ? t('inspector.thread', { thread: section.thread })
              : t('inspector.call', { thread: section.thread })}
          </p>
          {section.working === null ? null : (
            <div className={styles.row}>
              <span>{section.doing ?? t('stage.working')}</span>
              <RequestChip request={section.working} max={22} onSelect={onRequest} />
            </div>
          )}
          {lists.map(({ name: queue, items }) => (
            <div key={queue}>
              <h4>
                {queue} ({items.length})
              </h4>
              <RequestQueue
                name={`${queue} of ${name}`}
                items={items}
                place={`inspector/${name}/${queue}`}
                room={ROOM}
                onSelect={onRequest}
              />
            </div>
          ))}
          {section.isThread ? (
            <div className={styles.actions}>
              {(section.frozen ? (['thaw', 'step'] as const) : (['freeze'] as const)).map(
                (type) => (
                  <button
                    key={type}
                    type="button"
                    className={styles.action}
                    onClick={() => onCommand({ type, process: server, thread: section.thread })}
                  >
                    {t(`inspector.${type}`)}
                  </button>
                ),
              )}
            </div>
          ) : null}
        </>
      )}
      <div className={styles.actions}>
        <button
          type="button"
          className={styles.action}
          onClick={() => onSelect({ type: 'server', name: server })}
        >
          {t('stage.server', { sid: server })}
        </button>
      </div>
    </>
  );
}
