/** Several requests in flight: CommitProcessor's rows by session, and the order of commits. */
import type { Frame, RequestView } from '../src/bridge/frame';
import { expect, isAnswered, leaderOf, section, serverOf, test } from './zabscope';

function waitingOf(frame: Frame, sid: number, letter: string): RequestView[] | undefined {
  const { sessionId } = section(frame, `client ${letter}`, 'client', 'client');
  const commit = section(frame, String(sid), 'CommitProcessor', 'processor');
  return commit.pendingRequests?.find((row) => row.sessionId === sessionId)?.items;
}

test('a session that pipelines waits behind its own writes, another one passes', async ({
  zab,
}) => {
  await zab.playToRest();
  const server = serverOf(await zab.frame(), 'a');
  // A second session at the same server.
  await zab.order({ type: 'client', letter: 'c', hosts: [server] });
  await zab.playToRest();
  await zab.type('a', 'create /q 1; get /q; get /q; get /q; delete /q; create /r 2; get /r');
  await zab.type('c', 'get /a');

  // All seven stand in one row, the write in front; the session of c has none.
  const full = await zab.stepUntil((frame) => waitingOf(frame, server, 'a')?.length === 7);
  expect(waitingOf(full, server, 'a')?.map((r) => r.op)).toEqual([
    'create',
    'getData',
    'getData',
    'getData',
    'delete',
    'create',
    'getData',
  ]);
  const row = zab
    .processor(server, 'CommitProcessor')
    .getByRole('list', { name: 'pendingRequests of a', exact: true });
  await expect(row).toBeVisible();
  await expect(row.getByRole('listitem').first()).toHaveAccessibleName(/^create \/q a cxid 2/);
  await expect(
    zab.processor(server, 'CommitProcessor').getByRole('list', { name: 'pendingRequests of c' }),
  ).toHaveCount(0);

  // Another session's read passes meanwhile.
  const passed = await zab.stepUntil((frame) => isAnswered(frame, 'c'));
  expect(waitingOf(passed, server, 'a')?.[0]?.op).toBe('create');

  // The first commit releases the three reads together; the next write stays in front.
  const released = await zab.stepUntil(
    (frame) => waitingOf(frame, server, 'a')?.[0]?.op === 'delete',
  );
  const before = await zab.frame();
  expect(before.event).toBe(released.event);
  const workers = section(released, String(server), 'CommitProcessor', 'processor').workers ?? [];
  const reads = workers.flatMap((w) => [...(w.working === null ? [] : [w.working]), ...w.items]);
  expect(reads.map((r) => r.op)).toEqual(['getData', 'getData', 'getData']);
  expect(waitingOf(released, server, 'a')?.map((r) => r.op)).toEqual([
    'delete',
    'create',
    'getData',
  ]);

  // The fourth read waits for both writes.
  const last = await zab.stepUntil((frame) => waitingOf(frame, server, 'a')?.length === 2);
  expect(waitingOf(last, server, 'a')?.map((r) => r.op)).toEqual(['create', 'getData']);
  // The row is gone when it is empty.
  await zab.stepUntil((frame) => waitingOf(frame, server, 'a') === undefined);
  await expect(
    zab.processor(server, 'CommitProcessor').getByRole('list', { name: 'pendingRequests of a' }),
  ).toHaveCount(0);
  await zab.playToRest();
  await zab.page.getByRole('tab', { name: 'Client a', exact: true }).click();
  await expect(zab.output()).toContainText('Created /q');
  await expect(zab.output()).toContainText('Created /r');
  await expect(zab.output()).not.toContainText('Node does not exist');
});

test('two writes in flight commit in the order of their zxids', async ({ zab }) => {
  await zab.playToRest();
  await zab.type('a', 'create /x 1');
  await zab.type('b', 'create /y 2');
  const frame = await zab.frame();
  const leader = leaderOf(frame);
  const both = await zab.stepUntil(
    (f) => section(f, String(leader), 'ledger', 'ledger').rows.length === 2,
  );
  const zxids = section(both, String(leader), 'ledger', 'ledger').rows.map((r) => Number(r.zxid));
  expect(zxids[1]).toBe((zxids[0] ?? 0) + 1);
  const rows = await zab.ledger(leader);
  expect(rows).toHaveLength(2);
  expect(rows[0]).toContain(`0x${(zxids[0] ?? 0).toString(16)}`);
  await zab.playToRest();
  const end = await zab.frame();
  const trace = await zab.trace(frame.event + 1, end.event);
  for (const sid of ['1', '2', '3']) {
    const applied = trace.filter((e) => e.process === sid && e.type === 'apply').map((e) => e.zxid);
    expect(applied.slice(0, 2), `server ${sid}`).toEqual(zxids);
  }
  const committed = trace.filter((e) => e.type === 'commit').map((e) => e.zxid);
  expect(committed).toEqual(zxids);
});
