/**
 * A session on one ruler: above the rail how long ago its client heard from a server, with the thirds of its
 * timeout; below it how long the leader will still wait. The line across is now.
 */
import { rulerMarks } from './rulerMarks';
import styles from './SessionRuler.module.css';

interface SessionRulerProps {
  timeoutMs: number;
  heardAgoMs: number;
  /** Until the leader ends the session; undefined: nobody counts. */
  expiresInMs?: number;
  /** What it says, in words. */
  label: string;
}

const WIDTH = 280;

export function SessionRuler({ timeoutMs, heardAgoMs, expiresInMs, label }: SessionRulerProps) {
  const { marks, heard, isOver, expires } = rulerMarks(timeoutMs, heardAgoMs, WIDTH, expiresInMs);
  const foot = expires === undefined ? 22 : 31;
  return (
    <figure className={styles.ruler} aria-label={label}>
      <svg viewBox={`0 0 ${WIDTH} ${foot + 4}`} aria-hidden>
        <rect x="0.5" y="3.5" width={WIDTH - 1} height="5" rx="2.5" className={styles.rail} />
        <rect
          x="0"
          y="3"
          width={heard}
          height="6"
          rx="3"
          className={isOver ? styles.over : styles.heard}
        />
        {expires === undefined ? null : (
          <>
            <rect x="0.5" y="12.5" width={WIDTH - 1} height="5" rx="2.5" className={styles.rail} />
            <rect
              x={heard}
              y="12"
              width={Math.max(0, expires - heard)}
              height="6"
              rx="3"
              className={styles.left}
            />
            <path d={`M${expires} 10.5V19.5`} className={styles.end} />
          </>
        )}
        <path d={`M${heard} 0V${foot - 11}`} className={styles.now} />
        {marks.map(({ x, text, anchor }) => (
          <g key={text}>
            <path d={`M${x} 1V11`} className={styles.tick} />
            <text x={x} y={foot} textAnchor={anchor}>
              {text}
            </text>
          </g>
        ))}
      </svg>
      <figcaption>{label}</figcaption>
    </figure>
  );
}
