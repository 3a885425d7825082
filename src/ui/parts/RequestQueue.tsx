/**
 * A queue as a list, head first. Few are drawn; the rest is a count on screen
 * and still a list item for whoever does not look.
 */
import type { RequestView } from '../../bridge/frame';
import type { RequestRef } from '../../bridge/traceEntry';
import { fitQueue } from './fitQueue';
import { keysOf } from './keysOf';
import styles from './parts.module.css';
import { RequestChip } from './RequestChip';
import { requestKey, requestName } from './requestText';
import { useSessionLetters } from './sessions';

/** Items beyond this many are only counted. */
const NAMED_MAX = 200;

export interface RequestQueueProps {
  /** The field's name in Java. */
  name: string;
  items: readonly RequestView[];
  /** See RequestChip. */
  place: string;
  /** Width for the chips, design pixels. */
  room: number;
  className?: string;
  bare?: boolean;
  /** So many chips are drawn even when there is no room; one unless given. */
  least?: number;
  /** Marks the first one as head of the memo. */
  head?: boolean;
  waits?: (request: RequestView) => boolean;
  onSelect?: (request: RequestRef) => void;
}

export function RequestQueue(props: RequestQueueProps) {
  const { name, items, place, room, className, bare, least, head, waits, onSelect } = props;
  const { shown, max } = fitQueue(items, room, bare, least);
  const letters = useSessionLetters();
  const named = items.slice(0, NAMED_MAX);
  const keys = keysOf(named, (request) => `${requestKey(request)}/${request.zxid ?? ''}`);
  return (
    <ul aria-label={name} title={name} className={`${styles.queue} ${className ?? ''}`}>
      {named.slice(0, shown).map((request, i) => (
        <li key={keys[i]} aria-label={requestName(request, letters)}>
          <RequestChip
            request={request}
            place={place}
            max={max}
            bare={bare}
            head={head && i === 0}
            waits={waits?.(request)}
            onSelect={onSelect}
          />
        </li>
      ))}
      {named.slice(shown).map((request, i) => (
        <li
          key={keys[shown + i]}
          className={styles.unseen}
          aria-label={requestName(request, letters)}
        />
      ))}
      {items.length > shown ? (
        <li aria-hidden className={styles.more}>
          +{items.length - shown}
        </li>
      ) : null}
    </ul>
  );
}
