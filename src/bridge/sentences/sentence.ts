/**
 * What the engine says to a person: in English at once, and beside it the key and the values by which the page
 * says the same in another language. The tables of this folder hold the English; the page holds the others.
 */

export type SentenceValue = string | number | Sentence;

/** A key of one of the tables, and what stands in its places. Plain data. */
export interface Sentence {
  key: string;
  values: Readonly<Record<string, SentenceValue>>;
}

/** A sentence in English, and how to say it otherwise. */
export interface Said {
  message: string;
  sentence: Sentence;
}

/** `Said` inside another sentence: each is put into words by itself. */
export type SaidValues = Readonly<Record<string, string | number | Said>>;

/** A maker of the sentences of one table. Throws for a place that gets no value. */
export function sayer<Table extends Readonly<Record<string, string>>>(table: Table) {
  return (key: keyof Table & string, values: SaidValues = {}): Said => {
    const kept: Record<string, SentenceValue> = {};
    for (const name in values) {
      const value = values[name] as SaidValues[string];
      kept[name] = typeof value === 'object' ? value.sentence : value;
    }
    const message = (table[key] as string).replace(/\{\{(\w+)\}\}/g, (_, name: string) => {
      const value = values[name];
      if (value === undefined) throw new Error(`${key} lacks ${name}`);
      return typeof value === 'object' ? value.message : String(value);
    });
    return { message, sentence: { key, values: kept } };
  };
}

/** An error's own sentence; where it has none, its English as it is. */
export function asSaid({ message, sentence }: Partial<Said> & { message: string }): string | Said {
  return sentence === undefined ? message : { message, sentence };
}
