/** Where on the page a story's hint to look is found. */

const PROCESS =
  /^(?:(server) (\d+)|(client) ([a-z]+)|(master|worker|taskclient|storage) ([mwcs]-\d+))$/;
const ROLE_LABELS: Readonly<Record<string, string>> = { taskclient: 'task client' };

/** What has no name on the stage that is the same in every language. */
const PARTS: Readonly<Record<string, string>> = { tree: '[role="tree"]', znodes: '[role="tree"]' };

/**
 * A CSS selector of the element that `look` names (scenario.ts): `server 3`, `client a`, `master m-1`,
 * `server 3/CommitProcessor`, `check TotalOrder`. Undefined for what names nothing.
 */
export function lookSelector(look: string): string | undefined {
  // The list of the checks is closed as a rule: its lamp stands for each of them.
  if (/^check \w+$/.test(look)) return '[data-look="checks"]';
  const [name = '', part] = look.split('/', 2);
  const match = PROCESS.exec(name);
  if (match === null) return undefined;
  const [role = '', id = ''] = match.slice(1).filter((found) => found !== undefined);
  const card =
    role === 'server'
      ? `[data-card="${id}"]`
      : role === 'client'
        ? `[data-card="client ${id}"]`
        : `:is([data-card="${role} ${id}"], [aria-label="${ROLE_LABELS[role] ?? role} ${id}" i])`;
  if (part === undefined) return card;
  if (!/^[\w -]+$/.test(part)) return undefined;
  return `${card} ${PARTS[part] ?? `[aria-label="${part}"]`}`;
}
