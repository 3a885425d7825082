/** Which stories this browser has seen to their end. */

const KEY = 'zabscope.stories';

/** Ids; empty when nothing is kept, or what is kept cannot be read. */
export function finishedStories(): ReadonlySet<string> {
  try {
    const saved: unknown = JSON.parse(window.localStorage.getItem(KEY) ?? '[]');
    return new Set(Array.isArray(saved) ? saved.filter((id) => typeof id === 'string') : []);
  } catch {
    // Forbidden, or written by something else: the ticks are lost, nothing more.
    return new Set();
  }
}

export function rememberFinished(id: string): void {
  try {
    window.localStorage.setItem(KEY, JSON.stringify([...new Set([...finishedStories(), id])]));
  } catch {
    // A full or forbidden storage costs a tick.
  }
}
