/** The master-worker application: by mouse, and again by keyboard alone. */
import type { Page } from '@playwright/test';
import type { MasterSection, TaskClientSection, WorkerSection } from '../src/bridge/app';
import type { Frame } from '../src/bridge/frame';
import { expect, test, type Zab } from './zabscope';

async function openApplication(zab: Zab, style: 'book' | 'hardened' = 'book'): Promise<void> {
  await zab.page.getByLabel('Servers').selectOption(style);
  await zab.idle();
}

const application = (page: Page) => page.getByRole('region', { name: 'Application' });
const card = (page: Page, name: string) =>
  application(page).getByRole('group', { name, exact: true });
const column = (page: Page, root: string) =>
  application(page).getByRole('group', { name: root, exact: true });

/** Runs on by so many events at a time, without drawing each step. */
async function runUntil(zab: Zab, is: (frame: Frame) => boolean, max = 400): Promise<Frame> {
  for (let i = 0; i < max; i += 1) {
    const frame = await zab.frame();
    if (is(frame)) {
      await zab.idle();
      return frame;
    }
    await zab.page.evaluate(() => window.zabscope.step(20));
  }
  throw new Error('not reached');
}

function master(frame: Frame, id: string): MasterSection | undefined {
  const section = frame.processes[`master ${id}`]?.sections['master'];
  return section?.type === 'master' ? section : undefined;
}

function workers(frame: Frame): WorkerSection[] {
  return Object.values(frame.processes).flatMap(({ sections: { worker } }) =>
    worker?.type === 'worker' ? [worker] : [],
  );
}

function submissions(frame: Frame): TaskClientSection['submissions'] {
  const section = frame.processes['taskclient c-1']?.sections['taskclient'];
  return section?.type === 'taskclient' ? section.submissions : [];
}

async function submit(page: Page, text: string, isOnce = false): Promise<void> {
  const client = card(page, 'Task client c-1');
  await client.getByRole('textbox', { name: 'Task', exact: true }).fill(text);
  const box = client.getByRole('checkbox', { name: 'once only' });
  if (isOnce !== (await box.isChecked())) await box.click();
  await client.getByRole('button', { name: 'Submit', exact: true }).click();
  await page.evaluate(() => window.zabscope.idle());
}

test('opens with a master that is right, workers that are registered, and an invitation', async ({
  zab,
}) => {
  const { page } = zab;
  await openApplication(zab);
  await expect(application(page)).toBeVisible();
  await expect(card(page, 'Master m-1')).toContainText('I am the master.');
  await expect(card(page, 'Master m-1')).toHaveAccessibleDescription('true');
  await expect(card(page, 'Master m-2')).toContainText('I am a backup.');
  await expect(column(page, '/master')).toContainText('m-1');
  for (const id of ['w-1', 'w-2', 'w-3']) {
    await expect(column(page, '/workers')).toContainText(id);
    await expect(card(page, `Worker ${id}`)).toHaveAccessibleDescription('idle');
  }
  await expect(page.getByRole('note')).toContainText('Submit a task');
  // The same processes are clients of the ensemble.
  await page.keyboard.press('v');
  await zab.idle();
  const ensemble = page.getByRole('region', { name: 'Ensemble' });
  await expect(ensemble.getByRole('group', { name: 'Worker w-2', exact: true })).toBeVisible();
  await page.getByRole('group', { name: 'View' }).getByText('Application').click();
  await expect(application(page)).toBeVisible();
});

test('a task goes from /tasks over an inbox to its status, and is read; its card leads to its journey', async ({
  zab,
}) => {
  const { page } = zab;
  await openApplication(zab);
  await submit(page, 'resize photo 1');
  await runUntil(zab, (frame) => workers(frame).some(({ running }) => running !== null));
  const ticket = column(page, '/assign').getByRole('button', { name: /^task-0, resize photo 1/ });
  await expect(ticket).toBeVisible();
  await expect(column(page, '/tasks').getByRole('button', { name: /^task-0/ })).toHaveCount(0);
  await expect(page.getByRole('table', { name: 'storage writes' })).toContainText('task-0 to');

  await ticket.click();
  await zab.idle();
  const inspector = page.getByRole('complementary', { name: 'Inspector' });
  await expect(inspector).toContainText('ephemeralOwner');
  const txns = inspector.getByRole('list', { name: 'Transactions of the task' });
  await expect(txns.getByRole('listitem')).toHaveCount(3);
  await txns.getByRole('button', { name: /create \/assign/ }).click();
  await zab.idle();
  const journey = inspector.getByRole('list', { name: 'Journey' });
  await expect(journey.getByRole('listitem').first()).toBeVisible();
  await expect(journey).toContainText('a quorum has it: committed');
  await inspector.getByRole('button', { name: 'task task-0' }).click();
  await expect(txns).toBeVisible();
  await page.keyboard.press('Escape');

  await runUntil(zab, (frame) =>
    Object.values(frame.processes).some(({ sections: { tree } }) =>
      tree?.type === 'tree' ? tree.nodes.some(({ path }) => path.startsWith('/status/')) : false,
    ),
  );
  await expect(column(page, '/status').getByRole('button')).not.toHaveCount(0);
  await runUntil(zab, (frame) => submissions(frame)[0]?.state === 'DONE');
  await expect(card(page, 'Task client c-1')).toContainText('done');
  await expect(column(page, '/assign').getByRole('button', { name: /^task-0/ })).toHaveCount(0);
});

