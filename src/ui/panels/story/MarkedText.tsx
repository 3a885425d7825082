/** A text of a story in the language of the page, its marks as type. */
import { useTranslation } from 'react-i18next';
import type { Text } from '../../../scenarios/scenario';
import { markedParts, textOf } from './storyText';

/** A name of so many characters is not broken at its hyphen: `m-1`, `ephemeralOwner`. */
const WHOLE_MAX = 16;

export function MarkedText({ text }: { text: Text }) {
  const { i18n } = useTranslation();
  return markedParts(textOf(text, i18n.language)).map((part, i) => {
    // biome-ignore-start lint/suspicious/noArrayIndexKey: a part is told apart by its place alone
    if (part.mark === 'code') {
      return (
        <code key={i} data-whole={part.text.length <= WHOLE_MAX || undefined}>
          {part.text}
        </code>
      );
    }
    if (part.mark === 'stress') return <em key={i}>{part.text}</em>;
    return <span key={i}>{part.text}</span>;
    // biome-ignore-end lint/suspicious/noArrayIndexKey: a part is told apart by its place alone
  });
}
