import { describe, expect, it } from 'vitest';
import {
  type ClientHarness,
  connect,
  lastConn,
  makeClient,
  onConn,
  PASSWORD,
  printed,
  receive,
  SESSION,
} from '../testEffects.test-support';

/** A client that may read only, at a read-only server. */
function readOnlyClient() {
  const client = makeClient([1, 2], 30_000, 1, { readOnly: true });
  onConn(client, 'accepted');
  connected(client);
  return client;
}

function connected(client: ClientHarness): void {
  receive(client, {
    kind: 'CONNECTED',
    timeOut: 30_000,
    sessionId: SESSION,
    passwd: PASSWORD,
    readOnly: true,
  });
}

/** The next look: who is asked. */
function look(client: ClientHarness) {
  const before = client.opened.length;
  while (client.opened.length === before) client.advance(50);
  const { conn, to, at } = client.opened.at(-1) as ClientHarness['opened'][number];
  return { conn, to, at };
}

describe('at a read-only server', () => {
  it('the client says so, and asks one server after the other by isro, less and less often', () => {
    const client = readOnlyClient();
    expect(client.state.cnxn.state).toBe('CONNECTEDREADONLY');
    expect(printed(client).at(-1)).toBe('WatchedEvent state:ConnectedReadOnly type:None path:null');
    const looks = [1, 2, 3].map(() => {
      const found = look(client);
      onConn(client, 'accepted', found.conn);
      expect(client.sent.at(-1)).toMatchObject({ conn: found.conn, packet: { word: 'isro' } });
      receive(client, { kind: 'TEXT', text: 'ro' }, found.conn);
      return found;
    });
    expect(looks[0]?.to).not.toBe(looks[1]?.to);
    expect(looks.map(({ at }) => at / 1000)).toEqual([100, 300, 700]);
  });

  it('a server that also writes is gone to, with no session as long as none was seen before', () => {
    const client = readOnlyClient();
    const found = look(client);
    onConn(client, 'accepted', found.conn);
    receive(client, { kind: 'TEXT', text: 'rw' }, found.conn);
    expect(client.state.cnxn.state).toBe('CONNECTING');
    client.advance(1100);
    expect(client.opened.at(-1)?.to).toBe(found.to);
    onConn(client, 'accepted');
    expect(client.sent.at(-1)?.packet).toMatchObject({
      kind: 'CONNECT',
      sessionId: '0000000000000000',
      readOnly: true,
    });
  });

  it('a look that nobody answers ends after a second, one that is refused at once', () => {
    const client = readOnlyClient();
    const first = look(client);
    client.advance(1000);
    expect(client.closed).toContain(first.conn);
    const second = look(client);
    onConn(client, 'refused', second.conn);
    expect(client.closed).not.toContain(second.conn);
    expect(client.state.cnxn.rwPing.conn).toBeNull();
    expect(look(client).at).toBeGreaterThan(second.at);
  });

  it('the looks end with the connection', () => {
    const client = readOnlyClient();
    const first = look(client);
    onConn(client, 'closed', client.opened[0]?.conn);
    expect(client.closed).toContain(first.conn);
    client.advance(100);
    expect(lastConn(client)).toBe(first.conn);
  });

  it('a client that must write presents its session from then on', () => {
    const client = makeClient([1], 30_000);
    connect(client);
    expect(client.state.cnxn.hasSeenRwServer).toBe(true);
    client.advance(500);
    expect(client.opened).toHaveLength(1);
  });
});
