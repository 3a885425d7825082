/** A request as a chip: session, operation, path, and the zxid's counter once it has one. */
import type { RequestView } from '../../bridge/frame';
import type { RequestRef } from '../../bridge/traceEntry';
import { OpGlyph } from './OpGlyph';
import styles from './parts.module.css';
import { refOf, requestKey, requestLabel, requestName, zxidCounter } from './requestText';
import { SessionMark } from './SessionMark';
import { useSessionLetters } from './sessions';

export interface RequestChipProps {
  request: RequestView;
  /** Where it is seen: `<process>/<place>`; motion tells sights of one request apart by it. */
  place?: string;
  /** Waits for its commit. */
  waits?: boolean;
  /** Head of a first-in first-out memo. */
  head?: boolean;
  /** Without the session: it stands in a row of that session. */
  bare?: boolean;
  /** The path is said beside it already: here it is only drawn. */
  mute?: boolean;
  /** Most characters of the path. */
  max?: number;
  onSelect?: (request: RequestRef) => void;
}

export function RequestChip(props: RequestChipProps) {
  const { request, place, waits, head, bare, mute, max = 10, onSelect } = props;
  const name = requestName(request, useSessionLetters());
  const text = requestLabel(request, max);
  const classes = [styles.chip];
  if (waits) classes.push(styles.waits);
  if (head) classes.push(styles.head);
  if (bare) classes.push(styles.bare);
  if (request.err !== undefined) classes.push(styles.failed);
  return (
    <button
      type="button"
      className={classes.join(' ')}
      aria-label={name}
      title={request.err === undefined ? name : `${name} (${request.err})`}
      data-req={requestKey(request)}
      data-place={place}
      onClick={(event) => {
        event.stopPropagation();
        onSelect?.(refOf(request));
      }}
    >
      {bare ? null : <SessionMark sessionId={request.sessionId} />}
      <OpGlyph op={request.op} isWrite={request.isWrite} />
      {mute ? (
        <span className={`${styles.path} ${styles.drawn}`} data-text={text} aria-hidden />
      ) : (
        <span className={styles.path}>{text}</span>
      )}
      {request.isWrite && request.zxid !== undefined && request.zxid > 0 ? (
        <sup>{zxidCounter(request.zxid)}</sup>
      ) : null}
    </button>
  );
}
