/**
 * The complete client API at the consoles of the page: two clients with watches, ephemerals, an expiry, a multi
 * that fails in its middle, ACLs; what is printed is what a real zkCli printed, line by line.
 */
import {
  expectLines,
  followDialogue,
  lineCount,
  openStandalone,
  partEvents,
  printed,
  readDialogue,
  runUntil,
} from './dialogue';
import { clientName, serverName } from '../src/bridge/names';
import { expect, leaderOf, pathsOf, serverOf, test, type Zab } from './zabscope';

for (const name of ['watch-other-client', 'auth-two-clients', 'two-clients-versions']) {
  test(`as recorded of a real zkCli: ${name}`, async ({ zab }) => {
    test.slow();
    await openStandalone(zab);
    await followDialogue(zab, readDialogue(name).steps);
    await zab.page.getByRole('tab', { name: 'Client b', exact: true }).click();
    // What stands on the page is what the client printed.
    const shown = await zab.output().locator('p').allTextContents();
    const lines = (await printed(zab, 'b', 0)).map((line) => (line === '' ? ' ' : line));
    for (const line of lines) expect(shown).toContain(line);
  });
}

const EVENT = (type: string, path: string) =>
  `WatchedEvent state:SyncConnected type:${type} path:${path}`;

/** Types a line and runs until it is answered; what that console printed meanwhile. */
async function say(zab: Zab, letter: string, line: string): Promise<string[]> {
  const from = await lineCount(zab, letter);
  await zab.type(letter, line);
  await runUntil(zab, (clients) => !clients[letter]?.isWaiting);
  return printed(zab, letter, from);
}

test('a session expires while its link is cut: its ephemeral goes, the watcher hears of it, the client learns it last', async ({
  zab,
  page,
}) => {
  test.slow();
  await zab.playToRest();
  expectLines('create', await say(zab, 'a', 'create -e /e'), ['Created /e']);
  expectLines('get -w', await say(zab, 'a', 'get -w /e'), ['null']);
  await say(zab, 'b', 'stat -w /e');
  const sid = serverOf(await zab.frame(), 'a');
  // The owner of the ephemeral and both watches stand in the tree.
  await expect(
    zab.tree(sid).getByRole('treeitem', {
      name: '/e ephemeral of session a data watch of a',
      exact: true,
    }),
  ).toBeVisible();
  const other = serverOf(await zab.frame(), 'b');
  await expect(
    zab.tree(other).getByRole('treeitem', { name: /^\/e ephemeral of session a.* watch of b/ }),
  ).toHaveCount(1);

  const from = { a: await lineCount(zab, 'a'), b: await lineCount(zab, 'b') };
  // The other servers are out of its reach, too, or it would go on there.
  for (const b of [1, 2, 3].filter((one) => one !== sid)) {
    await zab.order({ type: 'cut', a: clientName('a'), b: serverName(b) });
  }
  await page
    .getByRole('group', { name: `Link client a-${sid}`, exact: true })
    .getByRole('button', { name: 'Cut', exact: true })
    .click({ force: true });
  await zab.idle();
  const leader = leaderOf(await zab.frame());
  // Both sides of the session stand on one ruler.
  await page.getByRole('button', { name: `Inspect server ${leader}` }).click();
  const sessions = page.getByRole('table', { name: 'sessions' });
  await expect(sessions).toContainText('Client: CONNECTED');
  await expect(sessions).toContainText('Leader: ends it in');
  await page.keyboard.press('Escape');

  await runUntil(zab, (clients) => (clients['b']?.printed ?? 0) > from.b, 100);
  const heard = partEvents(await printed(zab, 'b', from.b));
  expect(heard).toEqual({ rest: [], events: [EVENT('NodeDeleted', '/e')] });
  expect(pathsOf(await zab.frame(), leader)).not.toContain('/e');

  await zab.order({ type: 'heal' });
  await runUntil(zab, (clients) => clients['a']?.state === 'CLOSED', 100);
  const learnt = partEvents(await printed(zab, 'a', from.a));
  expect(learnt).toEqual({
    rest: [],
    events: [
      'WatchedEvent state:Disconnected type:None path:null',
      'WatchedEvent state:Expired type:None path:null',
    ],
  });
  expect(await say(zab, 'a', 'ls /')).toEqual(['Not connected']);
  expect(await say(zab, 'a', 'whoami')).toEqual(['Not connected']);
});

test('a multi is one chip that opens into its parts; one that fails in its middle does nothing', async ({
  zab,
  page,
}) => {
  test.slow();
  await zab.playToRest();
  await say(zab, 'b', 'create /m 1');
  await zab.type('a', "txn 'create /m1 x' 'set /m 2' 'check /m 9' 'create /m2 y'");
  const sid = serverOf(await zab.frame(), 'a');
  const chip = zab
    .processor(sid, 'CommitProcessor')
    .getByRole('button', { name: /^multi a cxid \d+$/ })
    .first();
  await zab.stepUntil(() => chip.isVisible());
  await expect(chip).toContainText('×4');
  await chip.click();
  const parts = page.getByRole('complementary', { name: 'Inspector' }).getByRole('list', {
    name: 'parts',
  });
  await expect(parts.getByRole('listitem')).toHaveText([
    'create /m1',
    'setData /m',
    'check /m',
    'create /m2',
  ]);
  await runUntil(zab, (clients) => !clients['a']?.isWaiting);
  await zab.idle();
  await expect(parts.getByRole('listitem')).toHaveText([
    'create /m1undone',
    'setData /mundone',
    'check /mBADVERSION',
    'create /m2RUNTIMEINCONSISTENCY',
  ]);
  expect(pathsOf(await zab.frame(), sid)).not.toContain('/m1');
  expectLines('get', await say(zab, 'a', 'get /m'), ['1']);
});

