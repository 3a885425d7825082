/** A caption told as a tale, where the tale has a sentence for it; else it stays as it is. */
import type { Phrase, Value } from './captionTypes';

/**
 * @param has Whether the catalogue has a key, in the form that these values ask for. While the tale's texts are on
 *   their way it has none.
 */
export function asTale<P extends Phrase>(
  caption: P,
  has: (key: string, values: Readonly<Record<string, Value>>) => boolean,
): P {
  return has(taleKey(caption.key), caption.values) ? told(caption) : caption;
}

/** The sentence and the phrases in it: who is who is a matter of the tale, too. */
function told<P extends Phrase>(phrase: P): P {
  const values: Record<string, Value> = {};
  for (const [name, value] of Object.entries(phrase.values)) {
    values[name] = typeof value === 'object' && isProcess(value) ? told(value) : value;
  }
  return { ...phrase, key: taleKey(phrase.key), values };
}

function isProcess({ key }: Phrase): boolean {
  return /^caption\.whom?\.(leader|follower|server|client)$/.test(key);
}

function taleKey(key: string): string {
  return key.replace(/^caption\./, 'tale.');
}
