/**
 * A record as a table of its fields, in their order on the wire. Writing, reading and
 * measuring go through the same table, so that they cannot differ.
 */
import type { ErrorName } from '../../errorCode';
import type { OpName } from '../../opCode';
import { errorCodeOf, opCodeOf } from './codes';
import {
  type OutputArchive,
  writeBool,
  writeBuffer,
  writeHex,
  writeInt,
  writeLong,
  writeLongHex,
  writeString,
  writeText,
} from './outputArchive';
import { utf8Length } from './utf8';

/**
 * A jute type and what it means here. `ustring` and `vector` refuse null; `text` is the
 * UTF-8 up to the end of the record; `data` is a buffer as a binary string or null,
 * `passwd` one as hex digits; `fixed` is an int that says nothing.
 */
export type FieldType =
  | 'bool'
  | 'int'
  | 'long'
  | 'zxid'
  | 'session'
  | 'op'
  | 'err'
  | 'ustring'
  | 'ustringOrNull'
  | 'text'
  | 'data'
  | 'passwd'
  | { record: Layout }
  | { vector: FieldType }
  | { vectorOrNull: FieldType }
  | { fixed: number };

/** `wire`: the name in zookeeper.jute, where ours is another; '' for a group of fields that is no record there. */
export type Field<Name extends string = string> = readonly [
  name: Name,
  type: FieldType,
  wire?: string,
];

export type Layout<Name extends string = string> = readonly Field<Name>[];

/** Names of fields of any member of a union. */
export type FieldOf<Union> = Union extends unknown ? keyof Union & string : never;

/** A record as the table sees it. A field that is missing in it counts as null. */
export type Plain = Record<string, unknown>;

/* ---- writing ---- */

export function writeRecord(out: OutputArchive, layout: Layout, record: object): void {
  for (const [name, type] of layout) writeField(out, type, (record as Plain)[name] ?? null);
}

function writeField(out: OutputArchive, type: FieldType, value: unknown): void {
  if (typeof type === 'string') writePrimitive(out, type, value);
  else if ('record' in type) writeRecord(out, type.record, value as object);
  else if ('fixed' in type) writeInt(out, type.fixed);
  else if (value === null) writeInt(out, -1);
  else {
    const elements = value as readonly unknown[];
    writeInt(out, elements.length);
    const element = elementType(type);
    for (const one of elements) writeField(out, element, one);
  }
}

/** A type without types in it. */
export type Primitive = Extract<FieldType, string>;
type VectorType = { vector: FieldType } | { vectorOrNull: FieldType };

export function elementType(type: VectorType): FieldType {
  return 'vector' in type ? type.vector : type.vectorOrNull;
}

function writePrimitive(out: OutputArchive, type: Primitive, value: unknown): void {
  switch (type) {
    case 'bool':
      writeBool(out, value as boolean);
      break;
    case 'int':
      writeInt(out, value as number);
      break;
    case 'long':
    case 'zxid':
      writeLong(out, value as number);
      break;
    case 'session':
      writeLongHex(out, value as string);
      break;
    case 'op':
      writeInt(out, opCodeOf(value as OpName));
      break;
    case 'err':
      writeInt(out, errorCodeOf(value as ErrorName));
      break;
    case 'ustring':
    case 'ustringOrNull':
      writeString(out, value as string | null);
      break;
    case 'text':
      writeText(out, value as string);
      break;
    case 'data':
      writeBuffer(out, value as string | null);
      break;
    case 'passwd':
      writeInt(out, (value as string).length / 2);
      writeHex(out, value as string);
      break;
  }
}

/* ---- measuring ---- */

/** Bytes that `writeRecord` writes. */
export function recordLength(layout: Layout, record: object): number {
  let length = 0;
  // By index: a server measures every request of its clients.
  for (let i = 0; i < layout.length; i += 1) {
    const field = layout[i] as Field;
    length += fieldLength(field[1], (record as Plain)[field[0]] ?? null);
  }
  return length;
}

function fieldLength(type: FieldType, value: unknown): number {
  switch (type) {
    case 'bool':
      return 1;
    case 'int':
    case 'op':
    case 'err':
      return 4;
    case 'long':
    case 'zxid':
    case 'session':
      return 8;
    case 'ustring':
    case 'ustringOrNull':
      return value === null ? 4 : 4 + utf8Length(value as string);
    case 'text':
      return utf8Length(value as string);
    case 'data':
      return value === null ? 4 : 4 + (value as string).length;
    case 'passwd':
      return 4 + (value as string).length / 2;
  }
  if ('record' in type) return recordLength(type.record, value as object);
  if ('fixed' in type || value === null) return 4;
  const element = elementType(type);
  const elements = value as readonly unknown[];
  let length = 4;
  for (let i = 0; i < elements.length; i += 1) length += fieldLength(element, elements[i]);
  return length;
}
