/**
 * Hosts one machine: keeps its agenda, hands it one event after the other and
 * collects what it asks for. Lives in the world's own thread or in a Worker; the
 * result is the same to the bit, because keys alone decide the order.
 */
import { assert } from '../../base/assert';
import { type AgendaItem, compareKeys, popItem, pushItem } from '../../base/agenda';
import type {
  Advance,
  AdvanceResult,
  InboxItem,
  Machine,
  MachineEvent,
  ProcessSpec,
} from '../../bridge/process';
import type { ZnodesPage, ZnodesWish } from '../../bridge/znodeViews';
import { headEntry } from './headEntry';
import { type MachineTable, machineOf } from './machineTable';
import { ShellEffects } from './shellEffects';
import {
  type AgendaValue,
  emptyOutput,
  initialShell,
  type SectionChanges,
  type ShellState,
} from './shellState';
import { cleanTop, isDeadDelivery, rekeyOverdue } from './shellTimers';

export interface ProcessShell {
  readonly state: ShellState;
  // biome-ignore lint/suspicious/noExplicitAny: the shell keeps the state and never reads it
  readonly machine: Machine<ProcessSpec, any>;
  readonly effects: ShellEffects;
  /** Checks the machine's invariants after each event. */
  readonly invariants: boolean;
}

/** A process about to start: its first event is the start. */
export function createShell(
  spec: ProcessSpec,
  machines: MachineTable,
  invariants = false,
): ProcessShell {
  return shellOf(initialShell(spec), machines, invariants);
}

/** A shell around a state, as a fork makes it; takes the state over. */
export function shellOf(
  state: ShellState,
  machines: MachineTable,
  invariants: boolean,
): ProcessShell {
  const machine = machineOf(machines, state.spec);
  return { state, machine, effects: new ShellEffects(state), invariants };
}

/**
 * The inbox (in the order of its keys) enters the agenda, then events happen
 * while their time is below `until`, at most `maxEvents`. A paused process does
 * nothing but resume. After its exit a process must not be advanced.
 */
export function advanceShell(shell: ProcessShell, advance: Advance): AdvanceResult {
  const { state, effects } = shell;
  assert(state.exit === undefined, 'a process that ended is not advanced');
  effects.output = emptyOutput();
  const { output } = effects;
  const { inbox, until, maxEvents } = advance;
  let next = takeIn(state, inbox);
  let events = 0;
  while (events < maxEvents && state.exit === undefined) {
    if (state.paused) {
      const resume = state.resumes[0];
      if (resume === undefined || resume.time >= until) break;
      state.resumes.shift();
      for (; next < inbox.length; next += 1) pushItem(state.agenda, inbox[next] as InboxItem);
      events += 1;
      handle(shell, resume);
      continue;
    }
    while (next < inbox.length && isDeadDelivery(state, (inbox[next] as InboxItem).value))
      next += 1;
    const top = cleanTop(state);
    const arrived = inbox[next];
    let item: AgendaItem<AgendaValue> | undefined = top;
    if (arrived !== undefined && (top === undefined || compareKeys(arrived, top) < 0)) {
      item = arrived;
    }
    if (item === undefined || item.time >= until) break;
    if (item === arrived) next += 1;
    else popItem(state.agenda);
    events += 1;
    handle(shell, item);
  }
  for (; next < inbox.length; next += 1) pushItem(state.agenda, inbox[next] as InboxItem);
  const result: AdvanceResult = {
    process: state.name,
    incarnation: state.spec.incarnation,
    events,
    outbox: output.outbox,
    diskOps: output.diskOps,
    trace: output.trace,
    hashes: output.hashes,
    sections: advance.project || state.exit !== undefined ? projectDirty(shell) : NO_SECTIONS,
    next: nextKey(state),
  };
  if (state.exit !== undefined) noteExit(state, result);
  return result;
}

/** Shared by all results without sections; never written to. */
const NO_SECTIONS: SectionChanges = Object.freeze({}) as SectionChanges;

