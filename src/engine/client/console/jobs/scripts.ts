/**
 * Commands of many calls, each of which depends on those before. A command is
 * written as a generator, which cannot be kept in a state; so the answers are
 * kept, and at each new one the generator runs through all of them again.
 *
 * Source: SetQuotaCommand.java, DelQuotaCommand.java, ListQuotaCommand.java.
 */
import { runDelQuota, runListQuota, runSetQuota } from './quotaScripts';
import { type Script, type ScriptArgs, ScriptError } from './script';
import { type Answer, error, type JobLine, type JobStep, over } from './step';
import { errorText } from '../formats/texts';

const SCRIPTS = { setquota: runSetQuota, delquota: runDelQuota, listquota: runListQuota };

export interface ScriptJob {
  type: 'script';
  name: keyof typeof SCRIPTS;
  args: ScriptArgs;
  answers: Answer[];
  /** Lines that are out already. */
  printed: number;
}

export function scriptJob(name: ScriptJob['name'], args: ScriptArgs): ScriptJob {
  return { type: 'script', name, args, answers: [], printed: 0 };
}

export function beginScript(job: ScriptJob): JobStep {
  return run(job);
}

export function continueScript(job: ScriptJob, answer: Answer): JobStep {
  job.answers.push(answer);
  return run(job);
}

/** The one place where the exceptions of a script become lines. */
function run(job: ScriptJob): JobStep {
  const lines: JobLine[] = [];
  try {
    const script: Script = SCRIPTS[job.name](job.args, lines);
    let next = script.next();
    for (const answer of job.answers) next = script.next(answer);
    if (next.done !== true) return fresh(job, { lines, requests: [{ body: next.value }] });
    return fresh(job, over(lines, 0));
  } catch (thrown) {
    if (!(thrown instanceof ScriptError)) throw thrown;
    const { fault } = thrown;
    if (fault.type === 'dies') {
      return fresh(job, { lines, requests: [], exitCode: 1, dies: fault.exception });
    }
    const text = fault.type === 'keeper' ? errorText(fault.err, fault.path) : fault.message;
    return fresh(job, over([...lines, error(text)], 1));
  }
}

/** Without the lines that are out already. */
function fresh(job: ScriptJob, step: JobStep): JobStep {
  const { lines } = step;
  const from = job.printed;
  job.printed = lines.length;
  return { ...step, lines: lines.slice(from) };
}
