/**
 * The named timers of a process. Running ones are extended thousands of times
 * for each time one goes off, so an extension costs neither an event nor a push.
 */
import { assert } from '../../base/assert';
import {
  type AgendaItem,
  CLASS_COMMAND,
  CLASS_LOCAL,
  CLASS_OVERDUE,
  popItem,
  pushItem,
} from '../../base/agenda';
import type { AgendaValue, ShellState } from './shellState';

/** Starts or restarts the timer; it goes off at `due`, microseconds, with a key drawn now. */
export function setShellTimer(s: ShellState, name: string, due: number, data: unknown): void {
  s.localN += 1;
  const id = s.localN;
  const timer = s.timers[name];
  if (timer === undefined) {
    s.timers[name] = { active: true, due, id, data, queuedAt: due, queuedId: id };
    pushTimer(s, name, due, id);
    return;
  }
  timer.active = true;
  timer.due = due;
  timer.id = id;
  timer.data = data;
  if (timer.queuedAt <= due) return;
  timer.queuedAt = due;
  timer.queuedId = id;
  pushTimer(s, name, due, id);
}

/** The item in the agenda stays, void, and serves the next setTimer of that name. */
export function clearShellTimer(s: ShellState, name: string): void {
  const timer = s.timers[name];
  if (timer !== undefined) timer.active = false;
}

/**
 * Brings a true event to the top of the agenda: takes away void items of timers,
 * pushes extended ones again, and drops deliveries on connections that this
 * process has closed. None of that is an event, so when it is done cannot be seen.
 */
export function cleanTop(s: ShellState): AgendaItem<AgendaValue> | undefined {
  for (;;) {
    const top = cleanTimers(s);
    if (top === undefined || !isDeadDelivery(s, top.value)) return top;
    popItem(s.agenda);
  }
}

/** Likewise for timers alone: what looks dead may follow a connect that is still to happen. */
function cleanTimers(s: ShellState): AgendaItem<AgendaValue> | undefined {
  for (;;) {
    const top = s.agenda[0];
    if (top === undefined) return undefined;
    const value = top.value;
    if (value.type === 'timer') {
      const timer = s.timers[value.name];
      if (timer !== undefined && timer.queuedId === value.id) {
        if (timer.active && timer.id === value.id) return top;
        popItem(s.agenda);
        if (!timer.active) delete s.timers[value.name];
        else {
          timer.queuedAt = timer.due;
          timer.queuedId = timer.id;
          pushTimer(s, value.name, timer.due, timer.id);
        }
      } else popItem(s.agenda);
    } else return top;
  }
}

/** It came on a connection whose end here is closed. */
export function isDeadDelivery(s: ShellState, value: AgendaValue): boolean {
  switch (value.type) {
    case 'message':
    case 'accepted':
    case 'refused':
    case 'closed':
      return s.ends[value.conn] === undefined;
    default:
      return false;
  }
}

/**
 * What should have happened before `now` happens at `now`, in the order of the old
 * keys. Orders come first and keep their class: those given at `now` itself, behind
 * the resume, must not overtake them.
 */
export function rekeyOverdue(s: ShellState, now: number): void {
  const overdue: AgendaItem<AgendaValue>[] = [];
  for (;;) {
    const top = cleanTimers(s);
    if (top === undefined || top.time >= now) break;
    popItem(s.agenda);
    overdue.push(top);
  }
  for (let rank = 0; rank < overdue.length; rank += 1) {
    const item = overdue[rank] as AgendaItem<AgendaValue>;
    const { value } = item;
    if (item.class === CLASS_COMMAND) {
      pushItem(s.agenda, { time: now, class: CLASS_COMMAND, origin: '', n: item.n, value });
      continue;
    }
    if (value.type === 'timer') {
      const timer = s.timers[value.name];
      assert(timer !== undefined, 'a timer in the agenda has a record');
      timer.queuedAt = now;
      timer.due = now;
    }
    pushItem(s.agenda, { time: now, class: CLASS_OVERDUE, origin: '', n: rank, value });
  }
}

function pushTimer(s: ShellState, name: string, due: number, id: number): void {
  const value: AgendaValue = { type: 'timer', name, id };
  pushItem(s.agenda, { time: due, class: CLASS_LOCAL, origin: '', n: id, value });
}
