/**
 * Messages in flight, each at its place on the lane, as a list. Between two
 * frames a capsule moves on along its lane; one that has arrived runs to the
 * end and is gone.
 */
import { lazy, memo, Suspense, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { RequestChip } from '../../../parts/RequestChip';
import { requestKey } from '../../../parts/requestText';
import { useCapsuleMotion } from '../motion/useCapsuleMotion';
import { useStageActions } from '../stageContext';
import styles from './Capsules.module.css';
import type { Flight } from './flight';
import { hasChip, hueOf, messageFields, messageName } from './messageText';

const CapsuleCanvas = lazy(() =>
  import('./CapsuleCanvas').then((module) => ({ default: module.CapsuleCanvas })),
);

interface CapsulesProps {
  flights: readonly Flight[];
  width: number;
  height: number;
  /** The frame's virtual time, us. */
  at: number;
  stepMs: number;
  selected?: string;
}

/** Characters of a path on a capsule. */
export const CAPSULE_PATH = 9;

/** Above so many messages elements are too slow: dots on a canvas stand for them. */
export const ELEMENTS_MAX = 300;

export function Capsules({ flights, selected, width, height, at, stepMs }: CapsulesProps) {
  const { t } = useTranslation();
  if (flights.length > ELEMENTS_MAX) {
    return (
      <>
        <Suspense fallback={null}>
          <CapsuleCanvas flights={flights} width={width} height={height} stepMs={stepMs} />
        </Suspense>
        <ul aria-label={t('stage.messages')} className={styles.unseen}>
          {flights.map(({ message, isLeaving }) =>
            isLeaving ? null : <li key={message.id} aria-label={messageName(message)} />,
          )}
        </ul>
      </>
    );
  }
  return <CapsuleList flights={flights} at={at} stepMs={stepMs} selected={selected} />;
}

function CapsuleList({ flights, at, stepMs, selected }: Omit<CapsulesProps, 'width' | 'height'>) {
  const { t } = useTranslation();
  const list = useRef<HTMLUListElement>(null);
  useCapsuleMotion(list, flights, at, stepMs);
  return (
    <ul ref={list} aria-label={t('stage.messages')} className={styles.capsules}>
      {flights.map((flight) => (
        <MemoCapsule
          key={flight.message.id}
          flight={flight}
          isSelected={flight.message.id === selected}
        />
      ))}
    </ul>
  );
}

interface CapsuleProps {
  flight: Flight;
  isSelected: boolean;
}

function Capsule({ flight, isSelected }: CapsuleProps) {
  const { onSelect, onRequest } = useStageActions();
  const { message, line, place, isLeaving } = flight;
  const name = messageName(message);
  const { request } = message;
  const isDot = place.dot || message.idle === true;
  const classes = [styles.capsule, styles[hueOf(message.kind)]];
  if (isDot) classes.push(styles.dot);
  if (isSelected) classes.push(styles.selected);
  if (message.waits !== undefined) classes.push(styles.waits);
  const isChipped = hasChip(message) && !isDot;
  const fields = isChipped ? '' : messageFields(message);
  return (
    <li
      aria-label={isLeaving ? undefined : name}
      aria-hidden={isLeaving}
      role={isLeaving ? 'presentation' : undefined}
      className={
        line === undefined ? styles.unseen : `${styles.flight} ${isDot ? '' : styles.labelled}`
      }
      data-message={message.id}
    >
      <span
        className={styles.aside}
        style={{ transform: `translate(calc(-50% + ${place.dx}px), calc(-50% + ${place.dy}px))` }}
      >
        <span
          className={classes.join(' ')}
          data-req={!isChipped && request !== undefined ? requestKey(request) : undefined}
        >
          <button
            type="button"
            className={styles.kind}
            aria-label={name}
            title={name}
            tabIndex={isLeaving ? -1 : 0}
            onClick={(event) => {
              event.stopPropagation();
              onSelect({ type: 'message', id: message.id });
            }}
          >
            {isDot ? null : <b>{message.kind}</b>}
            {isDot || fields === '' ? null : <code>{fields}</code>}
          </button>
          {!isChipped || request === undefined ? null : (
            <RequestChip
              request={request}
              place={`${message.id}/message`}
              max={CAPSULE_PATH}
              onSelect={onRequest}
            />
          )}
        </span>
      </span>
    </li>
  );
}

/** Where it is on its lane is not drawn by React: useCapsuleMotion puts it there. */
const MemoCapsule = memo(
  Capsule,
  ({ flight: a, isSelected: wasSelected }, { flight: b, isSelected }) =>
    wasSelected === isSelected &&
    a.message === b.message &&
    a.place.dx === b.place.dx &&
    a.place.dy === b.place.dy &&
    a.place.dot === b.place.dot &&
    a.isLeaving === b.isLeaving &&
    (a.line === undefined) === (b.line === undefined),
);
