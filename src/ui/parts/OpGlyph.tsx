/** The kind of operation as a shape: triangle write, ring read, bars sync, key session, dot ping. */
import type { OpName } from '../../zk/opCode';
import styles from './parts.module.css';

export function OpGlyph({ op, isWrite }: { op: OpName; isWrite: boolean }) {
  return (
    <svg aria-hidden className={styles.glyph} viewBox="0 0 10 10" role="presentation">
      {shapeOf(op, isWrite)}
    </svg>
  );
}

function shapeOf(op: OpName, isWrite: boolean) {
  switch (op) {
    case 'createSession':
      return <path d="M5 1v8M1 5h8" className={styles.stroke} />;
    case 'closeSession':
      return <path d="M1.5 1.5l7 7m0-7l-7 7" className={styles.stroke} />;
    case 'sync':
      return <path d="M3 1v8M7 1v8" className={styles.stroke} />;
    case 'ping':
      return <circle cx="5" cy="5" r="2" />;
    default:
      return isWrite ? (
        <path d="M1 1l8 4-8 4z" />
      ) : (
        <circle cx="5" cy="5" r="3.4" className={styles.stroke} />
      );
  }
}
