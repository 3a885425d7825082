/**
 * A play of the whole application, on one server unless said otherwise: masters, workers, task clients and a storage, ordered
 * by lines of text as a person writes them. Sessions have 4 s.
 */
import { assert } from '../../base/assert';
import type { AppTrace, AppTraceName } from '../../bridge/app';
import { isCommandError, parseCommand } from '../../bridge/commandText';
import type { ProcessName } from '../../bridge/names';
import type { TraceEntry } from '../../bridge/traceEntry';
import type { Submission, TaskClientState } from '../apps/taskClientState';
import type { WorkerState } from '../apps/workerState';
import { isApp, Stage, type Style } from './appStage.test-support';
import { passUntil, sidsOf } from './ensemble.test-support';

export class Play extends Stage {
  /** A storage with or without fencing, one master, workers `w-1` to `w-n`, task client `c-1`. */
  constructor(style: Style, workers = 2, fencing = false, servers = 1) {
    super(style, servers);
    this.say(`app storage s-1${fencing ? ' fencing' : ''}`);
    this.begin('master', 'm-1');
    for (let n = 1; n <= workers; n += 1) this.begin('worker', `w-${n}`);
    this.begin('taskclient', 'c-1');
    this.pass(500);
  }

  begin(role: string, id: string, more = ''): void {
    const storage = role === 'taskclient' ? '' : ' storage s-1';
    const style = this.style === 'hardened' ? ' hardened' : '';
    const hosts = sidsOf(this.e).join(',');
    this.say(`app ${role} ${id} ${hosts} 4000${style}${storage} ${more}`);
    this.pass(300);
  }

  say(line: string): void {
    const command = parseCommand(line);
    assert(!isCommandError(command), `a command: ${line}`);
    this.give(command);
  }

  /** Lets time pass, event by event, until somebody writes that entry. */
  until<Name extends AppTraceName>(name: Name, process?: string): AppTrace[Name] {
    return this.untilEntry(
      (entry) => isApp(entry, name) && (process === undefined || entry.process === process),
    ).detail as unknown as AppTrace[Name];
  }

  untilEntry(is: (entry: TraceEntry) => boolean): TraceEntry {
    return passUntil(this.e, is);
  }

  /** The worker that begins the next run, as `worker w-1`. */
  untilBegin(): { worker: string; task: string } {
    const entry = this.untilEntry((found) => isApp(found, 'begin'));
    return { worker: entry.process, task: (entry.detail as AppTrace['begin']).task };
  }

  workerState(name: string): WorkerState {
    const machine = this.e.run.shells[name as ProcessName]?.state.machine as WorkerState;
    assert(machine !== undefined, `${name} runs`);
    return machine;
  }

  client(name = 'taskclient c-1'): TaskClientState {
    return this.e.run.shells[name as ProcessName]?.state.machine as TaskClientState;
  }

  submission(n = 1): Submission {
    return this.client().submissions[n - 1] as Submission;
  }

  /** `by outcome` of the effects that the storage was asked for, oldest first. */
  effects(): string[] {
    return this.storage()
      .rows.filter(({ what }) => what === 'effect')
      .map(({ by, outcome }) => `${by} ${outcome}`);
  }
}

export function other(worker: string): string {
  return worker === 'worker w-1' ? 'worker w-2' : 'worker w-1';
}
