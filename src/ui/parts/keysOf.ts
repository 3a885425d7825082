/** A key for each item of a list in which the same thing may stand more than once. */
export function keysOf<T>(items: readonly T[], nameOf: (item: T) => string): string[] {
  const seen = new Map<string, number>();
  return items.map((item) => {
    const name = nameOf(item);
    const count = seen.get(name) ?? 0;
    seen.set(name, count + 1);
    return count === 0 ? name : `${name}#${count}`;
  });
}
