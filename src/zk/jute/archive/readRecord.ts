/** Reads records by their tables, and notes the place of each field for whoever shows them. */
import { errorNameOf, opNameOf } from './codes';
import {
  fail,
  hexOf,
  type InputArchive,
  mark,
  readBool,
  readBuffer,
  readInt,
  readLength,
  readLong,
  readLongHex,
  readString,
  readText,
} from './inputArchive';
import { elementType, type FieldType, type Layout, type Plain, type Primitive } from './layout';

/** The record; empty values in it behind the first thing that was wrong. */
export function readRecord(input: InputArchive, layout: Layout): Plain {
  const record: Plain = {};
  for (const [name, type, wire] of layout) {
    input.path.push(wire ?? name);
    const value = readField(input, type);
    if (value !== undefined) record[name] = value;
    input.path.pop();
  }
  return record;
}

/** The record with further fields given, as the type that the caller knows it to be. */
export function readAs<T>(input: InputArchive, layout: Layout, given: Partial<T> = {}): T {
  return { ...given, ...readRecord(input, layout) } as T;
}

function readField(input: InputArchive, type: FieldType): unknown {
  if (typeof type === 'string') return readPrimitive(input, type);
  if ('record' in type) return readRecord(input, type.record);
  if ('fixed' in type) {
    const at = input.at;
    mark(input, at, 'int', readInt(input));
    return undefined;
  }
  return readVector(input, elementType(type), 'vectorOrNull' in type);
}

/** A count below -1 is an empty vector, as in Java; one too large ends with the bytes. */
export function readVector(
  input: InputArchive,
  element: FieldType,
  orNull: boolean,
): unknown[] | null {
  const at = input.at;
  const count = readInt(input);
  mark(input, at, 'vector', count === -1 ? 'null' : count);
  if (count === -1) {
    if (!orNull) fail(input, 'length', at, 'a count of 0 or more expected, null there');
    return null;
  }
  const elements: unknown[] = [];
  for (let i = 0; i < count && input.error === undefined; i += 1) {
    input.path.push(`[${i}]`);
    elements.push(readField(input, element));
    input.path.pop();
  }
  return elements;
}

function readPrimitive(input: InputArchive, type: Primitive): unknown {
  const at = input.at;
  switch (type) {
    case 'bool':
      return marked(input, at, 'bool', readBool(input));
    case 'int':
      return marked(input, at, 'int', readInt(input));
    case 'long':
      return marked(input, at, 'long', readLong(input));
    case 'zxid': {
      const zxid = readLong(input);
      mark(input, at, 'long', hexText(input, at));
      return zxid;
    }
    case 'session': {
      const session = readLongHex(input);
      mark(input, at, 'long', hexText(input, at));
      return session;
    }
    case 'op':
      return readNamed(input, at, opNameOf, 'the number of an operation');
    case 'err':
      return readNamed(input, at, errorNameOf, 'a code of KeeperException');
    case 'ustring': {
      const text = readString(input);
      if (text === null) fail(input, 'length', at, 'a string expected, null there');
      mark(input, at, 'ustring', quoted(text));
      return text ?? '';
    }
    case 'ustringOrNull': {
      const text = readString(input);
      mark(input, at, 'ustring', quoted(text));
      return text;
    }
    case 'text':
      return marked(input, at, 'bytes', readText(input));
    case 'data': {
      const data = readBuffer(input);
      mark(input, at, 'buffer', dataText(input, at, data));
      return data;
    }
    case 'passwd': {
      readBuffer(input);
      const hex = input.error === undefined ? hexOf(input.bytes, at + 4, input.at) : '';
      mark(input, at, 'buffer', `0x${hex}`);
      return hex;
    }
  }
}

function marked<T extends string | number | boolean>(
  input: InputArchive,
  at: number,
  type: 'bool' | 'int' | 'long' | 'bytes',
  value: T,
): T {
  mark(input, at, type, value);
  return value;
}

function readNamed<T extends string>(
  input: InputArchive,
  at: number,
  nameOf: (code: number) => T | undefined,
  expected: string,
): T | undefined {
  const code = readInt(input);
  if (input.error !== undefined) return undefined;
  const name = nameOf(code);
  if (name === undefined) fail(input, 'value', at, `${expected} expected, ${code} there`);
  else mark(input, at, 'int', name);
  return name;
}

/* ---- texts of marks, made only when somebody looks ---- */

const SHOWN_MAX = 256;

function hexText(input: InputArchive, at: number): string {
  if (input.marks === undefined || input.error !== undefined) return '';
  return `0x${hexOf(input.bytes, at, at + 8).replace(/^0+(?=.)/, '')}`;
}

function quoted(text: string | null): string {
  if (text === null) return 'null';
  return JSON.stringify(text.length > SHOWN_MAX ? `${text.slice(0, SHOWN_MAX)}…` : text);
}

/** Data that is text as text, other bytes in hex. */
function dataText(input: InputArchive, at: number, data: string | null): string {
  if (input.marks === undefined || data === null) return 'null';
  const end = at + 4 + Math.min(data.length, SHOWN_MAX);
  const more = data.length > SHOWN_MAX ? '…' : '';
  if (/^[\t\n\r -~]*$/.test(data.slice(0, SHOWN_MAX))) return quoted(data);
  return `0x${hexOf(input.bytes, at + 4, end)}${more}`;
}

/** The path of the field being read, for whoever reads fields by hand. */
export function inField<T>(input: InputArchive, name: string, read: () => T): T {
  input.path.push(name);
  const value = read();
  input.path.pop();
  return value;
}

/**
 * A buffer whose bytes are read by `read`, which sees its end as the end; what it leaves
 * of them is passed over. undefined: null.
 */
export function readSized<T>(input: InputArchive, name: string, read: () => T): T | undefined {
  input.path.push(name);
  const at = input.at;
  const length = readLength(input);
  const end = input.at + Math.max(length, 0);
  if (input.marks !== undefined && input.error === undefined) {
    // The mark is that of the length alone: the content has marks of its own.
    mark(input, at, 'length', length < 0 ? 'null' : length);
  }
  let value: T | undefined;
  if (length >= 0) {
    const around = input.end;
    input.end = end;
    value = read();
    input.end = around;
    if (input.error === undefined) input.at = end;
  }
  input.path.pop();
  return value;
}
