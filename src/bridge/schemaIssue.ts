/** What a schema of valibot finds wrong, as a sentence. */
import { HOST_SENTENCES, sayOfHost } from './sentences/host';
import type { Said } from './sentences/sentence';
import { NO_SETTING, NO_TIME } from './settings';

type SchemaKey = keyof typeof HOST_SENTENCES & `schema.${string}`;
type Expectation = SchemaKey extends `schema.${infer Name}` ? Name : never;

/** A schema's own message: what it expects. */
export function expected(what: Expectation): string {
  return HOST_SENTENCES[`schema.${what}`];
}

/** Messages that schemas were given, back to their sentences. */
const GIVEN: readonly Said[] = [
  NO_SETTING,
  NO_TIME,
  ...Object.keys(HOST_SENTENCES)
    .filter((key) => key.startsWith('schema.'))
    .map((key) => key as SchemaKey)
    .filter((key) => !HOST_SENTENCES[key].includes('{{'))
    .map((key) => sayOfHost(key)),
];

/** An issue's message as it is; its sentence only where the message is one that we know. */
export function saidOf({ message }: { readonly message: string }): Said | { message: string } {
  const given = GIVEN.find((said) => said.message === message);
  if (given !== undefined) return given;
  const found = /^Invalid (.+?): (?:Expected (.+) but received|Received) (.+)$/s.exec(message);
  if (found === null) return { message };
  const [, what = '', wanted, received = ''] = found;
  return wanted === undefined
    ? sayOfHost('schema.wrong', { what, received })
    : sayOfHost('schema.invalid', { what, expected: wanted, received });
}
