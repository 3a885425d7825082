/** Lights every sight of the task under the pointer or the focus, as HoverLight does with requests. */
import { useEffect, useState } from 'react';

/** `picked`: a task that is lit as long as its card is open. */
export function TaskLight({ picked }: { picked: string | undefined }) {
  const [task, setTask] = useState<string | undefined>(undefined);
  useEffect(() => {
    const onOver = (event: Event) => {
      const element = event.target instanceof Element ? event.target.closest('[data-task]') : null;
      setTask(element?.getAttribute('data-task') ?? undefined);
    };
    document.addEventListener('pointerover', onOver);
    document.addEventListener('focusin', onOver);
    return () => {
      document.removeEventListener('pointerover', onOver);
      document.removeEventListener('focusin', onOver);
    };
  }, []);
  const lit = [...new Set([task, picked])].filter(
    // Names of znodes may be anything; only plain ones get into the selector.
    (name): name is string => name !== undefined && /^[\w.-]+$/.test(name),
  );
  if (lit.length === 0) return null;
  const selector = lit.map((name) => `[data-task="${name}"]`).join(', ');
  return (
    <style>{`${selector} { box-shadow: 0 0 0 2px var(--accent); border-radius: 6px; }`}</style>
  );
}
