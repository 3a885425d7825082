/**
 * The agenda of one process: what is to happen to it, in the order of its keys.
 *
 * Key of an event inside one process: (time, class, origin, n). Class 0 is a
 * command, 1 something overdue from a pause (n is its rank then), 2 a delivery
 * (origin: connection and direction, n: number of the message there), 3 local
 * work (n: the process's own counter). No two keys of one process are equal.
 */

export const CLASS_COMMAND = 0;
export const CLASS_OVERDUE = 1;
export const CLASS_DELIVERY = 2;
export const CLASS_LOCAL = 3;

export interface EventKey {
  /** Virtual time, microseconds. */
  time: number;
  class: number;
  origin: string;
  n: number;
}

export interface AgendaItem<T> extends EventKey {
  value: T;
}

/** A binary heap, smallest key first, kept in an array so that it survives a structured clone. */
export type Agenda<T> = AgendaItem<T>[];

/** Negative when `a` happens before `b`. */
export function compareKeys(a: EventKey, b: EventKey): number {
  if (a.time !== b.time) return a.time - b.time;
  if (a.class !== b.class) return a.class - b.class;
  if (a.origin !== b.origin) return a.origin < b.origin ? -1 : 1;
  return a.n - b.n;
}

export function pushItem<T>(agenda: Agenda<T>, item: AgendaItem<T>): void {
  let i = agenda.length;
  agenda.push(item);
  while (i > 0) {
    const parent = (i - 1) >> 1;
    const above = agenda[parent] as AgendaItem<T>;
    if (compareKeys(above, item) <= 0) break;
    agenda[i] = above;
    i = parent;
  }
  agenda[i] = item;
}

/** Takes the item with the smallest key; undefined when empty. */
export function popItem<T>(agenda: Agenda<T>): AgendaItem<T> | undefined {
  const top = agenda[0];
  const last = agenda.pop();
  if (top === undefined || last === undefined || agenda.length === 0) return top;
  let i = 0;
  for (;;) {
    let child = 2 * i + 1;
    if (child >= agenda.length) break;
    const right = child + 1;
    if (
      right < agenda.length &&
      compareKeys(agenda[right] as AgendaItem<T>, agenda[child] as AgendaItem<T>) < 0
    ) {
      child = right;
    }
    const below = agenda[child] as AgendaItem<T>;
    if (compareKeys(last, below) <= 0) break;
    agenda[i] = below;
    i = child;
  }
  agenda[i] = last;
  return top;
}
