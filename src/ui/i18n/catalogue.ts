/** Everything that the page can say, English beside Chinese, for tests; the page itself loads it part by part. */
import { chineseTale } from './chineseTale';
import { ENGLISH_LATER, ENGLISH_PARTS } from './english';
import { CHINESE_PARTS } from './zh/chinese';

type Part = Readonly<Record<string, string>>;
export interface Catalogue {
  /** By the name of the file. */
  en: Readonly<Record<string, Part>>;
  zh: Readonly<Record<string, Part>>;
}

export async function wholeCatalogue(): Promise<Catalogue> {
  const later = await Promise.all(
    Object.entries(ENGLISH_LATER).map(async ([name, load]) => [name, await load()] as const),
  );
  return {
    en: { ...ENGLISH_PARTS, ...Object.fromEntries(later) },
    zh: { ...CHINESE_PARTS, tale: await chineseTale() },
  };
}
