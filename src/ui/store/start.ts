/** Sets the page going: theme, keys, the host, the first ensemble, `window.zabscope`. */
import { offerApi } from './api';
import { connectHost, type HostPort } from './host';
import { listenToKeys } from './keys';
import { page, put, usePage } from './page';
import { applyTheme, writePreferences } from './preferences';
import { openEnsemble, attachHost } from './run';

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
  attachHost(connectHost(worker as HostPort));
  listenToKeys();
  offerApi();
  void openEnsemble(setup);
}

/** Dismisses the error bar. */
export function dismissProblem(): void {
  put({ problem: undefined });
}
