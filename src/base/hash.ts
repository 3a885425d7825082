/**
 * 32-bit hashing for fingerprints and keyed chance. Integer arithmetic only, so
 * that all browsers agree to the bit.
 */

/** Mixes one 32-bit integer into a hash (Murmur3's round and half of its finalizer). */
export function mix(hash: number, value: number): number {
  let k = Math.imul(value, 0xcc9e2d51);
  k = (k << 15) | (k >>> 17);
  let h = hash ^ Math.imul(k, 0x1b873593);
  h = (h << 13) | (h >>> 19);
  return (Math.imul(h, 5) + 0xe6546b64) | 0;
}

/** Mixes an integer of up to 53 bits: its low 32 bits, then the rest. */
export function mixNumber(hash: number, value: number): number {
  return mix(mix(hash, value | 0), Math.floor(value / 0x100000000) | 0);
}

/** Mixes the UTF-16 units of a text and its length. */
export function mixText(hash: number, text: string): number {
  let h = mix(hash, text.length);
  for (let i = 0; i < text.length; i += 1) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return mix(h, 0x9e37);
}

/** Avalanche: each input bit moves half of the output bits. */
export function finish(hash: number): number {
  let h = hash;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** Mixes any JSON value; object keys in sorted order, so two equal values hash equally. */
export function mixJson(hash: number, value: unknown): number {
  if (value === null || value === undefined) return mix(hash, 0x6e);
  if (typeof value === 'number') return mixNumber(mix(hash, 1), value);
  if (typeof value === 'boolean') return mix(hash, value ? 3 : 2);
  if (typeof value === 'string') return mixText(mix(hash, 4), value);
  if (Array.isArray(value)) {
    let h = mix(mix(hash, 5), value.length);
    for (const item of value) h = mixJson(h, item);
    return h;
  }
  const record = value as Record<string, unknown>;
  let h = mix(hash, 6);
  for (const key of Object.keys(record).sort()) {
    if (record[key] !== undefined) h = mixJson(mixText(h, key), record[key]);
  }
  return h;
}
