/** The kind of operation as a shape: triangle write (two: a multi), ring read, bars sync, cross session, eye watch, key auth, dot ping. */
import type { OpName } from '../../zk/opCode';
import styles from './parts.module.css';

export function OpGlyph({ op, isWrite }: { op: OpName; isWrite: boolean }) {
  return (
    <svg aria-hidden className={styles.glyph} viewBox="0 0 10 10" role="presentation">
      {shapeOf(op, isWrite)}
    </svg>
  );
}

const TWO_RINGS = 'M3.5 2.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5zM7.5 2.9a2.5 2.5 0 0 1 0 4.2';

function shapeOf(op: OpName, isWrite: boolean) {
  switch (op) {
    case 'createSession':
      return <path d="M5 1v8M1 5h8" className={styles.stroke} />;
    case 'closeSession':
      return <path d="M1.5 1.5l7 7m0-7l-7 7" className={styles.stroke} />;
    case 'sync':
      return <path d="M3 1v8M7 1v8" className={styles.stroke} />;
    case 'multi':
    case 'multiRead':
      return isWrite ? (
        <path d="M0 1l5 4-5 4zM5 1l5 4-5 4z" />
      ) : (
        <path d={TWO_RINGS} className={styles.stroke} />
      );
    case 'addWatch':
    case 'removeWatches':
    case 'checkWatches':
    case 'setWatches':
    case 'setWatches2':
      return (
        <>
          <path d="M.6 5C2.6 1.8 7.4 1.8 9.4 5 7.4 8.2 2.6 8.2.6 5z" className={styles.stroke} />
          <circle cx="5" cy="5" r="1.2" />
        </>
      );
    case 'auth':
    case 'whoAmI':
      return <path d="M3 3a2 2 0 1 0 0 4 2 2 0 0 0 0-4zM5 5h4.5M8 5v2" className={styles.stroke} />;
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
