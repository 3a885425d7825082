/**
 * The texts of the page, from the records beside this file: English is part of the page or comes with the part
 * that says it, Chinese comes whole when somebody wants it.
 */
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { Language } from '../store/preferences';
import { chineseTale } from './chineseTale';
import { ENGLISH, ENGLISH_LATER } from './english';

/** What the document says it is written in. */
const HTML_LANG: Readonly<Record<Language, string>> = { en: 'en', zh: 'zh-CN' };

/** Synchronous, and in English; call once, before the page is drawn. */
export function startTexts(): void {
  void i18next.use(initReactI18next).init({
    lng: 'en',
    fallbackLng: false,
    resources: { en: { translation: ENGLISH } },
    // Keys are flat: a dot is part of a key.
    keySeparator: false,
    nsSeparator: false,
    interpolation: { escapeValue: false },
    initAsync: false,
    returnNull: false,
    react: { bindI18nStore: 'added' },
  });
}

/** Says everything in that language from now on. Rejects when its texts cannot be loaded; then nothing changes. */
export async function speak(language: Language): Promise<void> {
  if (language === 'zh' && !i18next.exists('app.name', { lng: 'zh' })) {
    const { CHINESE, CHINESE_FORMATS } = await import('./zh/chinese');
    for (const [name, format] of Object.entries(CHINESE_FORMATS)) {
      i18next.services.formatter?.add(name, (value) => format(String(value)));
    }
    add('zh', CHINESE);
  }
  await i18next.changeLanguage(language);
  document.documentElement.lang = HTML_LANG[language];
}

/** The texts of a part of the page that comes later. Rejects when they cannot be loaded. */
export async function loadTexts(part: keyof typeof ENGLISH_LATER): Promise<void> {
  // The tale is no part of the Chinese that comes whole.
  if (part === 'tale') add('zh', await chineseTale());
  add('en', await ENGLISH_LATER[part]());
}

function add(language: Language, texts: Readonly<Record<string, string>>): void {
  i18next.addResourceBundle(language, 'translation', texts, false, true);
}
