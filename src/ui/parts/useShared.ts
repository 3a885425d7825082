/** Values that are made anew for each frame and seldom differ. */
import { useRef } from 'react';
import { shareEqual } from '../../base/shareEqual';

/** The same objects as before where their content is the same, so that who shows them is not drawn anew. */
export function useShared<T>(value: T): T {
  const last = useRef(value);
  last.current = shareEqual(last.current, value);
  return last.current;
}
