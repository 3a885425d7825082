/** A transcript file against what its script answers now. */
import { runScript, ScriptRefusal } from './answer';
import { parseScript, type ScriptError } from './script';

/** The file as it should be. */
export function retell(text: string): { text: string } | { problem: ScriptError } {
  const blocks = parseScript(text);
  if (!Array.isArray(blocks)) return { problem: blocks };
  try {
    return { text: runScript(blocks).text };
  } catch (refusal) {
    if (!(refusal instanceof ScriptRefusal)) throw refusal;
    return { problem: { line: refusal.line, message: refusal.message } };
  }
}

/** Number of the first line that differs, with both versions. */
export function firstDifference(before: string, now: string): string {
  const [old, fresh] = [before.split('\n'), now.split('\n')];
  let i = 0;
  while (i < old.length && old[i] === fresh[i]) i += 1;
  return `line ${i + 1}: the file has "${old[i] ?? ''}", the script answers "${fresh[i] ?? ''}"`;
}
