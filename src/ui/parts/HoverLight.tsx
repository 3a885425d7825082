/**
 * Lights every sight of the request under the pointer or the focus, anywhere on
 * the page. One rule in one style element: no component has to draw again.
 */
import { useEffect, useState } from 'react';

export function HoverLight() {
  const [key, setKey] = useState<string | undefined>(undefined);
  useEffect(() => {
    const onOver = (event: Event) => {
      const element = event.target instanceof Element ? event.target.closest('[data-req]') : null;
      setKey(element?.getAttribute('data-req') ?? undefined);
    };
    document.addEventListener('pointerover', onOver);
    document.addEventListener('focusin', onOver);
    return () => {
      document.removeEventListener('pointerover', onOver);
      document.removeEventListener('focusin', onOver);
    };
  }, []);
  // Only what requestKey makes gets into the selector.
  if (key === undefined || !/^[0-9a-f]+\.-?\d+$/.test(key)) return null;
  return (
    <style>{`[data-req="${key}"] { border-color: var(--ink); box-shadow: 0 0 0 2px var(--accent); }`}</style>
  );
}
