/** Reads the words of a command's text form from its front; mistakes name the word that is wrong. */
import type { ConnectionKind } from '../zk/packets';
import { clientName, type ProcessName, probeName, readAppName, serverName } from './names';

const CHANNELS: readonly string[] = ['client', 'quorum', 'election', 'app'];

/** A mistake in a text, on its way to the one place that makes it a value. */
export class Mistake extends Error {
  readonly place: string | undefined;

  constructor(message: string, place?: string) {
    super(message);
    this.place = place;
  }
}

/** Reads words from the front of a line. */
export class Reader {
  private rest: string;
  readonly form: string;

  constructor(rest: string, form: string) {
    this.rest = rest;
    this.form = form;
  }

  peek(): string | undefined {
    return /^\s*(\S+)/.exec(this.rest)?.[1];
  }

  word(what: string): string {
    const found = /^\s*(\S+)/.exec(this.rest);
    if (found === null) throw new Mistake(`${what} is missing; the form is: ${this.form}`);
    this.rest = this.rest.slice(found[0].length);
    return found[1] as string;
  }

  process(): ProcessName {
    const first = this.word('a process');
    const found = /^(client|probe|master|worker|taskclient|storage)$/.test(first)
      ? processNamed(`${first} ${this.word(`the name of the ${first}`)}`)
      : processNamed(first);
    if (found === undefined) {
      throw new Mistake('a process is expected here, as 1 or client a', first);
    }
    return found;
  }

  channel(): ConnectionKind {
    const word = this.word('a channel');
    if (!CHANNELS.includes(word)) {
      throw new Mistake('a channel is expected here: client, quorum, election or app', word);
    }
    return word as ConnectionKind;
  }

  number(what: string): number {
    const word = this.word(what);
    const value = Number(word);
    if (!/^\d/.test(word) || !Number.isFinite(value)) {
      throw new Mistake(`${what} is a number, 0 or more`, word);
    }
    return value;
  }

  /** All that is left, without the one space in front of it. */
  tail(): string {
    const { rest } = this;
    this.rest = '';
    return rest.replace(/^\s/, '');
  }

  end(): void {
    const more = this.peek();
    if (more !== undefined) {
      throw new Mistake(`nothing is expected here; the form is: ${this.form}`, more);
    }
  }
}

export function processNamed(text: string): ProcessName | undefined {
  if (/^[1-9]\d{0,2}$/.test(text)) return serverName(Number(text));
  const client = /^client\s+([a-z]{1,2})$/.exec(text);
  if (client !== null && isLetter(client[1] as string)) return clientName(client[1] as string);
  const probe = /^probe\s+(\d{1,3})$/.exec(text);
  if (probe !== null && Number(probe[1]) < 120) return probeName(String(Number(probe[1])));
  return readAppName(text.replace(/\s+/, ' ')) === undefined
    ? undefined
    : (text.replace(/\s+/, ' ') as ProcessName);
}

/** One of the 60 letters that a client may have: a to z, aa to bh. */
export function isLetter(text: string): boolean {
  return /^([a-z]|a[a-z]|b[a-h])$/.test(text);
}
