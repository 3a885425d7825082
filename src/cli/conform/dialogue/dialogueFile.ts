/** Dialogues with the real console and four-letter words (`zk-oracle-zkcli/1`). */
import {
  type Check,
  CaseFileError,
  each,
  ensembleOf,
  numberOf,
  numbers,
  record,
  textOf,
  texts,
} from '../case/shape';

/** One watch event as it was printed: four lines. */
export interface PrintedEvent {
  readonly client: string;
  readonly output: readonly string[];
}

export interface DialogueStep {
  /** start, stop, run, or a sentence that begins with freeze; none where something is typed. */
  readonly do?: string;
  /** Name of a console, or `4lw`. */
  readonly client?: string;
  readonly args?: readonly string[];
  readonly line?: string;
  readonly key?: string;
  readonly server?: number;
  readonly output?: readonly string[];
  /** Indices of the lines of `output` that went to stderr. */
  readonly err?: readonly number[];
  readonly noNewline?: boolean;
  readonly prompt?: string;
  readonly events?: readonly PrintedEvent[];
  readonly exit?: number;
  readonly stdin?: readonly string[];
  readonly jline?: boolean;
  readonly stdout?: readonly string[];
  readonly stdoutNoNewline?: boolean;
  readonly stderr?: readonly string[];
}

export interface Dialogue {
  readonly format: 'zk-oracle-zkcli/1';
  readonly name: string;
  readonly ensemble: number;
  readonly config: Readonly<Record<string, unknown>>;
  readonly steps: readonly DialogueStep[];
}

/** From a file's JSON. Throws CaseFileError. */
export function readDialogue(file: Readonly<Record<string, unknown>>, name: string): Dialogue {
  each(file['steps'], 'steps', checkStep);
  return {
    format: 'zk-oracle-zkcli/1',
    name,
    ...ensembleOf(file),
    steps: file['steps'] as DialogueStep[],
  };
}

const FIELDS: Readonly<Record<string, Check>> = {
  client: textOf,
  args: texts,
  line: textOf,
  key: textOf,
  server: numberOf,
  output: texts,
  err: numbers,
  prompt: textOf,
  events: (value, place) => each(value, place, checkEvent),
  exit: numberOf,
  stdin: texts,
  stdout: texts,
  stderr: texts,
};

function checkStep(value: unknown, place: string): void {
  const step = record(value, place);
  for (const [field, check] of Object.entries(FIELDS)) {
    if (step[field] !== undefined) check(step[field], `${place}.${field}`);
  }
  if (kindOf(step as DialogueStep) === undefined) {
    throw new CaseFileError(place, 'expected a start, stop, run, freeze, or something typed');
  }
}

function checkEvent(value: unknown, place: string): void {
  const event = record(value, place);
  textOf(event['client'], `${place}.client`);
  texts(event['output'], `${place}.output`);
}

export type StepKind =
  | 'start console'
  | 'start server'
  | 'stop server'
  | 'freeze'
  | 'run'
  | 'four-letter word'
  | 'type';

/** Undefined for a step of no known kind. */
export function kindOf(step: DialogueStep): StepKind | undefined {
  const has = (...names: (keyof DialogueStep)[]) => names.every((name) => step[name] !== undefined);
  if (step.do === 'start' && has('client', 'args')) return 'start console';
  if (step.do === 'start' && has('server')) return 'start server';
  if (step.do === 'stop' && has('server')) return 'stop server';
  if (step.do === 'run' && has('args', 'stdout', 'stderr')) return 'run';
  if (step.do?.startsWith('freeze') === true && has('client')) return 'freeze';
  if (step.do !== undefined) return undefined;
  if (step.client === '4lw') return has('server', 'line') ? 'four-letter word' : undefined;
  return has('client') && (has('line') || has('key')) ? 'type' : undefined;
}
