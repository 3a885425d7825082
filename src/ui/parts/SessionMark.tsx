/**
 * The tag of a session: its client's letter in the session's own colour and shape. The letter is drawn
 * by the stylesheet: it is a sign, and no part of the text beside it.
 */
import type { SessionId } from '../../zk/ids';
import styles from './parts.module.css';
import { markOf, markText, sessionName, useSessionLetters } from './sessions';

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
  // Of the application the role is the shape; of a client the letter.
  const shape = letter.includes('-') ? `role-${letter[0]}` : `shape${mark}`;
  return (
    <b
      aria-hidden
      className={`${styles.mark} ${styles[shape]} ${small ? styles.small : ''}`}
      style={{ background: `var(--session-${mark})` }}
      data-text={markText(letter)}
    />
  );
}
