/**
 * Four-letter words and what answers them: bare bytes, no frame. A server takes the first
 * four bytes of a connection for the length of a frame unless they are a word it knows.
 *
 * Source: FourLetterCommands, NIOServerCnxn.checkFourLetterWord, SetTraceMaskCommand.
 */
import { FOUR_LETTER_WORDS } from '../fourLetterWords';
import type { FourLetterPacket, FourLetterText, FourLetterWord } from '../packets';
import {
  type Decoded,
  decoded,
  fail,
  type InputArchive,
  mark,
  openInput,
  readLongHex,
  readText,
} from './archive/inputArchive';
import {
  openOutput,
  type OutputArchive,
  writeLongHex,
  writeText,
  writtenBytes,
} from './archive/outputArchive';
import { inField } from './archive/readRecord';

const WORDS: ReadonlySet<string> = new Set(FOUR_LETTER_WORDS);
const WORD_BYTES = 4;
/** The one word with something behind it: the new trace mask, a long. */
const WITH_MASK = 'stmk';

export function encodeFourLetter(packet: FourLetterPacket): Uint8Array {
  const out = openOutput();
  writeFourLetter(out, packet);
  return writtenBytes(out);
}

function writeFourLetter(out: OutputArchive, packet: FourLetterPacket): void {
  if (packet.kind === 'TEXT') {
    writeText(out, packet.text);
    return;
  }
  writeText(out, packet.word);
  if (packet.argument === undefined) return;
  const mask = BigInt.asUintN(64, BigInt(packet.argument));
  writeLongHex(out, mask.toString(16).padStart(16, '0'));
}

/** An error where no word is: the bytes are then those of a frame. */
export function decodeFourLetterWord(bytes: Uint8Array): Decoded<FourLetterWord> {
  const input = openInput(bytes);
  return decoded(input, readFourLetterWord(input));
}

export function readFourLetterWord(input: InputArchive): FourLetterWord {
  const word = inField(input, 'word', () => {
    const at = input.at;
    const text = readText(input, WORD_BYTES);
    if (input.error === undefined && !WORDS.has(text)) {
      fail(input, 'value', at, 'a four-letter word expected');
    }
    mark(input, at, 'bytes', text);
    return text;
  });
  if (word !== WITH_MASK || input.error !== undefined) return { kind: 'FOURLETTER', word };
  return inField(input, 'mask', () => {
    const at = input.at;
    const argument = BigInt.asIntN(64, BigInt(`0x${readLongHex(input)}`)).toString();
    mark(input, at, 'long', argument);
    return { kind: 'FOURLETTER', word, argument };
  });
}

/** All that the server sends until it closes. */
export function readFourLetterText(input: InputArchive): FourLetterText {
  return inField(input, 'text', () => {
    const at = input.at;
    const text = readText(input);
    mark(input, at, 'bytes', JSON.stringify(text));
    return { kind: 'TEXT', text };
  });
}