test('who may not is refused, who has said who he is may; the inspector shows ACL and identities', async ({
  zab,
  page,
}) => {
  test.slow();
  await zab.playToRest();
  await say(zab, 'a', 'addauth digest bob:secret');
  expect(await say(zab, 'a', 'create /p data auth::cdrwa')).toEqual(['Created /p']);
  expect(await say(zab, 'b', 'get /p')).toEqual(['Insufficient permission : /p']);
  expect(await say(zab, 'b', 'setAcl /p world:anyone:r')).toEqual(['Insufficient permission : /p']);
  await say(zab, 'b', 'addauth digest bob:secret');
  expect(await say(zab, 'b', 'get /p')).toEqual(['data']);
  expect(await say(zab, 'b', 'getAcl /p')).toEqual([
    "'digest,'bob:fyVmFCwVbTJYrznoSu1koqYEYF0=",
    ': cdrwa',
  ]);
  const sid = serverOf(await zab.frame(), 'a');
  await zab.tree(sid).getByRole('treeitem', { name: '/p', exact: true }).click();
  await zab.idle();
  const acl = page.getByRole('table', { name: 'ACL' });
  await expect(acl.getByRole('row').nth(1)).toHaveText(
    'digestbob:fyVmFCwVbTJYrznoSu1koqYEYF0=cdrwa',
  );
  await page.getByRole('button', { name: 'Inspect client a' }).click();
  await zab.idle();
  await expect(page.getByRole('complementary', { name: 'Inspector' })).toContainText(
    'digest:bob:fyVmFCwVbTJYrznoSu1koqYEYF0=',
  );
});

test('a tree of thousands is scrolled, sifted and browsed, and only what is seen stands in the document', async ({
  zab,
  page,
}) => {
  test.slow();
  await openStandalone(zab);
  await say(zab, 'b', 'create /big');
  for (let first = 0; first < 6000; first += 2000) {
    const parts = Array.from({ length: 2000 }, (_, i) => `'create /big/n${10_000 + first + i} x'`);
    const command = { type: 'zk', letter: 'b', line: `txn ${parts.join(' ')}` } as const;
    await zab.order(command);
    await runUntil(zab, (clients) => !clients['b']?.isWaiting);
  }
  const tree = zab.tree(1);
  await expect(tree.getByRole('treeitem').first()).toHaveAccessibleName('/');
  expect(await tree.getByRole('treeitem').count()).toBeLessThan(60);
  // To the end by keys; what no frame holds is asked for.
  await tree.getByRole('treeitem').first().focus();
  await page.keyboard.press('End');
  await zab.idle();
  await expect(tree.getByRole('treeitem').last()).toHaveAccessibleName('/zookeeper/quota');
  await expect(tree.getByRole('treeitem', { name: '/big/n15999', exact: true })).toHaveCount(1);
  expect(await tree.getByRole('treeitem').count()).toBeLessThan(60);

  await page.getByRole('button', { name: 'Browse and search the tree of server 1' }).click();
  await zab.idle();
  const paths = page.getByRole('tree', { name: 'all paths of server 1' });
  await page.getByRole('searchbox', { name: 'Filter paths' }).fill('n1234');
  await zab.idle();
  await expect(paths.getByRole('treeitem')).toHaveCount(10);
  await paths.getByRole('treeitem', { name: '/big/n12345', exact: true }).click();
  await zab.idle();
  const inspector = page.getByRole('complementary', { name: 'Inspector' });
  await expect(inspector).toContainText('dataLength1');
  await zab.stepBack();
  await expect(paths.getByRole('treeitem')).toHaveCount(10);
  await page.getByRole('searchbox', { name: 'Filter paths' }).fill('nowhere');
  await zab.idle();
  await expect(paths.getByRole('treeitem')).toHaveCount(0);
});

test('containers and nodes with a time to live say so, and go when they are due', async ({
  zab,
}) => {
  test.slow();
  await openStandalone(zab, { extendedTypesEnabled: true, containerCheckIntervalMs: 4000 });
  expect(await say(zab, 'a', 'create -c /box')).toEqual(['Created /box']);
  expect(await say(zab, 'a', 'create /box/x')).toEqual(['Created /box/x']);
  expect(await say(zab, 'a', 'create -t 600000 /brief')).toEqual(['Created /brief']);
  const tree = zab.tree(1);
  await expect(tree.getByRole('treeitem', { name: '/box container', exact: true })).toBeVisible();
  await expect(
    tree.getByRole('treeitem', { name: '/brief time to live 600 s', exact: true }),
  ).toBeVisible();
  await say(zab, 'a', 'delete /box/x');
  for (let i = 0; i < 60 && pathsOf(await zab.frame(), 1).includes('/box'); i += 1) {
    await run200(zab);
  }
  await expect(tree.getByRole('treeitem', { name: /^\/box/ })).toHaveCount(0);
});

async function run200(zab: Zab): Promise<void> {
  await zab.page.evaluate(() => window.zabscope.step(200));
  await zab.idle();
}
