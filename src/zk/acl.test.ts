import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { checkAcl, digestId, fixupAcl, maskedAcl, PERMS } from './acl';
import type { AclEntry, AuthId } from './records';
import { OPEN_ACL } from './records';

const entry = (perms: number, scheme: string, id: string): AclEntry => ({ perms, scheme, id });
/** Nulls cannot be typed, but they can be sent. */
const NULL = null as unknown as string;
const ANYONE = entry(31, 'world', 'anyone');
const IP: AuthId = { scheme: 'ip', id: '127.0.0.1' };
const U: AuthId = { scheme: 'digest', id: digestId('u:p') };
const V: AuthId = { scheme: 'digest', id: digestId('v:p') };
const SUPER: AuthId = { scheme: 'super', id: '' };

describe('a digest identity', () => {
  test.each([
    ['bob:pw', 'bob:ikIaKsbtGweaHnb/jKn7OHqbunM='],
    ['joe:pw', 'joe:VAXy9ajBTglP5dEFbkRFkF33wJ4='],
    ['u:p', 'u:Jq7wMyA/w2Vd5WIDAKdu4OIIFEQ='],
    ['x:y', 'x:MEJqKszm5QjsB/DDYgSVr5oDjb4='],
    ['super:secret', 'super:lK75jTNcA+U9vtVEw5vB51mj/w4='],
  ])('%s is the one that a real server made', (userPassword, id) => {
    expect(digestId(userPassword)).toBe(id);
  });

  test('has the text before the first colon as its user, all of it when there is none', () => {
    expect(digestId('nocolon')).toMatch(/^nocolon:[A-Za-z0-9+/]{27}=$/);
    expect(digestId('a:b:c')).toMatch(/^a:[A-Za-z0-9+/]{27}=$/);
    expect(digestId('a:b:c')).not.toBe(digestId('a:b'));
  });

  test('hashes the UTF-8 bytes of the text', () => {
    expect(digestId('u:\u00e9')).toBe(`u:${sha1Base64(Buffer.from('u:\u00e9', 'utf8'))}`);
  });
});

function sha1Base64(bytes: Buffer): string {
  return createHash('sha1').update(bytes).digest('base64');
}

describe('a list that is set', () => {
  test.each<[string, readonly AclEntry[] | null, string]>([
    ['is null', null, 'INVALIDACL'],
    ['is empty', [], 'INVALIDACL'],
    ['has an entry without a scheme', [entry(1, NULL, 'x')], 'INVALIDACL'],
    ['has world with a null id', [entry(1, 'world', NULL)], 'MARSHALLINGERROR'],
    ['has digest with a null id', [entry(1, 'digest', NULL)], 'MARSHALLINGERROR'],
    ['has ip with a null id', [entry(1, 'ip', NULL)], 'MARSHALLINGERROR'],
    ['has an unknown scheme with a null id', [entry(1, 'nosuch', NULL)], 'INVALIDACL'],
    ['has world for somebody', [entry(1, 'world', 'me')], 'INVALIDACL'],
    ['has an unknown scheme', [entry(1, 'nosuch', 'x')], 'INVALIDACL'],
    ['names the super user', [entry(31, 'super', '')], 'INVALIDACL'],
    ['has x509 on a plain server', [entry(31, 'x509', 'CN=a')], 'INVALIDACL'],
    ['has sasl on a plain server', [entry(31, 'sasl', 'a@B')], 'INVALIDACL'],
    ['has one bad entry behind a good one', [ANYONE, entry(1, 'digest', 'x')], 'INVALIDACL'],
    [
      'is refused at its first bad entry',
      [entry(1, 'ip', 'x'), entry(1, 'world', NULL)],
      'INVALIDACL',
    ],
    ['asks for auth and nobody is', [entry(31, 'auth', '')], 'INVALIDACL'],
  ])('that %s is refused', (_why, acl, error) => {
    expect(fixupAcl(acl, [IP, SUPER])).toBe(error);
  });

  test('keeps its order and loses exact duplicates alone', () => {
    const read = entry(1, 'world', 'anyone');
    const write = entry(2, 'world', 'anyone');
    expect(fixupAcl([read, write, read, entry(1, 'ip', '1.2.3.4')], [])).toEqual([
      read,
      write,
      entry(1, 'ip', '1.2.3.4'),
    ]);
  });

  test('has auth replaced by each authenticated identity, in their order; an address is none', () => {
    const acl = [ANYONE, entry(3, 'auth', 'ignored'), entry(16, 'auth', ''), entry(16, 'auth', '')];
    expect(fixupAcl(acl, [V, IP, SUPER, U])).toEqual([
      ANYONE,
      entry(3, 'digest', V.id),
      entry(3, 'digest', U.id),
      entry(16, 'digest', V.id),
      entry(16, 'digest', U.id),
    ]);
  });

  test('keeps the duplicates that auth makes', () => {
    const own = entry(1, 'digest', U.id);
    expect(fixupAcl([own, entry(1, 'auth', '')], [U])).toEqual([own, own]);
  });

  test('may have auth with a null id, and bits that mean nothing', () => {
    expect(fixupAcl([entry(255, 'auth', NULL)], [U])).toEqual([entry(255, 'digest', U.id)]);
    expect(fixupAcl([entry(0, 'world', 'anyone')], [])).toEqual([entry(0, 'world', 'anyone')]);
  });
});

