/** Messages in flight on the page of the application: what each does, in the colour of its meaning. */
import { memo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { OpGlyph } from '../../../parts/OpGlyph';
import { requestKey } from '../../../parts/requestText';
import capsules from '../../stage/links/Capsules.module.css';
import type { Flight } from '../../stage/links/flight';
import { messageName } from '../../stage/links/messageText';
import { useCapsuleMotion } from '../../stage/motion/useCapsuleMotion';
import { useStageActions } from '../../stage/stageContext';
import { isQuiet, messageWords } from './appMessage';
import styles from './AppCapsules.module.css';
import { isInside } from './appPlan';

interface AppCapsulesProps {
  flights: readonly Flight[];
  /** The frame's virtual time, us. */
  at: number;
  stepMs: number;
  selected?: string;
  /** Ids of writes to a storage whose token is smaller than one that it has seen. */
  old: ReadonlySet<string>;
}

export function AppCapsules({ flights, at, stepMs, selected, old }: AppCapsulesProps) {
  const { t } = useTranslation();
  const list = useRef<HTMLUListElement>(null);
  useCapsuleMotion(list, flights, at, stepMs);
  return (
    <ul ref={list} aria-label={t('stage.messages')} className={capsules.capsules}>
      {flights.map((flight) => (
        <Capsule
          key={flight.message.id}
          flight={flight}
          isSelected={flight.message.id === selected}
          isOld={old.has(flight.message.id)}
        />
      ))}
    </ul>
  );
}

interface CapsuleProps {
  flight: Flight;
  isSelected: boolean;
  isOld: boolean;
}

/** What is no name of ZooKeeper's is said in the language of the page. */
const SAID: readonly string[] = ['write', 'accepted', 'refused', 'duplicate'];

const Capsule = memo(function Capsule({ flight, isSelected, isOld }: CapsuleProps) {
  const { t } = useTranslation();
  const { onSelect } = useStageActions();
  const { message, line, place, isLeaving } = flight;
  const words = messageWords(message);
  const name = messageName(message);
  const isDot = place.dot || isQuiet(message) || isInside(message.from, message.to);
  const hue = isOld ? 'broken' : words.hue;
  const { request } = message;
  const classes = [capsules.capsule, isInside(message.from, message.to) ? '' : styles[hue]];
  if (isInside(message.from, message.to)) classes.push(styles[message.kind] ?? '');
  if (isDot) classes.push(capsules.dot);
  if (isSelected) classes.push(capsules.selected);
  if (message.waits !== undefined) classes.push(capsules.waits);
  return (
    <li
      aria-label={isLeaving ? undefined : name}
      aria-hidden={isLeaving}
      role={isLeaving ? 'presentation' : undefined}
      className={
        line === undefined
          ? capsules.unseen
          : `${capsules.flight} ${isDot ? '' : capsules.labelled}`
      }
      data-message={message.id}
    >
      <span
        className={capsules.aside}
        style={{ transform: `translate(calc(-50% + ${place.dx}px), calc(-50% + ${place.dy}px))` }}
      >
        <span
          className={classes.join(' ')}
          data-req={request === undefined ? undefined : requestKey(request)}
          data-task={words.task}
        >
          <button
            type="button"
            className={capsules.kind}
            aria-label={name}
            title={`${words.head} ${words.rest}`.trim()}
            tabIndex={isLeaving ? -1 : 0}
            onClick={(event) => {
              event.stopPropagation();
              onSelect({ type: 'message', id: message.id });
            }}
          >
            {isDot ? null : (
              <>
                {request === undefined ? null : (
                  <OpGlyph op={request.op} isWrite={request.isWrite} />
                )}
                <strong className={styles.head}>
                  {SAID.includes(words.head) ? t(`application.message.${words.head}`) : words.head}
                </strong>
                {words.rest === '' ? null : <code>{words.rest}</code>}
              </>
            )}
          </button>
        </span>
      </span>
    </li>
  );
});
