/**
 * `npm run play -- FILE [--trace OUT.jsonl]`: runs a recording (`*.json`) or a
 * transcript script (`*.txt`) without a page and prints events, virtual time,
 * checks and fingerprint. Exit status 1 when a check broke, when the
 * fingerprint is another one or the script answered otherwise; 2 when the file
 * cannot be read.
 */
import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import { parseRecording } from '../bridge/recordingSchema';
import type { Recording } from '../bridge/recording';
import type { TraceEntry } from '../bridge/traceEntry';
import { ReplayError } from '../engine/world/driver';
import { playRecording, type Played } from './play/playRecording';
import { runScript, ScriptRefusal } from './transcript/answer';
import { type Block, parseScript } from './transcript/script';

const USAGE = 'npm run play -- FILE [--trace OUT.jsonl]';

interface PlayOptions {
  file: string;
  trace: string | undefined;
}

/** Wrong input: said in one line, exit status 2. */
class InputError extends Error {}

function parseArguments(words: readonly string[]): PlayOptions {
  let file: string | undefined;
  let trace: string | undefined;
  for (let i = 0; i < words.length; i += 1) {
    const word = words[i] as string;
    if (word === '--trace') {
      i += 1;
      trace = words[i];
      if (trace === undefined) throw new InputError(`--trace needs a file: ${USAGE}`);
    } else if (word.startsWith('--')) throw new InputError(`${word} is not an option: ${USAGE}`);
    else if (file !== undefined) throw new InputError(`only one file: ${USAGE}`);
    else file = word;
  }
  if (file === undefined) throw new InputError(`which file? ${USAGE}`);
  return { file, trace };
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new InputError(`${file}: ${(error as Error).message}`);
  }
}

function play({ file, trace }: PlayOptions): number {
  const text = read(file);
  const out = trace === undefined ? undefined : openSync(trace, 'w');
  const onTrace = (entries: readonly TraceEntry[]) => {
    if (out === undefined || entries.length === 0) return;
    writeSync(out, `${entries.map((entry) => JSON.stringify(entry)).join('\n')}\n`);
  };
  const status = text.trimStart().startsWith('{')
    ? playFile(file, text, onTrace)
    : playScript(file, text, onTrace);
  if (out !== undefined) closeSync(out);
  return status;
}

function playFile(file: string, text: string, onTrace: (e: readonly TraceEntry[]) => void): number {
  const parsed = parseRecording(text);
  if ('problem' in parsed) {
    throw new InputError(`${file}: ${parsed.problem.place}: ${parsed.problem.message}`);
  }
  const played = replayed(file, parsed.value, onTrace);
  const isSame = played.fingerprint === parsed.value.fingerprint;
  const isSound = print(played);
  if (!isSame) console.log(`the recording says ${parsed.value.fingerprint}`);
  return isSame && isSound ? 0 : 1;
}

/** A recording that this engine cannot follow says where. */
function replayed(
  file: string,
  recording: Recording,
  onTrace: (e: readonly TraceEntry[]) => void,
): Played {
  try {
    return playRecording(recording, onTrace);
  } catch (error) {
    if (!(error instanceof ReplayError)) throw error;
    throw new InputError(`${file}: ${error.message}`);
  }
}

function playScript(
  file: string,
  text: string,
  onTrace: (e: readonly TraceEntry[]) => void,
): number {
  const blocks = parseScript(text);
  if (!Array.isArray(blocks)) throw new InputError(`${file}:${blocks.line}: ${blocks.message}`);
  const answer = tell(file, blocks, onTrace);
  process.stdout.write(answer.text);
  const isSound = print(answer.played);
  return answer.text === text && isSound ? 0 : 1;
}

function tell(file: string, blocks: readonly Block[], onTrace: (e: readonly TraceEntry[]) => void) {
  try {
    return runScript(blocks, onTrace);
  } catch (refusal) {
    if (!(refusal instanceof ScriptRefusal)) throw refusal;
    throw new InputError(`${file}:${refusal.line}: ${refusal.message}`);
  }
}

/** True when all checks hold. */
function print(played: Played): boolean {
  console.log(`events ${played.events}`);
  console.log(`virtual time ${(played.at / 1000).toFixed(3)} ms`);
  const broken = played.checks.filter(({ holds }) => !holds);
  console.log(`checks ${played.checks.length - broken.length} of ${played.checks.length} hold`);
  for (const { name, brokenAt, explanation } of broken) {
    console.log(`  ${name}: broken at event ${brokenAt}: ${explanation}`);
  }
  console.log(`fingerprint ${played.fingerprint}`);
  return broken.length === 0;
}

try {
  process.exitCode = play(parseArguments(process.argv.slice(2)));
} catch (error) {
  if (!(error instanceof InputError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
