/**
 * ACLs as zkCli reads and prints them: `scheme:id:perm,scheme:id:perm`.
 *
 * Source: AclParser.java, ZKUtil.java (getPermString), GetAclCommand.java, jute's Utils.toCSVString.
 */
import type { AclEntry } from '../../../../zk/records';

const BITS: Readonly<Record<string, number>> = { r: 1, w: 2, c: 4, d: 8, a: 16 };
/** In the order in which they are printed. */
const LETTERS = 'cdrwa';

export interface ParsedAcl {
  acl: AclEntry[];
  /** Printed on stderr; what is wrong is left out, the rest stands. */
  complaints: string[];
}

export function parseAcl(text: string): ParsedAcl {
  const parsed: ParsedAcl = { acl: [], complaints: [] };
  for (const entry of javaSplit(text, ',')) {
    const first = entry.indexOf(':');
    const last = entry.lastIndexOf(':');
    if (first === last) {
      parsed.complaints.push(`${entry} does not have the form scheme:id:perm`);
      continue;
    }
    let perms = 0;
    for (const letter of entry.slice(last + 1).split('')) {
      const bit = BITS[letter];
      if (bit === undefined) parsed.complaints.push(`Unknown perm type: ${letter}`);
      else perms |= bit;
    }
    const id = entry.slice(first + 1, last);
    parsed.acl.push({ perms, scheme: entry.slice(0, first), id });
  }
  return parsed;
}

/** Two lines for each entry; without a letter the second is a colon and a blank. */
export function aclLines(acl: readonly AclEntry[]): string[] {
  return acl.flatMap(({ perms, scheme, id }) => [
    `${csvText(scheme)},${csvText(id)}`,
    `: ${[...LETTERS].filter((letter) => (perms & (BITS[letter] as number)) !== 0).join('')}`,
  ]);
}

/** String.split with one character: empty texts at the end are dropped, though not the only one. */
export function javaSplit(text: string, separator: string): string[] {
  const parts = text.split(separator);
  if (text === '') return parts;
  while (parts.length > 0 && parts.at(-1) === '') parts.pop();
  return parts;
}

function csvText(text: string): string {
  const escaped = text.replace(
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that jute escapes
    /[\u0000\n\r,}%]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );
  return `'${escaped}`;
}
