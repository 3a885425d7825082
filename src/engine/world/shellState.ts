/**
 * What a shell remembers between two advances: the agenda of its process, its
 * timers, its ends of connections and its counters. Plain data, so that a fork
 * can copy it; the machine's own state is in it too.
 */
import { type Agenda, CLASS_COMMAND } from '../../base/agenda';
import { firstTraceId, type TraceId } from '../../base/traceId';
import type { Section } from '../../bridge/frame';
import { processIndex, type ConnId, type ProcessName } from '../../bridge/names';
import type {
  ConnectionOp,
  DiskOp,
  InboxItem,
  OutMessage,
  ProcessSpec,
} from '../../bridge/process';
import type { TraceEntry } from '../../bridge/traceEntry';
import type { ConnectionKind } from '../../zk/packets';
import { hashSeed } from './traceHash';

/** One item of the agenda; `start` and `timer` are the shell's own words. */
export type AgendaValue =
  | InboxItem['value']
  | { type: 'start' }
  | { type: 'timer'; name: string; id: number };

/**
 * A named timer. Extending it only moves `due`: its item in the agenda stays
 * where it is and is pushed again, silently, when it comes up too early.
 */
export interface ShellTimer {
  /** False after clearTimer, or once it went off, while an old item is still in the agenda. */
  active: boolean;
  due: number;
  /** `n` of its key, drawn at setTimer. */
  id: number;
  data: unknown;
  /** Time and id of the one item that stands for it in the agenda; older ones are void. */
  queuedAt: number;
  queuedId: number;
}

/** This process's end of a connection. */
export interface ShellEnd {
  channel: ConnectionKind;
  peer: ProcessName;
  /** Connection and direction, as in message ids: `<conn>>` for the opener, `<conn><` for the other. */
  origin: string;
  /** Messages sent; number 0 is the SYN or the ACCEPT. */
  sent: number;
  state: 'opening' | 'asked' | 'open';
}

export interface ShellState {
  spec: ProcessSpec;
  name: ProcessName;
  firstId: TraceId;
  /** What its entries' hashes begin with. */
  hashSeed: number;
  /** Entries written so far. */
  entries: number;
  agenda: Agenda<AgendaValue>;
  /** Orders to resume, oldest first; the only thing a paused process looks at. */
  resumes: InboxItem[];
  paused: boolean;
  /** Counter for keys of local work. */
  localN: number;
  connectionsOpened: number;
  timers: Record<string, ShellTimer>;
  ends: Record<ConnId, ShellEnd>;
  /** Draws made so far, by purpose. */
  draws: Record<string, number>;
  /** Sections touched since they were projected last: 1, or 0. */
  dirty: Record<string, number>;
  exit?: { code: number; reason: string };
  /** The machine's; undefined before the start event. */
  machine: unknown;
}

/** What has piled up in one advance. */
export interface ShellOutput {
  outbox: (OutMessage | ConnectionOp)[];
  diskOps: { at: number; op: DiskOp }[];
  trace: TraceEntry[];
  hashes: number[];
}

export function emptyOutput(): ShellOutput {
  return { outbox: [], diskOps: [], trace: [], hashes: [] };
}

/** A process about to start: its first event, at `spec.startAt`, is the start itself. */
export function initialShell(spec: ProcessSpec): ShellState {
  return {
    spec,
    name: spec.name,
    firstId: firstTraceId(processIndex(spec.name), spec.incarnation),
    hashSeed: hashSeed(spec.name, spec.incarnation),
    entries: 0,
    agenda: [
      { time: spec.startAt, class: CLASS_COMMAND, origin: '', n: 0, value: { type: 'start' } },
    ],
    resumes: [],
    paused: false,
    localN: 0,
    connectionsOpened: 0,
    timers: {},
    ends: {},
    draws: {},
    dirty: {},
    machine: undefined,
  };
}

export type SectionChanges = Record<string, Section | null>;
