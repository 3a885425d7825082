/** Who a connection is: what auth packets add, and in which order a client sees it. */
import { expect, test } from 'vitest';
import { DEFAULT_ZOO_CONFIG } from '../../../zk/config';
import { pass, servingEnsemble } from '../../world/ensemble.test-support';
import { acl, Asker, make, standalone } from '../../world/clientApi.test-support';

const SUPER = 'super:lK75jTNcA+U9vtVEw5vB51mj/w4=';

function whoAmI(a: Asker): string[] {
  const info = a.ask({ op: 'whoAmI' }).body?.clientInfo ?? [];
  return info.map(({ authScheme, user }) => `${authScheme}:${user}`);
}

test('identities add up, each once, in the order of the hash set that holds them', () => {
  const a = new Asker(standalone({ superDigest: SUPER }));
  expect(whoAmI(a)).toEqual(['ip:127.0.0.1']);
  expect(a.err({ op: 'auth', scheme: 'ip', auth: '1.2.3.4' })).toBe('OK');
  expect(a.auth('super:wrong')).toBe('OK');
  expect(a.auth('super:secret')).toBe('OK');
  expect(a.auth('super:secret')).toBe('OK');
  expect(a.auth('nocolon')).toBe('OK');
  expect(whoAmI(a)).toEqual([
    'digest:nocolon',
    'super:',
    'digest:super',
    'ip:127.0.0.1',
    'digest:super',
  ]);
});

test('an auth packet overtakes what waits in the pipeline, and its zxid is 0', () => {
  const a = new Asker(standalone());
  a.client.replies();
  a.client.send(make('/a'));
  a.client.send({ op: 'auth', scheme: 'digest', auth: 'u:p' });
  pass(a.client.e, 50);
  expect(a.client.replies()).toMatchObject([
    { op: 'auth', err: 'OK', zxid: 0 },
    { op: 'create', err: 'OK' },
  ]);
});

test.each<[string | null, string | null]>([
  ['nosuch', 'x'],
  ['world', 'anyone'],
  ['super', ''],
  [null, 'x'],
  ['digest', null],
])('scheme %s with %s is refused, and the connection ends', (scheme, auth) => {
  const a = new Asker(standalone());
  expect(a.ask({ op: 'auth', scheme, auth })).toMatchObject({ err: 'AUTHFAILED', zxid: 0 });
  pass(a.client.e, 5);
  expect(a.client.isClosed()).toBe(true);
});

test('a body that is none ends the connection without an answer', () => {
  const a = new Asker(standalone());
  expect(a.maybeAsk({ op: 'raw', type: 100, hex: '00' })).toBeUndefined();
  expect(a.client.isClosed()).toBe(true);
});

test('identities are the connection’s: a new one has none of them', () => {
  const e = servingEnsemble(3, { config: { ...DEFAULT_ZOO_CONFIG, tickTime: 500 } });
  const a = new Asker(e, 1);
  a.auth('u:p');
  expect(a.err(make('/own', { acl: acl(31, 'auth', '') }))).toBe('OK');
  a.client.connect(2);
  a.client.connected();
  expect(whoAmI(a)).toEqual(['ip:127.0.0.1']);
  expect(a.err({ op: 'getData', path: '/own', watch: false })).toBe('NOAUTH');
  a.auth('u:p');
  expect(a.err({ op: 'getData', path: '/own', watch: false })).toBe('OK');
});
