/** Bytes as hexdumps write them. */

/** The bytes of hex digits, blanks apart; `"text"` stands for its ASCII, `xx*n` for n times the byte xx. */
export function bytesOf(dump: string): Uint8Array {
  const bytes: number[] = [];
  for (const [part] of dump.matchAll(/"[^"]*"|[0-9a-f]{2}\*\d+|[0-9a-f]{2}/gs)) {
    if (part.startsWith('"')) bytes.push(...[...part.slice(1, -1)].map((c) => c.charCodeAt(0)));
    else {
      const [byte = '', times = '1'] = part.split('*');
      for (let i = 0; i < Number(times); i += 1) bytes.push(Number.parseInt(byte, 16));
    }
  }
  return Uint8Array.from(bytes);
}

export function dumpOf(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
