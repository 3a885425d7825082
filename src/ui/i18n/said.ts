/** Sentences that carry their own English: of the engine, of the page about itself. */
import type { i18n } from 'i18next';
import type { Sentence, SentenceValue } from '../../bridge/sentences/sentence';

/** In the language of the page where its catalogue has the sentence; else as it came, in English. */
export function saidIn(
  { t, exists }: Pick<i18n, 't' | 'exists'>,
  { message, sentence }: { readonly message: string; readonly sentence?: Sentence | undefined },
): string {
  const put = ({ key, values }: Sentence): string => {
    const words: Record<string, string | number> = {};
    for (const [name, value] of Object.entries<SentenceValue>(values)) {
      words[name] = typeof value === 'object' ? put(value) : value;
    }
    return t(key, words);
  };
  return sentence !== undefined && exists(sentence.key) ? put(sentence) : message;
}
