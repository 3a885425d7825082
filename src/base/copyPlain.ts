/** A deep copy of plain data in which chosen parts are not copied. */

/**
 * Objects that are met twice are one object in the copy too, as after a structured clone.
 * `known`: what stands for an object in the copy; all that is copied is added to it.
 * Circles are allowed; functions, classes and Maps are not looked for.
 */
export function copyPlain<T>(value: T, known: Map<object, unknown>): T {
  if (typeof value !== 'object' || value === null) return value;
  const found = known.get(value);
  if (found !== undefined) return found as T;
  if (Array.isArray(value)) {
    const list: unknown[] = value.slice();
    known.set(value, list);
    for (let i = 0; i < list.length; i += 1) {
      const item = list[i];
      if (typeof item === 'object' && item !== null) list[i] = copyPlain(item, known);
    }
    return list as T;
  }
  const record: Record<string, unknown> = {};
  known.set(value, record);
  for (const key in value) {
    const item = value[key];
    record[key] = typeof item === 'object' && item !== null ? copyPlain(item, known) : item;
  }
  return record as T;
}
