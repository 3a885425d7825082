/**
 * RequestThrottler, where requests wait before they come to the first processor.
 * Seen only while it holds something back: a siding under the beginning of the
 * line, what it works on first, then its queue.
 */
import { useTranslation } from 'react-i18next';
import type { ProcessorSection } from '../../../../bridge/frame';
import type { ProcessName } from '../../../../bridge/names';
import { Group } from '../../../parts/Group';
import { chipWidth } from '../../../parts/fitQueue';
import { RequestChip } from '../../../parts/RequestChip';
import { RequestQueue } from '../../../parts/RequestQueue';
import type { Box, Point } from '../geometry/shapes';
import { useStageActions } from '../stageContext';
import { Ring, ThreadControls } from './Processor';
import styles from './Throttler.module.css';

interface ThrottlerProps {
  server: ProcessName;
  section: ProcessorSection;
  /** Where the line begins. */
  from: Point;
  box: Box;
}

/** Characters of a path on the chip of what it works on. */
const PATH_MAX = 5;

export function Throttler({ server, section, from, box }: ThrottlerProps) {
  const { t } = useTranslation();
  const { onRequest } = useStageActions();
  const { name, working, queues } = section;
  const place = `${server}/${name}`;
  const taken = working === null ? 0 : chipWidth(working, PATH_MAX) + 3;
  const height = box.y + 6 - from.y;
  return (
    <Group
      aria-label={name}
      className={styles.throttler}
      style={{ left: box.x, top: box.y, width: box.w, height: box.h }}
    >
      <span aria-hidden className={styles.siding} style={{ height, top: 6 - height }} />
      <div className={styles.title}>
        <span className={styles.ring}>
          <Ring server={server} section={section} />
        </span>
        <span title={name} aria-hidden>
          {t('stage.throttler')}
        </span>
        <ThreadControls server={server} section={section} />
      </div>
      <div className={styles.row}>
        {working === null ? null : (
          <RequestChip
            request={working}
            place={`${place}/working`}
            max={PATH_MAX}
            onSelect={onRequest}
          />
        )}
        {queues.map((queue) => (
          <RequestQueue
            key={queue.name}
            name={queue.name}
            items={queue.items}
            place={`${place}/${queue.name}`}
            room={box.w - taken}
            least={0}
            onSelect={onRequest}
          />
        ))}
      </div>
    </Group>
  );
}