/** A stretch of a server's znodes; undefined for what is none, or has not begun. */
export function znodesOf(shell: ProcessShell, wish: ZnodesWish): ZnodesPage | undefined {
  const { machine } = shell.state;
  return machine === undefined ? undefined : shell.machine.znodes?.(machine, wish);
}

/** The sections touched since the last time, as they are now. */
export function projectDirty(shell: ProcessShell): SectionChanges {
  const { dirty, machine } = shell.state;
  const sections: SectionChanges = {};
  for (const name in dirty) {
    if (dirty[name] !== 1) continue;
    dirty[name] = 0;
    sections[name] = shell.machine.project(machine, name) ?? null;
  }
  return sections;
}

/**
 * Orders to resume go into a list of their own. Returns how many items of the
 * inbox are in the agenda already: none, as a rule, since they are in order and
 * can be merged; all, when the process is paused.
 */
function takeIn(state: ShellState, inbox: readonly InboxItem[]): number {
  let hasResume = false;
  for (const item of inbox) if (item.value.type === 'resume') hasResume = true;
  if (!hasResume && !state.paused) return 0;
  for (const item of inbox) {
    if (item.value.type === 'resume') state.resumes.push(item);
    else pushItem(state.agenda, item);
  }
  return inbox.length;
}

function nextKey(state: ShellState): AdvanceResult['next'] {
  const top = state.paused ? state.resumes[0] : cleanTop(state);
  if (top === undefined) return undefined;
  return { time: top.time, class: top.class, origin: top.origin, n: top.n };
}

/** One event: its head entry, then what the machine makes of it, then the hashes of all that. */
function handle(shell: ProcessShell, item: AgendaItem<AgendaValue>): void {
  const { state, effects, machine } = shell;
  const event = eventOf(state, item);
  const id = effects.nextId();
  if (typeof event === 'string') {
    effects.begin({
      id,
      at: item.time,
      process: state.name,
      type: event === 'start' ? 'start' : 'command',
      head: true,
      ...(event === 'start' ? {} : { name: event }),
    });
    if (event === 'start') state.machine = machine.start(state.spec, effects);
    else if (event === 'pause') state.paused = true;
    else {
      state.paused = false;
      rekeyOverdue(state, item.time);
    }
  } else {
    noteConnection(state, event);
    effects.begin(headEntry(event, id, item.time, state.name, item.origin, item.n));
    machine.step(state.machine, event, effects);
  }
  effects.finish();
  if (shell.invariants && state.exit === undefined) machine.check(state.machine);
}

/** The machine's event, or the shell's own word for what the machine does not see as one. */
function eventOf(
  state: ShellState,
  item: AgendaItem<AgendaValue>,
): MachineEvent | 'start' | 'pause' | 'resume' {
  const { value } = item;
  switch (value.type) {
    case 'start':
    case 'pause':
    case 'resume':
      return value.type;
    case 'timer': {
      const timer = state.timers[value.name];
      assert(timer !== undefined, 'a timer that goes off has a record');
      delete state.timers[value.name];
      return { type: 'local', work: { timer: value.name, data: timer.data } };
    }
    default:
      return value;
  }
}

/** Keeps the table of this process's ends of connections. */
function noteConnection(state: ShellState, event: MachineEvent): void {
  switch (event.type) {
    case 'connect':
      state.ends[event.conn] = {
        channel: event.channel,
        peer: event.from,
        origin: `${event.conn}<`,
        sent: 0,
        state: 'asked',
      };
      break;
    case 'accepted':
      (state.ends[event.conn] as { state: string }).state = 'open';
      break;
    case 'refused':
    case 'closed':
      delete state.ends[event.conn];
      break;
    default:
  }
}

/** What ended takes nothing with it but connects that it never saw: those find nobody. */
function noteExit(state: ShellState, result: AdvanceResult): void {
  result.exit = state.exit;
  result.next = undefined;
  const undelivered: InboxItem[] = [];
  for (;;) {
    const item = popItem(state.agenda);
    if (item === undefined) break;
    if (item.value.type === 'connect') undelivered.push(item as InboxItem);
  }
  result.undelivered = undelivered;
}
