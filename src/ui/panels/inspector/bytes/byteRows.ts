/** Annotated bytes as lines of a table: the hex of a field, and beside it what it says. */
import type { Annotated } from '../../../../zk/jute/annotate';
import type { Mark } from '../../../../zk/jute/archive/mark';

/** A field, or (without bytes) the head of a record whose fields follow, one deeper. */
export interface ByteRow {
  /** Unique in the table. */
  key: string;
  /** Records around it. */
  depth: number;
  name: string;
  value?: string;
  type?: Mark['type'];
  offset?: string;
  /** Lines of at most eight bytes. */
  hex: readonly string[];
  /** Bytes behind those lines. */
  hidden: number;
}

export interface ByteTable {
  rows: readonly ByteRow[];
  /** Fields behind the last row. */
  hidden: number;
}

const ROWS_MAX = 120;
const LINE_BYTES = 8;
const LINES_MAX = 4;
const VALUE_MAX = 120;
/** Records that have a head of their own; of other names inside a name (id.scheme) there is no need. */
const HEADS = /\]$|^(hdr|txn|digest|data)$/;

export function byteTable({ bytes, marks }: Annotated): ByteTable {
  const rows: ByteRow[] = [];
  const width = Math.max(2, bytes.length.toString(16).length);
  /** Paths of the records that are open, outermost first. */
  let open: string[] = [];
  let shown = 0;
  for (const mark of marks) {
    if (rows.length >= ROWS_MAX) break;
    const { groups, name } = split(mark.field);
    const paths = groups.map((_, i) => groups.slice(0, i + 1).join('.'));
    for (let depth = 0; depth < groups.length; depth += 1) {
      const path = paths[depth] as string;
      // A buffer with content has its length as head.
      if (open[depth] === path || marksLength(marks, path)) continue;
      rows.push({ key: `head ${path}`, depth, name: groups[depth] as string, hex: [], hidden: 0 });
    }
    open = paths;
    rows.push(fieldRow(mark, bytes, groups.length, name, width));
    shown += 1;
  }
  return { rows, hidden: marks.length - shown };
}

/** `ops[0].path` is the field `path` of the record `ops[0]`. */
function split(field: string): { groups: string[]; name: string } {
  const segments = field.split('.');
  let last = -1;
  for (let i = 0; i < segments.length - 1; i += 1) {
    if (HEADS.test(segments[i] as string)) last = i;
  }
  return { groups: segments.slice(0, last + 1), name: segments.slice(last + 1).join('.') };
}

function marksLength(marks: readonly Mark[], path: string): boolean {
  return marks.some((mark) => mark.type === 'length' && mark.field === path);
}

function fieldRow(
  mark: Mark,
  bytes: Uint8Array,
  depth: number,
  name: string,
  width: number,
): ByteRow {
  const shown = Math.min(mark.length, LINES_MAX * LINE_BYTES);
  const hex: string[] = [];
  for (let at = 0; at < shown; at += LINE_BYTES) {
    const from = mark.offset + at;
    const line = bytes.subarray(from, Math.min(from + LINE_BYTES, mark.offset + shown));
    hex.push([...line].map((byte) => byte.toString(16).padStart(2, '0')).join(' '));
  }
  const { value } = mark;
  return {
    key: `${mark.offset}`,
    depth,
    name,
    value: value.length > VALUE_MAX ? `${value.slice(0, VALUE_MAX)}…` : value,
    type: mark.type,
    offset: mark.offset.toString(16).padStart(width, '0'),
    hex,
    hidden: mark.length - shown,
  };
}
