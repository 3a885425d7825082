/** The fields of a packet as names and texts, nested ones by their path. */
import type { Packet } from '../../../zk/packets';
import { sessionText, type SessionId, zxidText, type Zxid } from '../../../zk/ids';

/** Lines beyond this many are counted in the last one. */
const LINES_MAX = 24;
const TEXT_MAX = 120;

export function packetLines(packet: Packet): readonly (readonly [name: string, value: string])[] {
  const lines: [string, string][] = [];
  collect(packet, '', lines);
  if (lines.length <= LINES_MAX) return lines;
  return [...lines.slice(0, LINES_MAX - 1), ['…', `+${lines.length - LINES_MAX + 1}`]];
}

function collect(value: object, prefix: string, lines: [string, string][]): void {
  for (const [key, field] of Object.entries(value)) {
    if (key === 'kind' || field === undefined) continue;
    const name = prefix === '' ? key : `${prefix}.${key}`;
    if (field !== null && typeof field === 'object') {
      if (Array.isArray(field) && field.length === 0) lines.push([name, '[]']);
      else collect(field, name, lines);
    } else {
      lines.push([name, textOf(key, field as string | number | boolean | null)]);
    }
  }
}

function textOf(key: string, field: string | number | boolean | null): string {
  if (typeof field === 'number' && /zxid/i.test(key)) return zxidText(field as Zxid);
  if (typeof field === 'string' && /^(sessionId|clientId|ephemeralOwner)$/.test(key)) {
    return sessionText(field as SessionId);
  }
  const text = field === null ? 'null' : String(field);
  return text.length > TEXT_MAX ? `${text.slice(0, TEXT_MAX)}…` : text;
}
