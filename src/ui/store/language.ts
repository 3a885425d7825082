/** The language of the page: shown at the start, changed while all goes on, and remembered. */
import { loadTexts, speak } from '../i18n/i18n';
import { load } from './loading';
import { page, put } from './page';
import type { Language, Telling } from './preferences';

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
  return done(() => loadTexts(part));
}

/** How captions are told. The tale's texts come when it is first wished; until then it is told plainly. */
export function chooseTelling(telling: Telling): void {
  put({ telling });
  if (telling === 'tale') void bringTexts('tale');
}

function turnTo(language: Language): Promise<boolean> {
  return done(async () => {
    await speak(language);
    put({ language });
  });
}

async function done(act: () => Promise<void>): Promise<boolean> {
  return (await load(() => act().then(() => true))) === true;
}
