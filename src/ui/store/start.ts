/** Sets the page going: theme, keys, the host, the first ensemble, `window.zabscope`. */
import { offerApi } from './api';
import { connectHost, type HostPort } from './host';
import { chooseTelling } from './language';
import { listenToKeys } from './keys';
import { page, put, type Setup, usePage } from './page';
import { applyTheme, writePreferences } from './preferences';
import { openEnsemble, attachHost } from './run';
import { openStoryNamed, storyOf } from './storyDoor';

/** Called once, by main.tsx. Draws nothing. */
export function startPage(worker: Worker): void {
  const { theme, setup } = page();
  applyTheme(theme);
  window
    .matchMedia('(prefers-color-scheme: dark)')
    .addEventListener('change', () => applyTheme(page().theme));
  usePage.subscribe((now, before) => {
    if (now.theme !== before.theme) applyTheme(now.theme);
    if (
      now.theme !== before.theme ||
      now.tempo !== before.tempo ||
      now.timeFactor !== before.timeFactor ||
      now.chosenLanguage !== before.chosenLanguage ||
      now.telling !== before.telling
    ) {
      writePreferences({
        theme: now.theme,
        tempo: now.tempo,
        timeFactor: now.timeFactor,
        language: now.chosenLanguage,
        telling: now.telling,
      });
    }
  });
  if (page().telling === 'tale') chooseTelling('tale');
  attachHost(connectHost(worker as HostPort));
  listenToKeys();
  offerApi();
  window.addEventListener('hashchange', () => {
    const id = storyOf(window.location);
    if (id !== undefined) void openStoryNamed(id);
  });
  void openFirst(setup);
}

/** The story that the address asks for; without one, or when there is none of that name, the first ensemble. */
async function openFirst(setup: Setup): Promise<void> {
  const id = storyOf(window.location);
  if (id !== undefined && (await openStoryNamed(id))) return;
  const { problem } = page();
  await openEnsemble(setup);
  if (problem !== undefined) put({ problem });
}

/** Dismisses the error bar. */
export function dismissProblem(): void {
  put({ problem: undefined });
}
