/** The signs between words, clauses and sentences that are put together: each language has its own. */
import i18next from 'i18next';

type Kind = 'words' | 'clauses' | 'sentences';

const ENGLISH: Readonly<Record<Kind, string>> = { words: ', ', clauses: '; ', sentences: ' ' };
const CHINESE: Readonly<Record<Kind, string>> = { words: '、', clauses: '；', sentences: '' };

/** In the language of the page; whoever draws it is drawn anew when that changes. */
export function joined(kind: Kind, parts: readonly string[]): string {
  return parts.join((i18next.language === 'zh' ? CHINESE : ENGLISH)[kind]);
}
