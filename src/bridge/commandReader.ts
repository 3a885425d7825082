/** Reads the words of a command's text form from its front; mistakes name the word that is wrong. */
import type { ConnectionKind } from '../zk/packets';
import { clientName, type ProcessName, probeName, readAppName, serverName } from './names';
import type { Said } from './sentences/sentence';
import { sayOfText, type Thing } from './sentences/text';

const CHANNELS: readonly string[] = ['client', 'quorum', 'election', 'app'];

/** A mistake in a text, on its way to the one place that makes it a value. */
export class Mistake extends Error {
  readonly said: Said;
  readonly place: string | undefined;

  constructor(said: Said, place?: string) {
    super(said.message);
    this.said = said;
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

  word(what: Thing): string {
    return this.next(() => sayOfText(`thing.${what}`));
  }

  /** The word that a `peek` has shown. */
  take(): void {
    this.rest = this.rest.replace(/^\s*\S+/, '');
  }

  /** That it is missing, whatever it is. */
  missing(what: Thing): Mistake {
    return this.missingThing(sayOfText(`thing.${what}`));
  }

  private missingThing(what: Said): Mistake {
    return new Mistake(sayOfText('text.missing', { what, form: this.form }));
  }

  private next(what: () => Said): string {
    const found = /^\s*(\S+)/.exec(this.rest);
    if (found === null) throw this.missingThing(what());
    this.rest = this.rest.slice(found[0].length);
    return found[1] as string;
  }

  process(): ProcessName {
    const first = this.word('process');
    const found = /^(client|probe|master|worker|taskclient|storage)$/.test(first)
      ? processNamed(`${first} ${this.next(() => sayOfText('thing.name', { kind: first }))}`)
      : processNamed(first);
    if (found === undefined) {
      throw new Mistake(sayOfText('text.process'), first);
    }
    return found;
  }

  channel(): ConnectionKind {
    const word = this.word('channel');
    if (!CHANNELS.includes(word)) {
      throw new Mistake(sayOfText('text.channel'), word);
    }
    return word as ConnectionKind;
  }

  number(what: Thing): number {
    const word = this.word(what);
    const value = Number(word);
    if (!/^\d/.test(word) || !Number.isFinite(value)) {
      throw new Mistake(sayOfText('text.number', { what: sayOfText(`thing.${what}`) }), word);
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
      throw new Mistake(sayOfText('text.nothing', { form: this.form }), more);
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
