/** The way to the stories from the page that has none of their code yet: it comes with the first one. */
import i18next from 'i18next';
import { loadTexts } from '../i18n/i18n';
import { edit, put } from './page';

/**
 * Opens a story; true when there is one of that name. What was on screen stays otherwise, and the page says why.
 * Counts as work, so that `idle()` waits for it.
 */
export async function openStoryNamed(id: string): Promise<boolean> {
  const count = (by: 1 | -1) =>
    edit((draft) => {
      draft.loading += by;
    });
  count(1);
  try {
    const [{ openStory }] = await Promise.all([import('./story'), loadTexts('story')]);
    if (openStory(id)) return true;
    const sentence = { key: 'problem.noStory', values: { id } };
    const message = i18next.t('problem.noStory', { id });
    put({ problem: { message, sentence, place: id, fatal: false } });
  } catch {
    const sentence = { key: 'problem.stories', values: {} };
    put({ problem: { message: i18next.t('problem.stories'), sentence, fatal: false } });
  } finally {
    count(-1);
  }
  return false;
}

/** Id of the story that the address asks for, as `?story=` or `#story=`. */
export function storyOf({ search, hash }: { search: string; hash: string }): string | undefined {
  const wanted = new URLSearchParams(hash.slice(1)).get('story');
  return wanted ?? new URLSearchParams(search).get('story') ?? undefined;
}
