/**
 * `npm run play`: plays every story to its end, its outcome and checks held, and compares its
 * transcript; `--write` writes the transcripts anew; `npm run play -- ID` plays one.
 * `npm run play -- FILE [--trace OUT.jsonl]`: runs a recording (`*.json`) or a
 * transcript script (`*.txt`) without a page and prints events, virtual time,
 * checks and fingerprint. Exit status 1 when a check broke, when the
 * fingerprint is another one, when a script or a story went otherwise; 2 when the file
 * cannot be read.
 */
import { closeSync, existsSync, openSync, readFileSync, writeSync } from 'node:fs';
import { parseRecording } from '../bridge/recordingSchema';
import type { Recording } from '../bridge/recording';
import type { TraceEntry } from '../bridge/traceEntry';
import { ReplayError } from '../engine/world/driver';
import { STORIES } from '../scenarios/all';
import { playRecording, type Played } from './play/playRecording';
import { playStories, storyNamed } from './play/stories';
import { runScript, ScriptRefusal } from './transcript/answer';
import { type Block, parseScript } from './transcript/script';

const USAGE = 'npm run play -- [STORY | FILE] [--write] [--trace OUT.jsonl]';

interface PlayOptions {
  /** A file, or the id of a story; undefined: all stories. */
  what: string | undefined;
  trace: string | undefined;
  /** Transcripts of stories are written anew. */
  write: boolean;
}

/** Wrong input: said in one line, exit status 2. */
class InputError extends Error {}

function parseArguments(words: readonly string[]): PlayOptions {
  let what: string | undefined;
  let write = false;
  let trace: string | undefined;
  for (let i = 0; i < words.length; i += 1) {
    const word = words[i] as string;
    if (word === '--trace') {
      i += 1;
      trace = words[i];
      if (trace === undefined) throw new InputError(`--trace needs a file: ${USAGE}`);
    } else if (word === '--write') write = true;
    else if (word.startsWith('--')) throw new InputError(`${word} is not an option: ${USAGE}`);
    else if (what !== undefined) throw new InputError(`only one story or file: ${USAGE}`);
    else what = word;
  }
  return { what, trace, write };
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new InputError(`${file}: ${(error as Error).message}`);
  }
}

function play({ what, trace, write }: PlayOptions): number {
  const story = what === undefined ? undefined : storyNamed(what);
  const isFile = what !== undefined && story === undefined;
  if (isFile && write) throw new InputError(`${what} is no story: --write is for stories`);
  if (isFile && !existsSync(what)) {
    throw new InputError(`there is no story and no file ${what}: ${USAGE}`);
  }
  if (!isFile && what === undefined && trace !== undefined) {
    throw new InputError(`--trace is for one story or file: ${USAGE}`);
  }
  const out = trace === undefined ? undefined : openSync(trace, 'w');
  const onTrace = (entries: readonly TraceEntry[]) => {
    if (out === undefined || entries.length === 0) return;
    writeSync(out, `${entries.map((entry) => JSON.stringify(entry)).join('\n')}\n`);
  };
  const status = isFile
    ? playAnyFile(what, onTrace)
    : playStories(story === undefined ? STORIES : [story], { write, onTrace });
  if (out !== undefined) closeSync(out);
  return status;
}

function playAnyFile(file: string, onTrace: (e: readonly TraceEntry[]) => void): number {
  const text = read(file);
  return text.trimStart().startsWith('{')
    ? playFile(file, text, onTrace)
    : playScript(file, text, onTrace);
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
