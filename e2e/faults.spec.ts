/** Faults by click and by word. */
import type { Frame } from '../src/bridge/frame';
import { clientOf, expect, leaderOf, pathsOf, section, serverOf, test } from './zabscope';

function isServing(frame: Frame, sid: number): boolean {
  const { status, sections } = frame.processes[String(sid)] ?? {};
  return status === 'running' && sections?.['role']?.type === 'role' && sections['role'].serving;
}

test('the leader crashes by a click; the others elect, the clients keep their sessions', async ({
  zab,
}) => {
  await zab.playToRest();
  const before = await zab.frame();
  const sessions = ['a', 'b'].map((letter) => clientOf(before, letter).sessionId);
  await zab.server(3).getByRole('button', { name: 'Crash server 3' }).click();
  await zab.idle();
  await expect(zab.now()).toContainText('crashes');
  await expect(zab.server(3).getByRole('button', { name: 'Restart server 3' })).toBeVisible();
  const crashed = await zab.frame();
  expect(crashed.processes['3']?.status).toBe('down');

  // Both know the same txns: (peerEpoch, zxid) are equal, the larger sid decides.
  await zab.stepUntil((frame) => !isServing(frame, 1) && !isServing(frame, 2), 600);
  await zab.stepUntil((frame) => isServing(frame, 1) && isServing(frame, 2), 600);
  const elected = await zab.frame();
  expect(leaderOf(elected)).toBe(2);
  const trace = await zab.trace(crashed.event + 1, elected.event);
  const [vote] = trace.filter((e) => e.type === 'elected').slice(-1);
  expect(vote?.sid).toBe(2);
  const changed = trace.filter((e) => e.type === 'vote' && e.process === '1');
  expect(changed.at(-1)?.name).toBe('higherSid');
  expect(section(elected, '2', 'role', 'role').currentEpoch).toBe(
    section(before, '2', 'role', 'role').currentEpoch + 1,
  );

  await zab.playToRest();
  const after = await zab.frame();
  ['a', 'b'].forEach((letter, i) => {
    expect(clientOf(after, letter).state).toBe('CONNECTED');
    expect(clientOf(after, letter).sessionId).toBe(sessions[i]);
  });
  for (const sid of [1, 2]) expect(pathsOf(after, sid)).toContain('/a');
  await zab.type('b', 'get /a');
  await zab.playToRest();
  await expect(zab.output()).toContainText('hello');
});

test('a minority does not serve', async ({ zab }) => {
  await zab.playToRest();
  await zab.type('a', 'crash 3');
  await zab.type('a', 'crash 2');
  await zab.stepUntil((frame) => {
    const role = section(frame, '1', 'role', 'role');
    return role.serverState === 'LOOKING' && !role.serving;
  }, 400);
  await zab.type('a', 'get /a');
  for (let i = 0; i < 60; i += 1) await zab.step();
  const frame = await zab.frame();
  expect(isServing(frame, 1)).toBe(false);
  expect(clientOf(frame, 'a').state).toBe('CONNECTING');
  await expect(zab.server(1)).toHaveAccessibleDescription(/LOOKING|Looking/);
});

test('a server that comes back catches up', async ({ zab }) => {
  await zab.playToRest();
  await zab.server(1).getByRole('button', { name: 'Crash server 1' }).click();
  await zab.idle();
  await zab.playToRest();
  await zab.type('b', 'create /late 1');
  await zab.playToRest();
  expect(pathsOf(await zab.frame(), 2)).toContain('/late');
  const before = (await zab.frame()).event;
  await zab.server(1).getByRole('button', { name: 'Restart server 1' }).click();
  await zab.idle();
  await zab.stepUntil((frame) => isServing(frame, 1), 400);
  const frame = await zab.frame();
  expect(pathsOf(frame, 1)).toContain('/late');
  expect(leaderOf(frame)).toBe(3);
  const trace = await zab.trace(before + 1, frame.event);
  expect(trace.find((e) => e.type === 'syncMode')?.name).toBe('DIFF');
  await expect(zab.tree(1)).toContainText('late');
});

test('a link is cut and healed by click', async ({ zab, page }) => {
  await zab.playToRest();
  const link = page.getByRole('group', { name: 'Link 1-3', exact: true });
  await link.getByRole('button', { name: 'Cut', exact: true }).click();
  await zab.idle();
  const frame = await zab.frame();
  const cut = frame.links.filter((l) => l.cut);
  expect(new Set(cut.map((l) => `${l.from}>${l.to}`))).toEqual(new Set(['1>3', '3>1']));
  await link.getByRole('button', { name: 'Heal', exact: true }).click();
  await zab.idle();
  expect((await zab.frame()).links.filter((l) => l.cut)).toEqual([]);
});

test('a client at the crashed server finds another one', async ({ zab }) => {
  await zab.playToRest();
  const server = serverOf(await zab.frame(), 'a');
  await zab
    .server(server)
    .getByRole('button', { name: `Crash server ${server}` })
    .click();
  await zab.idle();
  await zab.stepUntil((f) => clientOf(f, 'a').state === 'CONNECTING');
  await zab.stepUntil((f) => clientOf(f, 'a').state === 'CONNECTED');
  expect(serverOf(await zab.frame(), 'a')).not.toBe(server);
});
