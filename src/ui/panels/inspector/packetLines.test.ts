import { expect, test } from 'vitest';
import { makeZxid, type SessionId } from '../../../zk/ids';
import { packetLines } from './packetLines';

test('fields by name, zxids and sessions as ZooKeeper prints them, the kind left out', () => {
  expect(
    packetLines({
      kind: 'REQUEST',
      sessionId: '0100000000000001' as SessionId,
      cxid: 4,
      body: { op: 'create', path: '/a', data: null, acl: [], flags: 0 },
    }),
  ).toEqual([
    ['sessionId', '0x100000000000001'],
    ['cxid', '4'],
    ['body.op', 'create'],
    ['body.path', '/a'],
    ['body.data', 'null'],
    ['body.acl', '[]'],
    ['body.flags', '0'],
  ]);
  expect(packetLines({ kind: 'ACK', zxid: makeZxid(1, 5) })).toEqual([['zxid', '0x100000005']]);
});

test('a long packet is cut, and says by how much', () => {
  const touched = Array.from({ length: 40 }, (_, i): [SessionId, number] => [
    String(i).padStart(16, '0') as SessionId,
    30000,
  ]);
  const lines = packetLines({ kind: 'PING', zxid: makeZxid(1, 5), touched });
  expect(lines).toHaveLength(24);
  expect(lines.at(-1)).toEqual(['…', '+58']);
});
