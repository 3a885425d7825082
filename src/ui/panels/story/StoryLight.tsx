/** Outlines what the paragraph in focus speaks of, wherever on the page it is drawn. */
import { lookSelector } from './lookSelector';

export function StoryLight({ look }: { look: string | undefined }) {
  const selector = look === undefined ? undefined : lookSelector(look);
  if (selector === undefined) return null;
  return (
    <style>{`
      :is(${selector}) { outline: 2.5px solid var(--accent); outline-offset: 3px; border-radius: 10px; }
      /* A tree scrolls in its box, which would cut the outline. */
      :is(${selector})[role='tree'] { outline-offset: -2.5px; }
    `}</style>
  );
}
