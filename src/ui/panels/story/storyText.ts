/** Texts of stories: which language, and their two marks. */
import type { Text } from '../../../scenarios/scenario';

/** `language` as i18next names it; whatever is not Chinese is shown in English. */
export function textOf(text: Text, language: string): string {
  return language.startsWith('zh') ? text.zh : text.en;
}

export interface MarkedPart {
  mark: 'plain' | 'code' | 'stress';
  text: string;
}

/** A mark without its partner is a letter like any other. */
export function markedParts(text: string): MarkedPart[] {
  return text
    .split(/(`[^`]+`|\*[^*\s][^*]*\*)/)
    .filter((part) => part !== '')
    .map((part) => {
      if (/^`[^`]+`$/.test(part)) return { mark: 'code', text: part.slice(1, -1) };
      if (/^\*[^*\s][^*]*\*$/.test(part)) return { mark: 'stress', text: part.slice(1, -1) };
      return { mark: 'plain', text: part };
    });
}

/** Without its marks, for names and for searching. */
export function plainText(text: string): string {
  return markedParts(text)
    .map((part) => part.text)
    .join('');
}