const isAccepted = (scheme: string, id: string) =>
  typeof fixupAcl([ANYONE, entry(1, scheme, id)], []) !== 'string';

describe('an id of an entry', () => {
  test.each(['u:hash', ':hash', 'u:hash:', 'u:hash::'])('digest %j is one', (id) => {
    expect(isAccepted('digest', id)).toBe(true);
  });

  test.each(['', ':', 'u', 'u:', 'a:b:c'])('digest %j is none', (id) => {
    expect(isAccepted('digest', id)).toBe(false);
  });

  test.each(['1.2.3.4', '0.0.0.0/0', '255.255.255.255/32', '01.2.3.4/+8'])('ip %j is one', (id) => {
    expect(isAccepted('ip', id)).toBe(true);
  });

  test.each([
    ...['', '1.2.3', '1.2.3.4.5', '1.2.3.256', '1.2.3.-1', '1.2.3.', 'a.b.c.d', '::1'],
    ...['1.2.3.4/', '1.2.3.4/33', '1.2.3.4/-1', '1.2.3.4/x', '1.2.3.4/8/8'],
  ])('ip %j is none', (id) => {
    expect(isAccepted('ip', id)).toBe(false);
  });
});

const may = (acl: readonly AclEntry[] | undefined, perms: number, ids: readonly AuthId[]) =>
  checkAcl(acl, perms, ids, false);

describe('a permission', () => {
  test('is needed nowhere where ACLs are skipped, and on no node without a list', () => {
    expect(checkAcl([entry(0, 'world', 'anyone')], PERMS.ALL, [], true)).toBe(true);
    expect(may(undefined, PERMS.ADMIN, [])).toBe(true);
    expect(may([], PERMS.ADMIN, [])).toBe(true);
  });

  test('is had by everybody where the world has it', () => {
    expect(may(OPEN_ACL, PERMS.DELETE, [])).toBe(true);
    expect(may([entry(4, 'world', 'anyone')], PERMS.CREATE, [])).toBe(true);
    expect(may([entry(4, 'world', 'anyone')], PERMS.READ, [IP, U])).toBe(false);
  });

  test('is had through any entry: they are or-ed, none denies', () => {
    const acl = [entry(1, 'world', 'anyone'), entry(2, 'world', 'anyone')];
    expect(may(acl, PERMS.WRITE, [])).toBe(true);
    expect(may([entry(0, 'digest', U.id), entry(2, 'digest', U.id)], PERMS.WRITE, [U])).toBe(true);
    expect(may(acl, PERMS.CREATE, [U])).toBe(false);
  });

  test('asked with several bits is had with any of them', () => {
    expect(may([entry(16, 'digest', U.id)], PERMS.READ | PERMS.ADMIN, [IP, U])).toBe(true);
    expect(may([entry(2, 'digest', U.id)], PERMS.READ | PERMS.ADMIN, [IP, U])).toBe(false);
  });

  test('of a digest goes by the whole identity: another password is another', () => {
    const acl = [entry(31, 'digest', U.id)];
    expect(may(acl, PERMS.READ, [IP, U])).toBe(true);
    expect(may(acl, PERMS.READ, [V])).toBe(false);
    expect(may(acl, PERMS.READ, [{ scheme: 'digest', id: digestId('u:wrong') }])).toBe(false);
    expect(may(acl, PERMS.READ, [{ scheme: 'ip', id: U.id }])).toBe(false);
  });

  test.each<[string, string, boolean]>([
    ['127.0.0.1', '127.0.0.1', true],
    ['127.0.0.1', '127.0.0.2', false],
    ['10.0.0.0/8', '10.255.1.2', true],
    ['10.0.0.0/8', '11.0.0.0', false],
    ['10.1.2.129/25', '10.1.2.200', true],
    ['10.1.2.129/25', '10.1.2.100', false],
    ['1.2.3.4/0', '255.0.0.1', true],
    ['200.1.1.1/1', '127.1.1.1', false],
    ['127.0.0.1', '::1', false],
  ])('of address %s: %s has it: %s', (id, from, isAllowed) => {
    const acl = [entry(1, 'ip', id)];
    expect(may(acl, PERMS.READ, [{ scheme: 'ip', id: from }])).toBe(isAllowed);
  });

  test('is had by the super user always', () => {
    expect(may([entry(0, 'world', 'anyone')], PERMS.ADMIN, [IP, U, SUPER])).toBe(true);
  });
});

test('a list is shown without the hashes to who may not administer', () => {
  const acl = [
    ANYONE,
    entry(3, 'digest', U.id),
    entry(1, 'ip', '1.2.3.4'),
    entry(1, 'digest', ':h'),
  ];
  expect(maskedAcl(acl)).toEqual([
    ANYONE,
    entry(3, 'digest', 'u:x'),
    entry(1, 'ip', '1.2.3.4'),
    entry(1, 'digest', ':x'),
  ]);
});
