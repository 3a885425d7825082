/** The keys of a story while one is open: Enter and n lead on, b looks back. */
import { useEffect } from 'react';
import { backStep, nextStep } from '../../store/story';

export function useStoryKeys(): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      if (isTaken(event)) return;
      if (event.key === 'Enter' || event.key === 'n') nextStep();
      else if (event.key === 'b') backStep();
      else return;
      event.preventDefault();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}

/** Whatever is typed into, and what Enter presses itself. A picked choice is no text: letters pass. */
function isTaken(event: KeyboardEvent): boolean {
  if (!(event.target instanceof Element)) return false;
  const isTyped = 'textarea, select, dialog, [role=dialog], [role=menu], input:not([type=radio])';
  if (event.target.closest(isTyped) !== null) return true;
  if (event.key !== 'Enter') return false;
  return event.target.closest('button, a, summary, input, [role=tab], [role=button]') !== null;
}
