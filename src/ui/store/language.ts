/** The language of the page: shown at the start, changed while all goes on, and remembered. */
import i18next from 'i18next';
import { loadTexts, speak } from '../i18n/i18n';
import { edit, page, put } from './page';
import type { Language } from './preferences';

/** Once, before the page is drawn. A language that cannot be loaded leaves the page in English, and says so. */
export async function speakAtStart(): Promise<void> {
  const { language } = page();
  if (language !== 'en' && !(await turnTo(language))) put({ language: 'en' });
}

/** Somebody chose: that outlives the visit, and what the address asked for. */
export async function chooseLanguage(language: Language): Promise<void> {
  if (!(await turnTo(language))) return;
  put({ chosenLanguage: language });
  const address = new URL(window.location.href);
  if (!address.searchParams.has('lang')) return;
  address.searchParams.delete('lang');
  window.history.replaceState(window.history.state, '', address);
}

/** The texts of a part that shows itself without them, and is drawn again when they have come. */
export function bringTexts(part: Parameters<typeof loadTexts>[0]): Promise<boolean> {
  return whileLoading(() => loadTexts(part));
}

function turnTo(language: Language): Promise<boolean> {
  return whileLoading(async () => {
    await speak(language);
    put({ language });
  });
}

/** Counts as work, so that `idle()` waits for it. False: it could not be loaded, which is said, and nothing changed. */
async function whileLoading(act: () => Promise<void>): Promise<boolean> {
  const count = (by: 1 | -1) =>
    edit((draft) => {
      draft.loading += by;
    });
  count(1);
  try {
    await act();
    return true;
  } catch {
    const sentence = { key: 'problem.texts', values: {} };
    put({ problem: { message: i18next.t('problem.texts'), sentence, fatal: false } });
    return false;
  } finally {
    count(-1);
  }
}
