/** Commands under way: their calls, and the lines that the answers make. */
import type { Effects } from '../../../bridge/process';
import type { ClientState } from '../clientState';
import { queuePacket } from '../library/clientCnxn';
import type { CallResult } from '../library/cnxnState';
import { type ConsoleState, pushLine, type Task } from './consoleState';
import { beginJob, continueJob, type Job } from './jobs/job';
import type { JobLine, JobStep } from './jobs/step';
import { die, type Entered, sayName } from './printing';

export function beginTask(client: ClientState, entered: Entered, job: Job, effects: Effects): void {
  const task: Task = { n: entered.n, line: entered.line, job, calls: [], isNamed: entered.isNamed };
  client.zkCli.tasks.push(task);
  runStep(client, task, beginJob(job), effects);
}

/** A call of a task ended. */
export function onTaskResult(client: ClientState, result: CallResult, effects: Effects): void {
  const { call, ...answer } = result;
  const task = client.zkCli.tasks.find(({ calls }) => calls.includes(call));
  if (task === undefined) return;
  task.calls.splice(task.calls.indexOf(call), 1);
  runStep(client, task, continueJob(task.job, answer), effects);
}

function runStep(client: ClientState, task: Task, step: JobStep, effects: Effects): void {
  const state = client.zkCli;
  for (const request of step.requests) {
    state.lastCall += 1;
    task.calls.push(state.lastCall);
    queuePacket(client.cnxn, { call: state.lastCall, ...request }, effects);
  }
  const isOver = step.exitCode !== undefined;
  if (isOver) {
    state.exitCode = step.exitCode as number;
    state.tasks.splice(state.tasks.indexOf(task), 1);
  }
  if (step.lines.length > 0 || isOver) printAnswer(state, task, step.lines, effects);
  if (step.dies !== undefined) die(state, effects, step.dies);
  effects.touch('console');
}

/** Output of a call. It names its command unless the last line typed is that command. */
function printAnswer(
  state: ConsoleState,
  task: Task,
  lines: readonly JobLine[],
  effects: Effects,
): void {
  if (task.n !== state.commandCount - 1) task.isNamed = true;
  if (task.isNamed) sayName(state, task, effects);
  for (const { kind, text } of lines) pushLine(state, effects.now, kind, text);
}
