/**
 * The page as a tree of roles and accessible names, read in one go: what a
 * screen reader is told, from Playwright's snapshot of it.
 */
import type { Locator } from '@playwright/test';

export interface AriaNode {
  role: string;
  name: string;
  children: AriaNode[];
}

export async function ariaTree(locator: Locator): Promise<AriaNode> {
  return parseSnapshot(await locator.ariaSnapshot());
}

/** Lines `- role "name" [attributes]: text`, indented by two blanks a level; a line may stand in single quotes. */
function parseSnapshot(text: string): AriaNode {
  const root: AriaNode = { role: 'document', name: '', children: [] };
  const open: AriaNode[] = [root];
  for (const line of text.split('\n')) {
    const match = /^( *)- '?([a-z]+)(?: "((?:[^"\\]|\\.)*)")?/.exec(line);
    if (match === null) continue;
    const [, indent = '', role = '', name = ''] = match;
    const node: AriaNode = { role, name: name.replace(/\\"/g, '"'), children: [] };
    open.length = indent.length / 2 + 1;
    open.at(-1)?.children.push(node);
    open.push(node);
  }
  return root;
}

/** All nodes below with this role, and this name when one is given, in their order. */
export function within(node: AriaNode | undefined, role: string, name?: string): AriaNode[] {
  if (node === undefined) return [];
  return node.children.flatMap((child) => [
    ...(child.role === role && (name === undefined || child.name === name) ? [child] : []),
    ...within(child, role, name),
  ]);
}

/** Names of the items of a list; empty when there is none of that name. */
export function itemsOf(node: AriaNode | undefined, list: string): string[] {
  return within(within(node, 'list', list)[0], 'listitem').map((item) => item.name);
}
