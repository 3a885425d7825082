/**
 * The password of a session: a function of its id alone, so that any server of an
 * ensemble can check it without a table.
 */
import type { SessionId } from './ids';

const SECRET = 0xb3415c00n;
const MULTIPLIER = 0x5deece66dn;
const MASK_48 = (1n << 48n) - 1n;
const BYTES = 16;

/**
 * 16 bytes as 32 hex digits: four draws of java.util.Random seeded with the id and a
 * constant, each draw's lowest byte first.
 *
 * Source: ZooKeeperServer.generatePasswd.
 */
export function sessionPassword(id: SessionId): string {
  let state = (BigInt(`0x${id}`) ^ SECRET ^ MULTIPLIER) & MASK_48;
  let out = '';
  while (out.length < 2 * BYTES) {
    state = (state * MULTIPLIER + 0xbn) & MASK_48;
    const word = Number(state >> 16n);
    for (let shift = 0; shift < 32; shift += 8) {
      out += ((word >>> shift) & 0xff).toString(16).padStart(2, '0');
    }
  }
  return out;
}
