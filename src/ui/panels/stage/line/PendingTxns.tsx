/** A follower's memo of proposals without their COMMIT, first in first out; the next COMMIT must name its head. */
import type { PendingTxnsSection } from '../../../../bridge/frame';
import type { ProcessName } from '../../../../bridge/names';
import { RequestQueue } from '../../../parts/RequestQueue';
import type { Box } from '../geometry/shapes';
import { useStageActions } from '../stageContext';
import styles from './PendingTxns.module.css';

interface PendingTxnsProps {
  server: ProcessName;
  section: PendingTxnsSection;
  box: Box;
}

export function PendingTxns({ server, section, box }: PendingTxnsProps) {
  const { onRequest } = useStageActions();
  const { items, pendingSyncs } = section;
  const hasSyncs = pendingSyncs.length > 0;
  return (
    <div className={styles.memo} style={{ left: box.x, top: box.y, width: box.w, height: box.h }}>
      <div className={`${styles.part} ${items.length === 0 ? styles.empty : ''}`}>
        <span className={styles.caption}>pendingTxns</span>
        <RequestQueue
          name="pendingTxns"
          items={items}
          place={`${server}/memo`}
          room={box.w - (hasSyncs ? 96 : 6)}
          head
          onSelect={onRequest}
        />
      </div>
      {hasSyncs ? (
        <div className={styles.part}>
          <span className={styles.caption}>pendingSyncs</span>
          <RequestQueue
            name="pendingSyncs"
            items={pendingSyncs}
            place={`${server}/pendingSyncs`}
            room={70}
            onSelect={onRequest}
          />
        </div>
      ) : null}
    </div>
  );
}
