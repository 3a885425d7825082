/** SHA-1 and Base64 of bytes as binary strings (see bytes.ts). */

/** 20 bytes. */
export function sha1(bytes: string): string {
  const words = paddedWords(bytes);
  let [h0, h1, h2, h3, h4] = [
    0x67452301,
    0xefcdab89 | 0,
    0x98badcfe | 0,
    0x10325476,
    0xc3d2e1f0 | 0,
  ];
  const w = new Int32Array(80);
  for (let at = 0; at < words.length; at += 16) {
    for (let t = 0; t < 16; t += 1) w[t] = words[at + t] as number;
    for (let t = 16; t < 80; t += 1) {
      const x = (w[t - 3] ?? 0) ^ (w[t - 8] ?? 0) ^ (w[t - 14] ?? 0) ^ (w[t - 16] ?? 0);
      w[t] = rotate(x, 1);
    }
    let [a, b, c, d, e] = [h0, h1, h2, h3, h4];
    for (let t = 0; t < 80; t += 1) {
      const next = (rotate(a, 5) + mixOf(t, b, c, d) + e + (w[t] as number)) | 0;
      e = d;
      d = c;
      c = rotate(b, 30);
      b = a;
      a = next;
    }
    h0 = (h0 + a) | 0;
    h1 = (h1 + b) | 0;
    h2 = (h2 + c) | 0;
    h3 = (h3 + d) | 0;
    h4 = (h4 + e) | 0;
  }
  return [h0, h1, h2, h3, h4].map(bytesOfWord).join('');
}

function rotate(x: number, by: number): number {
  return (x << by) | (x >>> (32 - by));
}

/** The function of the round and its constant. */
function mixOf(t: number, b: number, c: number, d: number): number {
  if (t < 20) return ((b & c) | (~b & d)) + 0x5a827999;
  if (t < 40) return (b ^ c ^ d) + 0x6ed9eba1;
  if (t < 60) return ((b & c) | (b & d) | (c & d)) + (0x8f1bbcdc | 0);
  return (b ^ c ^ d) + (0xca62c1d6 | 0);
}

/** The message, a one bit, zeros, and its length in bits: whole blocks of 16 words. */
function paddedWords(bytes: string): Int32Array {
  const blocks = ((bytes.length + 8) >> 6) + 1;
  const words = new Int32Array(blocks * 16);
  for (let i = 0; i < bytes.length; i += 1) put(words, i, bytes.charCodeAt(i));
  put(words, bytes.length, 0x80);
  words[words.length - 2] = Math.floor(bytes.length / 0x20000000);
  words[words.length - 1] = (bytes.length * 8) | 0;
  return words;
}

function put(words: Int32Array, at: number, byte: number): void {
  words[at >> 2] = (words[at >> 2] as number) | (byte << (24 - 8 * (at & 3)));
}

function bytesOfWord(word: number): string {
  return String.fromCharCode(
    (word >>> 24) & 255,
    (word >>> 16) & 255,
    (word >>> 8) & 255,
    word & 255,
  );
}

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

export function base64(bytes: string): string {
  let out = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const left = bytes.length - i;
    const [a, b, c] = [0, 1, 2].map((k) => (k < left ? bytes.charCodeAt(i + k) : 0)) as [
      number,
      number,
      number,
    ];
    const group = (a << 16) | (b << 8) | c;
    out += DIGITS.charAt(group >> 18) + DIGITS.charAt((group >> 12) & 63);
    out += left > 1 ? DIGITS.charAt((group >> 6) & 63) : '=';
    out += left > 2 ? DIGITS.charAt(group & 63) : '=';
  }
  return out;
}
