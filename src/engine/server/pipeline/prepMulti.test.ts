/** multi: one zxid for all parts, or none of them. */
import { describe, expect, test } from 'vitest';
import { DEFAULT_ZOO_CONFIG } from '../../../zk/config';
import type { MultiOp, RequestBody } from '../../../zk/records';
import { pass, servingEnsemble } from '../../world/ensemble.test-support';
import { Asker, make, standalone } from '../../world/clientApi.test-support';

const multi = (...ops: MultiOp[]): RequestBody => ({ op: 'multi', ops });
const remove = (path: string): MultiOp => ({ op: 'delete', path, version: -1 });
const set = (path: string, version = -1): MultiOp => ({
  op: 'setData',
  path,
  data: 'xyz',
  version,
});

describe('a multi', () => {
  test('sees in each part what those before it have done, and has one zxid', () => {
    const a = new Asker(standalone());
    const { zxid } = a.ask(make('/a'));
    const reply = a.ask(
      multi(
        make('/a/b'),
        make('/a/s', { flags: 2 }),
        set('/a/b', 0),
        { op: 'check', path: '/a/b', version: 1 },
        remove('/a/b'),
        { ...make('/a/c'), op: 'create2' },
        { ...make('/a/d', { flags: 4 }), op: 'createContainer' },
      ),
    );
    expect(reply).toMatchObject({ err: 'OK', zxid: zxid + 1 });
    expect(reply.body?.results).toMatchObject([
      { op: 'create', err: 'OK', path: '/a/b' },
      { op: 'create', err: 'OK', path: '/a/s0000000001' },
      { op: 'setData', err: 'OK', stat: { version: 1, mzxid: zxid + 1, dataLength: 3 } },
      { op: 'check', err: 'OK' },
      { op: 'delete', err: 'OK' },
      { op: 'create', err: 'OK', path: '/a/c' },
      { op: 'create2', err: 'OK', path: '/a/d', stat: { czxid: zxid + 1 } },
    ]);
    expect(reply.body?.results?.[5]).not.toHaveProperty('stat');
    const { body } = a.ask({ op: 'getChildren2', path: '/a', watch: false });
    expect(body?.children?.slice().sort()).toEqual(['c', 'd', 's0000000001']);
    expect(body?.stat).toMatchObject({ cversion: 5, pzxid: zxid + 1 });
  });

  test('of which a part fails does nothing, tells nobody, and consumes a zxid all the same', () => {
    const e = standalone();
    const a = new Asker(e);
    const { zxid } = a.ask(make('/a'));
    a.ask({ op: 'getData', path: '/a', watch: true });
    const reply = a.ask(multi(set('/a'), make('/a'), make('/x'), remove('/none')));
    expect(reply).toMatchObject({ err: 'OK', zxid: zxid + 1 });
    expect(reply.body?.results).toEqual([
      { op: 'error', err: 'OK' },
      { op: 'error', err: 'NODEEXISTS' },
      { op: 'error', err: 'RUNTIMEINCONSISTENCY' },
      { op: 'error', err: 'RUNTIMEINCONSISTENCY' },
    ]);
    expect(a.ask({ op: 'exists', path: '/a', watch: false }).body?.stat?.version).toBe(0);
    expect(a.events()).toEqual([]);
  });

  test('that fails gives numbers and names back to those that were sent behind it', () => {
    const a = new Asker(standalone());
    a.ask(make('/p'));
    const { client } = a;
    client.replies();
    client.send(make('/p/s', { flags: 2 }));
    client.send(multi(make('/p/s', { flags: 2 }), make('/p/t'), make('/p')));
    client.send(make('/p/s', { flags: 2 }));
    client.send(make('/p/t'));
    pass(client.e, 100);
    const replies = client.replies();
    expect(replies.map(({ err }) => err)).toEqual(['OK', 'OK', 'OK', 'OK']);
    expect(replies[0]?.body?.path).toBe('/p/s0000000000');
    expect(replies[1]?.body?.results?.[2]).toEqual({ op: 'error', err: 'NODEEXISTS' });
    expect(replies[2]?.body?.path).toBe('/p/s0000000001');
    expect(replies[3]?.body?.path).toBe('/p/t');
  });

  test('without parts is answered by an empty list', () => {
    const a = new Asker(standalone());
    expect(a.ask(multi()).body?.results).toEqual([]);
  });

  test.each<[string, MultiOp[]]>([
    ['a read', [{ op: 'getData', path: '/', watch: false }]],
    ['reads and writes', [make('/x'), { op: 'getChildren', path: '/', watch: false }]],
    ['what no multi holds', [{ op: 'exists', path: '/', watch: false }]],
    [
      'a setACL',
      [make('/x'), { op: 'setACL', path: '/', acl: [], version: -1 } as object as MultiOp],
    ],
    ['a multi inside', [make('/x'), { op: 'multi', ops: [] } as object as MultiOp]],
    ['no path', [make(null)]],
    ['a TTL without its number', [make('/x', { flags: 5 })]],
  ])('with %s cannot be read as a whole', (_, ops) => {
    const a = new Asker(standalone({ extendedTypesEnabled: true }));
    const { zxid } = a.ask(make('/before'));
    expect(a.ask(multi(...ops))).toMatchObject({ err: 'MARSHALLINGERROR', zxid: zxid + 1 });
  });

  test('drops the TTL of a createTTL whose flag is of another kind', () => {
    const a = new Asker(standalone({ extendedTypesEnabled: true }));
    const { body } = a.ask(multi({ ...make('/e', { flags: 1 }), op: 'createTTL', ttl: 3 }));
    expect(body?.results).toEqual([{ op: 'create', err: 'OK', path: '/e' }]);
    const { stat } = a.ask({ op: 'exists', path: '/e', watch: false }).body ?? {};
    expect(stat?.ephemeralOwner).toBe(a.client.sessionId);
  });

  test('comes out alike at every server of an ensemble', () => {
    const e = servingEnsemble(3, { config: { ...DEFAULT_ZOO_CONFIG, tickTime: 500 } });
    const clients = [1, 2, 3].map((sid) => new Asker(e, sid));
    for (const a of clients) {
      const path = `/${a.client.sessionId}`;
      const { body } = a.ask(multi(make(path), make(`${path}/e`, { flags: 1 }), set(path)));
      expect(body?.results?.map(({ op }) => op)).toEqual(['create', 'create', 'setData']);
    }
    pass(e, 100);
    const digests = new Set(
      [1, 2, 3].map((sid) => {
        const entries = e.trace.filter(({ process, type }) => {
          return process === String(sid) && type === 'apply';
        });
        return entries.at(-1)?.detail?.['tree'];
      }),
    );
    expect(digests.size).toBe(1);
  });
});
