/** What is out of the ordinary on the link between two processes. */
import type { LinkView } from '../../../../bridge/frame';

export interface LinkFault {
  /** From the first named to the second. */
  forth: boolean;
  back: boolean;
  kind: 'cut' | 'partitioned' | 'held';
}

/** The gravest fault between `a` and `b`, over all channels: partitions before cuts before holds. */
export function faultBetween(
  links: readonly LinkView[],
  a: string,
  b: string,
): LinkFault | undefined {
  for (const kind of ['partitioned', 'cut', 'held'] as const) {
    const has = (from: string, to: string) =>
      links.some((link) => link.from === from && link.to === to && link[kind]);
    const forth = has(a, b);
    const back = has(b, a);
    if (forth || back) return { forth, back, kind };
  }
  return undefined;
}

/** Key of the catalogue and its values for a fault's label. */
export function faultText(
  fault: LinkFault,
  a: string,
  b: string,
): { key: string; values: { a: string; b: string } } {
  const [from, to] = fault.forth ? [a, b] : [b, a];
  if (fault.kind === 'partitioned') return { key: 'stage.partitioned', values: { a, b } };
  if (fault.kind === 'held') return { key: 'stage.held', values: { a: from, b: to } };
  return fault.forth && fault.back
    ? { key: 'stage.cutBoth', values: { a, b } }
    : { key: 'stage.cutOne', values: { a: from, b: to } };
}
