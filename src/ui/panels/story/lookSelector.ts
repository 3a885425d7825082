/** Where on the page a story's hint to look is found. */

const PROCESS =
  /^(?:(server) (\d+)|(client) ([a-z]+)|(master|worker|taskclient|storage) ([mwcs]-\d+))$/;

/** What has no name on the stage that is the same in every language, or is more than what bears it. */
const PARTS: Readonly<Record<string, string>> = {
  tree: '[role="tree"]',
  znodes: '[role="tree"]',
  // Its table is as high as its rows: a line when nothing is outstanding.
  outstandingProposals: '[data-part="outstandingProposals"]',
};

/**
 * A CSS selector of the element that `look` names (scenario.ts): `server 3`, `client a`, `master m-1`,
 * `server 3/CommitProcessor`, `check TotalOrder`. A part that is not drawn now (a small card, a server that
 * looks for a leader) lights its whole card. Undefined for what names nothing.
 */
export function lookSelector(look: string): string | undefined {
  // The list of the checks is closed as a rule: its lamp stands for each of them.
  if (/^check \w+$/.test(look)) return '[data-look="checks"]';
  const [name = '', part] = look.split('/', 2);
  const match = PROCESS.exec(name);
  if (match === null) return undefined;
  const [role = '', id = ''] = match.slice(1).filter((found) => found !== undefined);
  const card = `[data-card="${role === 'server' ? id : `${role} ${id}`}"]`;
  if (part === undefined) return card;
  if (!/^[\w -]+$/.test(part)) return undefined;
  const drawn = PARTS[part] ?? partSelector(part);
  return `:is(${card} ${drawn}, ${card}:not(:has(${drawn})))`;
}

/** A station is a group without size: what stands for it is inside. */
function partSelector(label: string): string {
  const named = `[aria-label="${label}"]`;
  return `:is(${named}:not([data-station]), ${named}[data-station] [data-light])`;
}
