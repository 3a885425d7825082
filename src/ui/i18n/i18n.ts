/** The one catalogue of texts: English, merged from the records beside this file. */
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { ENGLISH } from './english';

/** Synchronous, because the texts are part of the page; call once, before the page is drawn. */
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
  });
}
