/**
 * The page as the tests use it: by role and name, waiting on `zabscope.idle()`
 * and never on a clock. Every test fails on an error in the browser's console.
 */
import { type Locator, type Page, test as base, expect } from '@playwright/test';
import { type AriaNode, ariaTree } from './ariaTree';
import type { Command } from '../src/bridge/command';
import type { Frame, Section } from '../src/bridge/frame';
import type { TraceEntry } from '../src/bridge/traceEntry';

export const test = base.extend<{ zab: Zab }>({
  zab: async ({ page }, use) => {
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(`pageerror: ${error.message}`));
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') {
        complaints.push(`${message.type()}: ${message.text()}`);
      }
    });
    // Steps show at once: what moves is for eyes.
    await page.emulateMedia({ reducedMotion: 'reduce' });
    const zab = new Zab(page);
    await zab.open();
    await use(zab);
    expect(complaints).toEqual([]);
  },
});

export { expect };

/** Where a server's parts are. */
export class Zab {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async open(): Promise<void> {
    await this.page.goto('./');
    await this.idle();
  }

  idle(): Promise<void> {
    return this.page.evaluate(() => window.zabscope.idle());
  }

  frame(): Promise<Frame> {
    return this.page.evaluate(() => window.zabscope.frame());
  }

  trace(from: number, to: number): Promise<TraceEntry[]> {
    return this.page.evaluate(([a, b]) => window.zabscope.trace(a, b), [from, to] as const);
  }

  /** Orders by program what has no button. */
  async order(command: Command): Promise<void> {
    await this.page.evaluate((c) => window.zabscope.command(c), command);
    await this.idle();
  }

  /* ---- time ---- */

  button(name: string | RegExp): Locator {
    return this.page
      .getByRole('toolbar', { name: 'Time' })
      .getByRole('button', { name, exact: true });
  }

  async press(name: string): Promise<void> {
    await this.button(name).click();
    await this.idle();
  }

  async step(): Promise<void> {
    await this.press('Step');
  }

  async stepBack(): Promise<void> {
    await this.press('Step back');
  }

  /** Plays until it rests, as fast as it goes. */
  async playToRest(): Promise<void> {
    await this.page.getByLabel('Speed').selectOption({ label: 'max' });
    await this.press('Play');
  }

  /** Steps until `is` holds; fails when it does not within `max` steps. */
  async stepUntil(is: (frame: Frame) => boolean | Promise<boolean>, max = 150): Promise<Frame> {
    for (let i = 0; i < max; i += 1) {
      const frame = await this.frame();
      if (await is(frame)) return frame;
      await this.step();
    }
    throw new Error(`not reached in ${max} steps`);
  }

  now(): Locator {
    return this.page.getByRole('status', { name: 'Now' });
  }

  /* ---- stage ---- */

  server(sid: number): Locator {
    return this.page.getByRole('group', { name: `Server ${sid}`, exact: true });
  }

  client(letter: string): Locator {
    return this.page.getByRole('group', { name: `Client ${letter}`, exact: true });
  }

  processor(sid: number, name: string): Locator {
    return this.server(sid).getByRole('group', { name, exact: true });
  }

  /** The stage by roles and names. */
  look(): Promise<AriaNode> {
    return ariaTree(this.page.getByRole('region', { name: 'Ensemble' }));
  }

  /** Rows of the leader's ledger as text. */
  async ledger(sid: number): Promise<string[]> {
    const rows = this.server(sid)
      .getByRole('table', { name: 'outstandingProposals' })
      .getByRole('row');
    return (await rows.allTextContents()).map((text) => text.replace(/\s+/g, ' ').trim());
  }

  async messages(): Promise<string[]> {
    return namesOf(
      this.page.getByRole('list', { name: 'Messages in flight' }).getByRole('listitem'),
    );
  }

  tree(sid: number): Locator {
    return this.page.getByRole('tree', { name: `znodes of server ${sid}` });
  }

  /* ---- console ---- */

  async type(letter: string, line: string): Promise<void> {
    await this.page.getByRole('tab', { name: `Client ${letter}`, exact: true }).click();
    const field = this.page.getByRole('textbox', { name: 'zkCli command' });
    await field.fill(line);
    await field.press('Enter');
    await this.idle();
    await field.blur();
  }

  output(): Locator {
    return this.page.getByRole('log', { name: 'zkCli output' });
  }

  field(): Locator {
    return this.page.getByRole('textbox', { name: 'zkCli command' });
  }
}

async function namesOf(items: Locator): Promise<string[]> {
  return items.evaluateAll((elements) =>
    elements.map((e) => e.getAttribute('aria-label') ?? e.textContent?.trim() ?? ''),
  );
}

/* ---- reading a frame ---- */

export function section<T extends Section['type']>(
  frame: Frame,
  process: string,
  name: string,
  type: T,
): Extract<Section, { type: T }> {
  const found = frame.processes[process]?.sections[name];
  if (found?.type !== type) throw new Error(`${process} has no section ${name}`);
  return found as Extract<Section, { type: T }>;
}

/** Sid of the established leader. */
export function leaderOf(frame: Frame): number {
  for (const process of Object.values(frame.processes)) {
    const { role } = process.sections;
    if (process.status === 'running' && role?.type === 'role' && role.serverState === 'LEADING') {
      return role.sid;
    }
  }
  throw new Error('no leader');
}

export function clientOf(frame: Frame, letter: string) {
  return section(frame, `client ${letter}`, 'client', 'client');
}

/** The server that a client is connected to. */
export function serverOf(frame: Frame, letter: string): number {
  const { server } = clientOf(frame, letter);
  if (server === undefined) throw new Error(`client ${letter} has no server`);
  return server;
}

/** Nothing of this client is outstanding. */
export function isAnswered(frame: Frame, letter: string): boolean {
  const { outgoingQueue, pendingQueue } = clientOf(frame, letter);
  return outgoingQueue.length === 0 && pendingQueue.length === 0;
}

export function pathsOf(frame: Frame, sid: number): string[] {
  return section(frame, String(sid), 'tree', 'tree').nodes.map((node) => node.path);
}