test('the primary crashes and the backup takes over; a dead worker’s task is given out again', async ({
  zab,
}) => {
  const { page } = zab;
  await openApplication(zab);
  await submit(page, 'long work');
  const working = await runUntil(zab, (frame) =>
    workers(frame).some(({ running }) => running !== null),
  );
  const first = workers(working).find(({ running }) => running !== null)?.id ?? '';
  await page.getByRole('button', { name: `Crash worker ${first}` }).click();
  await zab.idle();
  await page.getByRole('button', { name: 'Crash master m-1' }).click();
  await zab.idle();
  await expect(zab.now()).toContainText('Master m-1 crashes');
  await expect(card(page, 'Master m-1')).toContainText('stays for');
  // Its znode outlives it, and nobody is told.
  await expect(column(page, '/master')).toContainText('m-1');
  await runUntil(zab, (frame) => master(frame, 'm-2')?.believes === true);
  await expect(card(page, 'Master m-2')).toContainText('I am the master.');
  await expect(column(page, '/master')).toContainText('m-2');
  await expect(page.getByRole('button', { name: 'Restart master m-1' })).toBeVisible();
  await runUntil(zab, (frame) => master(frame, 'm-2')?.phase === 'steady');
  await expect(card(page, 'Master m-2')).toHaveAccessibleDescription('true');
});

test('a worker that is cut off is given up; its inbox is not its own any more', async ({ zab }) => {
  const { page } = zab;
  await openApplication(zab, 'hardened');
  await submit(page, 'pay invoice 1', true);
  const working = await runUntil(zab, (frame) =>
    workers(frame).some(({ running }) => running !== null),
  );
  const id = workers(working).find(({ running }) => running !== null)?.id ?? '';
  await page.getByRole('button', { name: `More for worker ${id}` }).click();
  await page.getByRole('menuitem', { name: 'Cut off from all servers' }).click();
  await zab.idle();
  const cut = await zab.frame();
  expect(cut.links.filter(({ from, cut: isCut }) => isCut && from === `worker ${id}`)).toHaveLength(
    3,
  );
  await runUntil(zab, (frame) => submissions(frame)[0]?.state === 'DONE', 800);
  await expect(column(page, '/workers')).not.toContainText(id);
  await expect(card(page, `Worker ${id}`)).toHaveAccessibleDescription(/not listed/);
  await page.getByRole('button', { name: `More for worker ${id}` }).click();
  await page.getByRole('menuitem', { name: 'Heal links to servers' }).click();
  await zab.idle();
  // It hears that its session is over, opens another one and registers anew.
  await runUntil(zab, (frame) => {
    const tree = frame.processes['3']?.sections['tree'];
    return tree?.type === 'tree' && tree.nodes.some(({ path }) => path === `/workers/worker-${id}`);
  });
  await expect(column(page, '/workers')).toContainText(id);
});

test('fencing is a switch; processes are added by a click', async ({ zab }) => {
  const { page } = zab;
  await openApplication(zab);
  const fencing = page.getByRole('switch', { name: 'Fencing of storage s-1' });
  await expect(fencing).toBeChecked();
  await fencing.click();
  await zab.idle();
  await page.evaluate(() => window.zabscope.step(5));
  await zab.idle();
  await expect(fencing).not.toBeChecked();
  await page.getByRole('button', { name: 'Add a worker' }).click();
  await zab.idle();
  await runUntil(zab, (frame) =>
    workers(frame).some(({ id, isRegistered }) => id === 'w-4' && isRegistered),
  );
  await expect(card(page, 'Worker w-4')).toBeVisible();
  await expect(column(page, '/workers')).toContainText('w-4');
});

test('all of it by keyboard alone', async ({ zab }) => {
  const { page } = zab;
  await openApplication(zab);
  const { keyboard } = page;
  const press = async (name: string, key = 'Enter') => {
    await page.getByRole('button', { name, exact: true }).focus();
    await keyboard.press(key);
    await zab.idle();
  };
  await card(page, 'Task client c-1').getByRole('textbox', { name: 'Task', exact: true }).focus();
  await keyboard.type('resize photo 1');
  await keyboard.press('Enter');
  await zab.idle();
  expect(submissions(await zab.frame())).toHaveLength(0);
  await runUntil(zab, (frame) => submissions(frame)[0]?.state === 'DONE');
  await expect(card(page, 'Task client c-1')).toContainText('done');

  await press('Crash master m-1');
  await runUntil(zab, (frame) => master(frame, 'm-2')?.believes === true);
  await expect(card(page, 'Master m-2')).toContainText('I am the master.');

  await page.getByRole('button', { name: 'More for worker w-2' }).focus();
  await keyboard.press('Enter');
  await keyboard.press('ArrowDown');
  await expect(page.getByRole('menuitem', { name: 'Crash worker w-2' })).toBeFocused();
  await keyboard.press('ArrowDown');
  await expect(page.getByRole('menuitem', { name: /^Cut link to server/ })).toBeFocused();
  await keyboard.press('Enter');
  await zab.idle();
  const { links } = await zab.frame();
  expect(links.some(({ from, cut }) => cut && from === 'worker w-2')).toBe(true);

  await page.getByRole('switch', { name: 'Fencing of storage s-1' }).focus();
  await keyboard.press('Space');
  await zab.idle();
  await zab.step();
  await page.getByRole('button', { name: 'Inspect worker w-1' }).focus();
  await keyboard.press('Enter');
  await zab.idle();
  await expect(page.getByRole('complementary', { name: 'Inspector' })).toContainText('Worker w-1');
  await keyboard.press('Escape');
});
