/**
 * The tag of a session: its client's letter in the session's own colour and shape. The letter is drawn
 * by the stylesheet: it is a sign, and no part of the text beside it.
 */
import type { SessionId } from '../../zk/ids';
import styles from './parts.module.css';
import { markOf, sessionName, useSessionLetters } from './sessions';

export function SessionMark({ sessionId, small }: { sessionId: SessionId; small?: boolean }) {
  const letters = useSessionLetters();
  const letter = letters[sessionId];
  if (letter !== undefined) return <LetterMark letter={letter} small={small} />;
  return (
    <b
      aria-hidden
      className={`${styles.mark} ${styles.unknown}`}
      data-text={sessionName(letters, sessionId).slice(0, 4)}
    />
  );
}

export function LetterMark({ letter, small }: { letter: string; small?: boolean }) {
  const mark = markOf(letter);
  return (
    <b
      aria-hidden
      className={`${styles.mark} ${styles[`shape${mark}`]} ${small ? styles.small : ''}`}
      style={{ background: `var(--session-${mark})` }}
      data-text={letter.toUpperCase()}
    />
  );
}
