/** Names of sessions on the page: the letter of the client that holds it, else the end of its id. */
import { createContext, useContext } from 'react';
import type { Frame } from '../../bridge/frame';
import { NO_SESSION, type SessionId } from '../../zk/ids';

/** Session to the letter of its client, as far as the clients know their sessions, or knew them when they died. */
export type SessionLetters = Readonly<Record<SessionId, string>>;

export function sessionLetters(frame: Frame): SessionLetters {
  const letters: Record<SessionId, string> = {};
  for (const process of Object.values(frame.processes)) {
    for (const { sessionId, letter } of process.formerSessions ?? []) letters[sessionId] = letter;
    const section = process.sections.client;
    if (section?.type !== 'client' || section.sessionId === NO_SESSION) continue;
    letters[section.sessionId] = section.letter;
  }
  return letters;
}

/** `a`, or the last four hex digits of a session that no client claims; `server` for internal requests. */
export function sessionName(letters: SessionLetters, id: SessionId): string {
  if (id === NO_SESSION) return 'server';
  return letters[id] ?? id.slice(-4);
}

/** Number of the colour and shape of a letter: 0 for a. Masters, workers and task clients have a row of colours each. */
export function markOf(letter: string): number {
  const app = /^([mwc])-(\d+)$/.exec(letter);
  if (app !== null) {
    const row = APP_MARKS[app[1] as 'm' | 'w' | 'c'];
    return row[(Number(app[2]) - 1) % row.length] ?? 0;
  }
  let index = 0;
  for (const c of letter) index = index * 26 + (c.charCodeAt(0) - 96);
  return (index - 1) % 6;
}

const APP_MARKS = { m: [0, 1, 5], w: [2, 4, 3], c: [3, 5] } as const;

/** What stands on a mark: `A`, or `M1` for `m-1`. */
export function markText(letter: string): string {
  return letter.replace('-', '').toUpperCase();
}

export const SessionLettersContext = createContext<SessionLetters>({});

export function useSessionLetters(): SessionLetters {
  return useContext(SessionLettersContext);
}
