/**
 * Bytes as a "binary string": one UTF-16 unit (0 to 255) per byte. Plain JSON,
 * compared and hashed fast; its length is the number of bytes.
 */

/** UTF-8 bytes of a text, as a binary string. */
export function textToBytes(text: string): string {
  let out = '';
  for (const symbol of text) {
    const c = symbol.codePointAt(0) as number;
    if (c < 0x80) out += symbol;
    else if (c < 0x800) out += String.fromCharCode(0xc0 | (c >> 6), 0x80 | (c & 63));
    else if (c < 0x10000) {
      out += String.fromCharCode(0xe0 | (c >> 12), 0x80 | ((c >> 6) & 63), 0x80 | (c & 63));
    } else {
      out += String.fromCharCode(
        0xf0 | (c >> 18),
        0x80 | ((c >> 12) & 63),
        0x80 | ((c >> 6) & 63),
        0x80 | (c & 63),
      );
    }
  }
  return out;
}

/** The text that these UTF-8 bytes spell; a byte that is no UTF-8 becomes U+FFFD. */
export function bytesToText(bytes: string): string {
  let out = '';
  for (let i = 0; i < bytes.length; ) {
    const b = bytes.charCodeAt(i);
    const length = b < 0x80 ? 1 : b >= 0xf0 && b < 0xf5 ? 4 : b >= 0xe0 ? 3 : b >= 0xc2 ? 2 : 0;
    let c = length === 1 ? b : length === 2 ? b & 31 : length === 3 ? b & 15 : b & 7;
    let ok = length > 0 && i + length <= bytes.length && b < 0xf5;
    for (let k = 1; ok && k < length; k += 1) {
      const next = bytes.charCodeAt(i + k);
      if ((next & 0xc0) !== 0x80) ok = false;
      c = (c << 6) | (next & 63);
    }
    out += ok ? String.fromCodePoint(c) : '\uFFFD';
    i += ok ? length : 1;
  }
  return out;
}
