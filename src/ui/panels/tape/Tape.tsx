/** The tape: what has happened so far, a lane per process. A click shows the run as it was there. */
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { isLookingBack, page, usePage } from '../../store/page';
import { seek } from '../../store/run';
import { eventAtTime } from '../../store/runTrace';
import { secondsText } from '../now/secondsText';
import { type CanvasSize, drawTape, labelRoom } from './drawTape';
import { tapeLanes } from './tapeLanes';
import { emptyTape, readTape } from './tapeModel';
import styles from './Tape.module.css';
import { makeTimeAxis, pxToTime, type TimeAxis } from './timeAxis';

const RIGHT = 8;

function sizeOf(element: HTMLElement): CanvasSize {
  const { clientWidth: width, clientHeight: height } = element;
  // A zoomed part of the page has fewer CSS pixels than the screen shows of it.
  const zoom = width === 0 ? 1 : element.getBoundingClientRect().width / width;
  return { width, height, scale: window.devicePixelRatio * zoom };
}

export function Tape() {
  const { t } = useTranslation();
  const frame = usePage((s) => s.frame);
  const canvas = useRef<HTMLCanvasElement>(null);
  const axis = useRef<TimeAxis | undefined>(undefined);

  useEffect(() => {
    const element = canvas.current;
    if (element === null) return undefined;
    let tape = emptyTape();
    let wanted = 0;
    // Measured when it changes: to ask for it at each drawing would make the browser lay out at once.
    let size = sizeOf(element);
    const draw = () => {
      wanted = 0;
      const { frame: shown, trace } = page();
      tape = readTape(tape, trace);
      const lanes = tapeLanes(tape.lanes, page().view);
      const left = labelRoom(lanes, size.height);
      const width = Math.max(10, size.width - left - RIGHT);
      const newest = Math.max(shown?.at ?? 0, trace.entries.at(-1)?.at ?? 0);
      axis.current = makeTimeAxis(tape.times, newest, shown?.at ?? 0, left, width);
      drawTape(element, size, tape, axis.current, shown, lanes);
    };
    const ask = () => {
      if (wanted === 0) wanted = requestAnimationFrame(draw);
    };
    const unsubscribe = usePage.subscribe((now, before) => {
      const isSame =
        now.frame === before.frame &&
        now.traceVersion === before.traceVersion &&
        now.view === before.view;
      if (!isSame) ask();
    });
    const resized = new ResizeObserver(() => {
      size = sizeOf(element);
      ask();
    });
    resized.observe(element);
    // Colours are read when it is drawn: a new theme means a new drawing.
    const theme = new MutationObserver(ask);
    theme.observe(document.documentElement, { attributeFilter: ['data-theme'] });
    void document.fonts.ready.then(ask);
    ask();
    return () => {
      unsubscribe();
      resized.disconnect();
      theme.disconnect();
      cancelAnimationFrame(wanted);
    };
  }, []);

  const event = frame?.event ?? 0;
  const last = frame?.lastEvent ?? 0;
  return (
    <div
      className={styles.tape}
      role="slider"
      tabIndex={0}
      aria-label={t('tape.name')}
      aria-valuemin={0}
      aria-valuemax={last}
      aria-valuenow={event}
      aria-valuetext={t('tape.value', { event, last, seconds: secondsText(frame?.at ?? 0) })}
      title={isLookingBack(frame) ? t('tape.titleBack') : t('tape.title')}
      onClick={(click) => {
        if (axis.current === undefined) return;
        const { currentTarget, clientX } = click;
        const box = currentTarget.getBoundingClientRect();
        const px = (clientX - box.left) * (currentTarget.clientWidth / box.width);
        const time = pxToTime(axis.current, px);
        void seek(eventAtTime(page().trace, time));
      }}
      onKeyDown={(press) => {
        if (press.key !== 'Home' && press.key !== 'End') return;
        press.preventDefault();
        void seek(press.key === 'Home' ? 0 : last);
      }}
    >
      <canvas ref={canvas} className={styles.canvas} />
    </div>
  );
}
