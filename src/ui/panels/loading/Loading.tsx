/** Stands in for a part whose code is still on its way; counts as work, so that `idle()` waits for it. */
import { useEffect } from 'react';
import { edit } from '../../store/page';

export function Loading() {
  useEffect(() => {
    edit((draft) => {
      draft.loading += 1;
    });
    return () =>
      edit((draft) => {
        draft.loading -= 1;
      });
  }, []);
  return null;
}
