/** Parts of the page that are on their way: they count as work, so that `idle()` waits for them. */
import i18next from 'i18next';
import { edit, put } from './page';

/** Undefined: it could not be loaded, which is said, and nothing changed. */
export async function load<T>(act: () => Promise<T>): Promise<T | undefined> {
  const count = (by: 1 | -1) =>
    edit((draft) => {
      draft.loading += by;
    });
  count(1);
  try {
    return await act();
  } catch {
    const sentence = { key: 'problem.texts', values: {} };
    put({ problem: { message: i18next.t('problem.texts'), sentence, fatal: false } });
    return undefined;
  } finally {
    count(-1);
  }
}
