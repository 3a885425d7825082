/** Arithmetic of a list of which only a window is drawn. */

export interface ListWindow {
  first: number;
  count: number;
}

/** Rows drawn above and below what is seen. */
const MARGIN = 6;
/** The window moves by so many rows at once: small scrolls draw nothing anew. */
const STRIDE = 4;

/** `top`: pixels that are scrolled away. `first` may be followed by fewer rows than `count`. */
export function windowOf(top: number, height: number, rowHeight: number): ListWindow {
  const seen = Math.floor(Math.max(0, top) / rowHeight / STRIDE) * STRIDE;
  const first = Math.max(0, seen - MARGIN);
  return { first, count: Math.ceil(height / rowHeight) + STRIDE + 2 * MARGIN };
}

/** The row that a key leads to from row `from`; undefined for keys that lead nowhere. */
export function stepOf(
  key: string,
  from: number,
  rowsSeen: number,
  total: number,
): number | undefined {
  const page = Math.max(1, rowsSeen - 1);
  const by: Readonly<Record<string, number>> = {
    ArrowUp: -1,
    ArrowDown: 1,
    PageUp: -page,
    PageDown: page,
    Home: -total,
    End: total,
  };
  const step = by[key];
  if (step === undefined || total === 0) return undefined;
  return Math.max(0, Math.min(total - 1, from + step));
}
