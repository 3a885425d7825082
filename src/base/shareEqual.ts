/** Keeps what is the same the same object, so that whoever compares by identity sees what really changed. */

/**
 * `now`, with each part that equals its counterpart in `before` (by place in an array, by name in a record)
 * replaced by that counterpart; `before` itself when all is equal. Plain data without circles only. Neither is
 * written to.
 */
export function shareEqual<T>(before: T, now: T): T {
  if (Object.is(before, now)) return before;
  if (Array.isArray(before) && Array.isArray(now)) return shareArrays(before, now) as T;
  if (isRecord(before) && isRecord(now)) return shareRecords(before, now) as T;
  return now;
}

function shareArrays(before: readonly unknown[], now: readonly unknown[]): readonly unknown[] {
  const parts = now.map((part, i) => (i < before.length ? shareEqual(before[i], part) : part));
  const isSame = before.length === now.length && parts.every((part, i) => part === before[i]);
  return isSame ? before : parts;
}

type PlainRecord = Readonly<Record<string, unknown>>;

function shareRecords(before: PlainRecord, now: PlainRecord): PlainRecord {
  const names = Object.keys(now);
  let isSame = names.length === Object.keys(before).length;
  const parts: Record<string, unknown> = {};
  for (const name of names) {
    const isKnown = name in before;
    const part = isKnown ? shareEqual(before[name], now[name]) : now[name];
    if (!isKnown || part !== before[name]) isSame = false;
    parts[name] = part;
  }
  return isSame ? before : parts;
}

function isRecord(value: unknown): value is PlainRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
