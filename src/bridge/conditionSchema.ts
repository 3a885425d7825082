/** Conditions that come from outside: checked field by field; a name that is unknown is refused. */
import * as v from 'valibot';
import type { Condition } from './condition';
import type { InputProblem, Parsed } from './recordingSchema';

const text = v.pipe(v.string(), v.minLength(1), v.maxLength(1000));
const json = v.union(
  [v.string(), v.number(), v.boolean(), v.null()],
  'Expected a text or a number',
);
const whole = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const places = ['processes', 'messages', 'links', 'connections', 'checks'];
const place = v.pipe(
  text,
  v.check(
    (path) => places.includes(path.split('.')[0] ?? '') && !path.split('.').includes(''),
    `Expected a place of the frame: names with dots between, the first one of ${places.join(', ')}`,
  ),
);
const path = v.pipe(text, v.startsWith('/', 'Expected a path that begins with a slash'));

const pattern = v.pipe(
  v.strictObject({
    type: v.optional(text),
    process: v.optional(text),
    thread: v.optional(text),
    queue: v.optional(text),
    name: v.optional(text),
    peer: v.optional(text),
    channel: v.optional(text),
    kind: v.optional(text),
    err: v.optional(text),
    sid: v.optional(whole),
    epoch: v.optional(whole),
    op: v.optional(text),
    path: v.optional(path),
    pathStart: v.optional(path),
    session: v.optional(text),
    detail: v.optional(v.record(v.string(), json)),
  }),
  v.check((fields) => Object.keys(fields).length > 0, 'Expected a field or more'),
);

type Schema = v.GenericSchema<unknown, unknown>;

const condition: Schema = v.lazy((input) => {
  const isRecord = typeof input === 'object' && input !== null;
  const kind = KINDS.find(([name]) => isRecord && Object.hasOwn(input, name));
  return kind?.[1] ?? NONE;
});

const parts = v.pipe(v.array(condition), v.minLength(1));

/** `frame` stands before `not`, which is a test of it too. */
const KINDS: readonly (readonly [name: string, schema: Schema])[] = [
  ['all', v.strictObject({ all: parts })],
  ['any', v.strictObject({ any: parts })],
  [
    'entry',
    v.strictObject({
      entry: pattern,
      times: v.optional(v.pipe(v.number(), v.safeInteger(), v.minValue(1))),
    }),
  ],
  [
    'frame',
    v.strictObject({
      frame: place,
      is: v.optional(json),
      not: v.optional(json),
      atLeast: v.optional(v.number()),
      atMost: v.optional(v.number()),
      count: v.optional(whole),
      has: v.optional(text),
    }),
  ],
  ['quiet', v.strictObject({ quiet: v.literal(true) })],
  [
    'znode',
    v.strictObject({
      znode: path,
      server: v.pipe(v.string(), v.regex(/^[1-9]\d{0,2}$/, 'Expected the sid of a server')),
      data: v.optional(v.nullable(v.string())),
      owner: v.optional(v.nullable(text)),
      exists: v.optional(v.boolean()),
    }),
  ],
  ['not', v.strictObject({ not: condition })],
];

const NONE: Schema = v.pipe(
  v.unknown(),
  v.check(() => false, `Expected a condition: one of ${KINDS.map(([name]) => name).join(', ')}`),
);

/** The condition, or what is wrong with it and where, as `all[1].frame`. */
export function checkCondition(input: unknown): Parsed<Condition> {
  const result = v.safeParse(condition, input, { abortEarly: true });
  if (result.success) return { value: result.output as Condition };
  const issue = result.issues[0];
  const problem: InputProblem = { place: placeOf(issue.path), message: issue.message };
  return { problem };
}

function placeOf(path: readonly { key?: unknown }[] | undefined): string {
  let place = '';
  for (const { key } of path ?? []) {
    if (typeof key === 'number') place += `[${key}]`;
    else place += place === '' ? String(key) : `.${String(key)}`;
  }
  return place === '' ? 'the whole' : place;
}
