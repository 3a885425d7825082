/** What the browser remembers from visit to visit. */

export type Theme = 'system' | 'light' | 'dark';
/** `event`: each shown event gets the same time on screen. `time`: virtual time runs, slowed or quickened. */
export type Tempo = 'event' | 'time';
export type Language = 'en' | 'zh';
/** How the captions of reads and writes are told: as what happens, or as the tale of a village. */
export type Telling = 'plain' | 'tale';

export const SPEEDS: readonly number[] = [0.25, 0.5, 1, 2, 4, 8, 16, Number.POSITIVE_INFINITY];
/** A link takes 2 ms and an fsync 5: the slow factors are there to see a message fly. */
export const TIME_FACTORS: readonly number[] = [0.001, 0.01, 0.1, 1, 10, 100, 1000];

export interface Preferences {
  theme: Theme;
  tempo: Tempo;
  timeFactor: number;
  /** Undefined until somebody chose one. */
  language: Language | undefined;
  telling: Telling;
}

const KEY = 'zabscope.preferences';
const DEFAULTS: Preferences = {
  theme: 'system',
  tempo: 'event',
  timeFactor: 0.01,
  language: undefined,
  telling: 'plain',
};

/** The saved ones; a default for each that is absent, unreadable or not one of the known values. */
export function readPreferences(): Preferences {
  const saved = parse(storage()?.getItem(KEY) ?? null);
  return {
    theme: saved.theme === 'light' || saved.theme === 'dark' ? saved.theme : DEFAULTS.theme,
    tempo: saved.tempo === 'time' ? 'time' : DEFAULTS.tempo,
    timeFactor:
      typeof saved.timeFactor === 'number' && TIME_FACTORS.includes(saved.timeFactor)
        ? saved.timeFactor
        : DEFAULTS.timeFactor,
    language: isLanguage(saved.language) ? saved.language : DEFAULTS.language,
    telling: saved.telling === 'tale' ? 'tale' : DEFAULTS.telling,
  };
}

function isLanguage(value: unknown): value is Language {
  return value === 'en' || value === 'zh';
}

/**
 * The language of a visit: `?lang=en` or `zh` in the address, else the one that was chosen before, else the first
 * of the browser's languages that we speak, else English.
 */
export function languageOfVisit(
  search: string,
  chosen: Language | undefined,
  spoken: readonly string[],
): Language {
  const asked = new URLSearchParams(search).get('lang');
  if (isLanguage(asked)) return asked;
  return chosen ?? spoken.map((tag) => tag.slice(0, 2).toLowerCase()).find(isLanguage) ?? 'en';
}

export function writePreferences(preferences: Preferences): void {
  try {
    storage()?.setItem(KEY, JSON.stringify(preferences));
  } catch {
    // A full or forbidden storage costs the memory of a choice, nothing that is on screen.
  }
}

function parse(text: string | null): Record<string, unknown> {
  if (text === null) return {};
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    // Whatever else wrote here: the defaults serve.
    return {};
  }
}

/** Undefined outside a browser, and where the browser forbids it (reading the property then throws). */
function storage(): Storage | undefined {
  try {
    return typeof window === 'undefined' ? undefined : window.localStorage;
  } catch {
    return undefined;
  }
}

/** Shows the theme: the page's styles look at `data-theme` of the root element. */
export function applyTheme(theme: Theme): void {
  const isDark =
    theme === 'dark' ||
    (theme === 'system' && window.matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.dataset['theme'] = isDark ? 'dark' : 'light';
}
