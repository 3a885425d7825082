/**
 * What a person or a scenario orders. One union, one text form (`commandText.ts`): the console's world
 * words, stories, recordings and transcripts share it.
 */
import type { Sid } from '../zk/ids';
import type { ConnectionKind } from '../zk/packets';
import type { ProcessName } from './names';
import type { AppSettings, TaskOrder } from './app';
import type { LibraryAction, ProbeAction } from './process';
import type { Sentence } from './sentences/sentence';

export type Command =
  | { type: 'crash' | 'restart' | 'pause' | 'resume' | 'wipe'; process: ProcessName }
  | { type: 'freeze' | 'thaw' | 'step'; process: ProcessName; thread: string }
  | {
      type: 'disk';
      process: ProcessName;
      fault: 'ok' | 'slow' | 'fail-append' | 'fail-fsync' | 'full';
      /** Added to each fsync, with `slow`. */
      ms?: number;
    }
  /** Cuts `a` to `b`, and `b` to `a` unless oneway; all channels unless one is named. */
  | { type: 'cut'; a: ProcessName; b: ProcessName; channel?: ConnectionKind; oneway?: boolean }
  /** Without ends: everything, partitions too. */
  | { type: 'heal'; a?: ProcessName; b?: ProcessName }
  /** Across groups: cut, refuse and discard; at the heal the old connections are reset. */
  | { type: 'partition'; groups: ProcessName[][] }
  /** `only`: from the first message of that kind on; what follows it waits behind it. */
  | { type: 'hold'; a: ProcessName; b: ProcessName; channel: ConnectionKind; only?: string }
  | { type: 'release'; a: ProcessName; b: ProcessName; channel: ConnectionKind }
  /** Delivers this message now, and those before it. */
  | { type: 'deliver'; message: string }
  | { type: 'latency'; a: ProcessName; b: ProcessName; ms: number; jitterMs?: number }
  | { type: 'reset'; a: ProcessName; b: ProcessName; channel: ConnectionKind }
  | {
      type: 'client';
      letter: string;
      hosts: Sid[];
      timeoutMs?: number;
      /** Path in front of all that it names. */
      chroot?: string;
      /** A read-only server will do. */
      readOnly?: boolean;
      /** zkCli with this command among its arguments. */
      batch?: string[];
    }
  /** A line at the console of client `letter`. */
  | { type: 'zk'; letter: string; line: string }
  /** What a program asks of the client library of `letter`. */
  | { type: 'library'; letter: string; action: LibraryAction }
  /** A four-letter word to a server; the console of `letter`, or of the first client, prints the answer. */
  | { type: '4lw'; process: ProcessName; word: string; letter?: string; argument?: string }
  /** Begins a process of the application. */
  | { type: 'app'; settings: AppSettings }
  /** A task client submits a task. */
  | { type: 'submit'; process: ProcessName; task: TaskOrder }
  /** The task that a worker runs now fails. */
  | { type: 'fail'; process: ProcessName }
  /** A storage checks tokens from now on, or no longer. */
  | { type: 'fencing'; process: ProcessName; on: boolean }
  | { type: 'set'; process: ProcessName; key: string; value: string }
  /** Raw protocol connections, for the conformance runner. */
  | { type: 'probe'; process: ProcessName; action: ProbeAction };

/** A command with its place: virtual time (us) and number of events before it. */
export interface RecordedCommand {
  at: number;
  event: number;
  command: Command;
}

/** Why a command was refused; nothing happened. */
export interface CommandError {
  /** One sentence that names what was wrong. */
  message: string;
  /** The same, for other languages. */
  sentence?: Sentence;
  /** The word of the text form that it is about, when it came as text. */
  place?: string;
}
