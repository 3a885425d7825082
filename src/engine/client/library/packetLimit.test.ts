import { expect, test } from 'vitest';
import type { ReplyBody } from '../../../zk/records';
import { connect, FRESH_STAT, makeClient, receive, reply } from '../testEffects.test-support';

/** What comes of a getData whose data is so long. */
function errOf(length: number): { err: string; phase: string } {
  const client = makeClient([1]);
  connect(client);
  const body = { op: 'getData', path: '/x', watch: false } as const;
  client.step({
    type: 'command',
    command: { type: 'library', action: { type: 'call', call: 0, body } },
  });
  const answer: ReplyBody = { data: 'x'.repeat(length), stat: FRESH_STAT };
  receive(client, reply(1, { op: 'getData', body: answer }));
  const { phase } = client.state.cnxn;
  if (phase === 'cleanup') client.step({ type: 'local', work: { timer: 'cleanup' } } as never);
  const result = client.state.library.records.find(({ type }) => type === 'result');
  return { err: result?.type === 'result' ? result.err : 'none', phase };
}

test('an answer of 1 MiB or more ends the connection, and the call is lost', () => {
  // Length of the header, of the data's own length and of the Stat.
  const around = 16 + 4 + 68;
  expect(errOf(0xfffff - around)).toEqual({ err: 'OK', phase: 'serve' });
  expect(errOf(0xfffff - around + 1)).toEqual({ err: 'CONNECTIONLOSS', phase: 'cleanup' });
});
