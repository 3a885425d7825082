import { expect, test } from 'vitest';
import type { LibraryAction } from '../../../bridge/process';
import { connect, makeClient, receive, reply } from '../testEffects.test-support';
import { connectStringOf } from './hostProvider';

test('behind a close calls have results, and watchers are told nothing more', () => {
  const client = makeClient([1]);
  connect(client);
  let calls = 0;
  const act = (action: object) => {
    const numbered = { ...action, call: calls } as LibraryAction;
    client.step({ type: 'command', command: { type: 'library', action: numbered } });
    calls += 1;
  };
  act({ type: 'call', body: { op: 'exists', path: '/x', watch: true }, watcher: 'w1' });
  receive(client, reply(1, { op: 'exists', err: 'NONODE' }));
  act({ type: 'close' });
  receive(client, reply(2, { op: 'closeSession' }));
  const from = client.state.library.records.length;
  const body = { op: 'removeWatches', path: '/x', type: 2 };
  act({ type: 'call', body });
  act({ type: 'call', body, local: true });
  act({ type: 'call', body, local: true });
  expect(client.state.library.records.slice(from)).toMatchObject([
    { type: 'result', call: 2, err: 'SESSIONEXPIRED' },
    { type: 'result', call: 3, err: 'OK' },
    { type: 'result', call: 4, err: 'NOWATCHER' },
  ]);
});

test('a chroot of / is none', () => {
  expect(connectStringOf([1], '/')).toEqual({ text: 'zk1:2181/', sids: [1], chroot: '' });
  expect(connectStringOf([1, 2], '/a').chroot).toBe('/a');
});
