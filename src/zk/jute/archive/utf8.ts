/**
 * Strings on the wire. The writer goes through the UTF-16 units one by one, so a
 * character above U+FFFF becomes two sequences of three bytes (CESU-8); the reader
 * takes plain UTF-8 and makes two U+FFFD of those. Only ids of ACLs and names of users
 * can hold such characters: paths exclude them.
 *
 * Source: BinaryOutputArchive.stringToByteBuffer, BinaryInputArchive.readString.
 */

const REPLACEMENT = 0xfffd;

/** Bytes that `writeUtf8` writes for this text. */
export function utf8Length(text: string): number {
  let length = text.length;
  for (let i = 0; i < text.length; i += 1) {
    const c = text.charCodeAt(i);
    if (c >= 0x80) length += c < 0x800 ? 1 : 2;
  }
  return length;
}

/** Writes the text from `at` on; the room must be there. Returns the place behind it. */
export function writeUtf8(bytes: Uint8Array, at: number, text: string): number {
  let to = at;
  for (let i = 0; i < text.length; i += 1) {
    const c = text.charCodeAt(i);
    if (c < 0x80) {
      bytes[to++] = c;
    } else if (c < 0x800) {
      bytes[to++] = 0xc0 | (c >> 6);
      bytes[to++] = 0x80 | (c & 63);
    } else {
      bytes[to++] = 0xe0 | (c >> 12);
      bytes[to++] = 0x80 | ((c >> 6) & 63);
      bytes[to++] = 0x80 | (c & 63);
    }
  }
  return to;
}

/**
 * The text of the bytes from `at` to `end`. What is no UTF-8 becomes U+FFFD as in Java:
 * one for the longest beginning of a sequence, one for a surrogate written in three bytes.
 */
export function readUtf8(bytes: Uint8Array, at: number, end: number): string {
  let text = '';
  let i = at;
  while (i < end) {
    const lead = bytes[i] as number;
    const wanted = sequenceLength(lead);
    let length = 1;
    while (length < wanted && i + length < end && continues(bytes, i, length)) length += 1;
    const whole = length === wanted && wanted > 0;
    text += String.fromCodePoint(whole ? codePoint(bytes, i, length) : REPLACEMENT);
    i += length;
  }
  return text;
}

/** 0: no sequence begins with this byte. */
function sequenceLength(lead: number): number {
  if (lead < 0x80) return 1;
  if (lead < 0xc2 || lead > 0xf4) return 0;
  return lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
}

/** The byte at `i + n` may stand there; the second byte has narrower bounds behind some first ones. */
function continues(bytes: Uint8Array, i: number, n: number): boolean {
  const byte = bytes[i + n] as number;
  if ((byte & 0xc0) !== 0x80) return false;
  if (n > 1) return true;
  const lead = bytes[i];
  if (lead === 0xe0) return byte >= 0xa0;
  if (lead === 0xf0) return byte >= 0x90;
  return lead !== 0xf4 || byte < 0x90;
}

function codePoint(bytes: Uint8Array, i: number, length: number): number {
  const lead = bytes[i] as number;
  if (length === 1) return lead;
  let c = lead & (0x7f >> length);
  for (let n = 1; n < length; n += 1) c = (c << 6) | ((bytes[i + n] as number) & 63);
  return c >= 0xd800 && c < 0xe000 ? REPLACEMENT : c;
}
