/**
 * A processor as a station: a ring for a thread, a small stop for a plain call.
 * What it works on rides over it; its queue waits above, or on the track before
 * it where the line is the lower one.
 */
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProcessorSection, QueueView, RequestView } from '../../../../bridge/frame';
import type { ProcessName } from '../../../../bridge/names';
import { Group } from '../../../parts/Group';
import { chipWidth } from '../../../parts/fitQueue';
import { RequestChip } from '../../../parts/RequestChip';
import { RequestQueue } from '../../../parts/RequestQueue';
import { requestKey } from '../../../parts/requestText';
import type { Station } from '../geometry/chain';
import { useStageActions } from '../stageContext';
import styles from './Processor.module.css';

interface ProcessorProps {
  server: ProcessName;
  station: Station;
  section: ProcessorSection;
  /** Queues that another section holds but that wait here (toBeApplied). */
  more?: readonly QueueView[];
  /** Slower than it should be (its disk). */
  slow?: boolean;
  /** Width for the chips over it. */
  room?: number;
}

export function Processor({ server, station, section, more, slow, room = 104 }: ProcessorProps) {
  const { onRequest } = useStageActions();
  const { name, queues } = section;
  const place = `${server}/${name}`;
  const { working } = section;
  const doing = working === null ? undefined : section.doing;
  const all = more === undefined ? queues : [...queues, ...more];
  const own = working === null || isQueued(working, all) ? undefined : working;
  const ownMax = Math.max(5, Math.floor((room - 46) / 6.6));
  // On the lower line what it works on and what waits behind it share one row.
  const taken = own === undefined || !station.low ? 0 : chipWidth(own, ownMax) + 3;
  const lists = all.map((queue, i) => (
    <RequestQueue
      key={queue.name}
      name={queue.name}
      items={queue.items}
      place={`${place}/${queue.name}`}
      room={station.low && i > 0 ? room - taken : room}
      least={station.low && i > 0 && taken > 0 ? 0 : 1}
      onSelect={onRequest}
    />
  ));
  // On the lower line the first queue waits on the track, whatever else there is above.
  const [onTrack, above] = station.low ? [lists.slice(0, 1), lists.slice(1)] : [[], lists];
  return (
    <Group
      aria-label={name}
      data-station
      className={styles.processor}
      style={{ left: station.x, top: station.y }}
    >
      <div
        className={`${styles.platform} ${station.low ? styles.side : ''} ${more === undefined ? '' : styles.raised}`}
      >
        {above}
        {own === undefined ? null : (
          <div className={styles.working}>
            <RequestChip
              request={own}
              place={`${place}/working`}
              max={ownMax}
              onSelect={onRequest}
            />
          </div>
        )}
      </div>
      {onTrack.length > 0 ? <div className={styles.onTrack}>{onTrack}</div> : null}
      <Ring server={server} section={section} slow={slow} />
      <span className={styles.label} aria-hidden>
        <i data-light />
        {station.label.map((line) => (
          <span key={line}>
            {line}
            {doing !== undefined && station.low ? <code>{doing}</code> : null}
          </span>
        ))}
        {doing === undefined || station.low ? null : <code>{doing}</code>}
      </span>
      {section.isThread ? <ThreadControls server={server} section={section} /> : null}
    </Group>
  );
}

/** What it works on still stands in one of its queues (toFlush, while that is forced to disk): drawn there. */
function isQueued(working: RequestView, queues: readonly QueueView[]): boolean {
  const key = requestKey(working);
  return queues.some(({ items }) => items.some((item) => requestKey(item) === key));
}

/** The sign itself; a click explains the processor. */
export function Ring({
  server,
  section,
  slow,
}: {
  server: ProcessName;
  section: ProcessorSection;
  slow?: boolean;
}): ReactNode {
  const { t } = useTranslation();
  const { onSelect } = useStageActions();
  const classes = [section.isThread ? styles.ring : styles.dot];
  if (section.working !== null) classes.push(styles.busy);
  if (section.frozen || slow) classes.push(styles.slow);
  return (
    <button
      type="button"
      className={classes.join(' ')}
      aria-label={t('stage.explain', { name: section.name })}
      title={section.frozen ? `${section.name}: ${t('stage.frozen')}` : section.name}
      onClick={(event) => {
        event.stopPropagation();
        onSelect({ type: 'processor', server, processor: section.name });
      }}
    />
  );
}

/** Freeze, or thaw and let one item through; seen while the pointer or the focus is there, or when frozen. */
export function ThreadControls({
  server,
  section,
}: {
  server: ProcessName;
  section: ProcessorSection;
}) {
  const { t } = useTranslation();
  const { onCommand } = useStageActions();
  const { name, thread, frozen } = section;
  const button = (type: 'freeze' | 'thaw' | 'step') => (
    <button
      type="button"
      className={styles.control}
      aria-label={t(`stage.${type}`, { name })}
      title={t(`stage.${type}`, { name })}
      onClick={(event) => {
        event.stopPropagation();
        onCommand({ type, process: server, thread });
      }}
    >
      {t(`stage.${type}.short`)}
    </button>
  );
  return (
    <span className={`${styles.controls} ${frozen ? styles.frozen : ''}`}>
      {frozen ? (
        <>
          {button('thaw')}
          {button('step')}
        </>
      ) : (
        button('freeze')
      )}
    </span>
  );
}
