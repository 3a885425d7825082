/** A session's timeout as a ruler with its thirds, and how long ago the client heard from a server. */
import { rulerMarks } from './rulerMarks';
import styles from './SessionRuler.module.css';

interface SessionRulerProps {
  timeoutMs: number;
  heardAgoMs: number;
  label: string;
}

const WIDTH = 280;

export function SessionRuler({ timeoutMs, heardAgoMs, label }: SessionRulerProps) {
  const { marks, heard, isOver } = rulerMarks(timeoutMs, heardAgoMs, WIDTH);
  return (
    <figure className={styles.ruler} aria-label={label}>
      <svg viewBox={`0 0 ${WIDTH} 26`} aria-hidden>
        <rect x="0.5" y="3.5" width={WIDTH - 1} height="5" rx="2.5" className={styles.rail} />
        <rect
          x="0"
          y="3"
          width={heard}
          height="6"
          rx="3"
          className={isOver ? styles.over : styles.heard}
        />
        {marks.map(({ x, text, anchor }) => (
          <g key={text}>
            <path d={`M${x} 1V11`} className={styles.tick} />
            <text x={x} y="22" textAnchor={anchor}>
              {text}
            </text>
          </g>
        ))}
      </svg>
      <figcaption>{label}</figcaption>
    </figure>
  );
}
