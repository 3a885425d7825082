import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { CHECK_SENTENCES } from '../../bridge/sentences/checks';
import { HOST_SENTENCES } from '../../bridge/sentences/host';
import { PAGE_SENTENCES } from '../../bridge/sentences/page';
import { REASONS } from '../../bridge/sentences/reasons';
import { TEXT_SENTENCES } from '../../bridge/sentences/text';
import { WORLD_SENTENCES } from '../../bridge/sentences/world';
import { wholeCatalogue } from './catalogue';
import { CHINESE_OF_ENGINE } from './zh/chinese';
import { reasonInChinese } from './zh/reasons';

const UI = fileURLToPath(new URL('..', import.meta.url));

const sources = readdirSync(UI, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
  .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
  .filter((file) => !/\.test\.tsx?$/.test(file) && !file.startsWith(join(UI, 'i18n')))
  .map((file) => readFileSync(file, 'utf8'));

/** A key without the ending that i18next adds for a plural. */
const stem = (key: string) => key.replace(/_(one|other)$/, '');

/** Keys called by name: `t('a.b')`. */
const called = sources.flatMap((text) =>
  [...text.matchAll(/\bt\(\s*'([^']+)'/g)].map((match) => match[1] ?? ''),
);
/** Beginnings of keys that are put together: `t(`a.${b}`)`, and where a caption or a notice names its key. */
const prefixes = sources.flatMap((text) =>
  [...text.matchAll(/(?:\bt\(|\bsay\(|\bkey: )\s*[^`;]{0,80}`([a-z]+\.[A-Za-z.]*)\$\{/g)].map(
    (match) => match[1] ?? '',
  ),
);
const literals = new Set(
  sources.flatMap((text) => [...text.matchAll(/'([^'\n]+)'/g)].map((match) => match[1] ?? '')),
);

const { en, zh } = await wholeCatalogue();
const merged = (parts: typeof en): Readonly<Record<string, string>> =>
  Object.assign({}, ...Object.values(parts));
const languages = { en: merged(en), zh: merged(zh) };
/** The plain caption that a sentence of the tale stands for. */
const captionOf = (key: string) => key.replace(/^tale\./, 'caption.');
const stems = new Set(Object.keys(languages.en).map(stem));

describe.each(['en', 'zh'] as const)('the catalogue in %s', (language) => {
  const texts = languages[language];
  const own = new Set(Object.keys(texts).map(stem));

  test('has every key that is called by name', () => {
    expect(called.length).toBeGreaterThan(50);
    expect(called.filter((key) => !own.has(key))).toEqual([]);
  });

  test('has at least one key for every beginning that is put together', () => {
    const isThere = (prefix: string) => [...own].some((key) => key.startsWith(prefix));
    expect(prefixes.filter((prefix) => !isThere(prefix))).toEqual([]);
  });

  test('has no key that nobody uses', () => {
    const isUsed = (key: string) =>
      literals.has(key) ||
      prefixes.some((prefix) => key.startsWith(prefix)) ||
      (key.startsWith('tale.') && own.has(captionOf(key)));
    expect([...own].filter((key) => !isUsed(key))).toEqual([]);
  });

  test('has no key twice, and no empty text', () => {
    const keys = Object.values({ en, zh }[language]).flatMap((part) => Object.keys(part));
    expect(keys.filter((key, i) => keys.indexOf(key) !== i)).toEqual([]);
    expect(Object.entries(texts).filter(([, text]) => text.trim() === '')).toEqual([]);
  });

  test('has the forms of every plural that its language has', () => {
    const forms = language === 'en' ? ['one', 'other'] : ['other'];
    for (const key of Object.keys(languages.en).filter((key) => stem(key) !== key)) {
      const found = ['one', 'other'].filter((form) => `${stem(key)}_${form}` in texts);
      expect(found, key).toEqual(forms);
    }
  });
});

/** What the engine says, in English. */
const SENTENCES: Readonly<Record<string, string>> = {
  ...TEXT_SENTENCES,
  ...PAGE_SENTENCES,
  ...WORLD_SENTENCES,
  ...HOST_SENTENCES,
  ...CHECK_SENTENCES,
  ...REASONS,
};

test('the tale is told with what its plain captions know', () => {
  for (const texts of Object.values(languages)) {
    for (const [key, text] of Object.entries(texts)) {
      if (!key.startsWith('tale.')) continue;
      const places = (of: string) => [...of.matchAll(/\{\{(\w+)/g)].map((match) => match[1]);
      const known = places(texts[captionOf(key)] ?? '');
      expect(['who', 'self', ...known], key).toEqual(expect.arrayContaining(places(text)));
      // A request that the caption draws must be drawn in the tale, too.
      expect(text.includes('{{request}}'), key).toBe(known.includes('request'));
    }
  }
});

describe('what the engine says', () => {
  const files = readdirSync(join(UI, '..'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.ts$/.test(entry.name) && !/\.test\./.test(entry.name))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .filter((file) => !file.startsWith(UI) || file.startsWith(join(UI, 'store')));
  const engine = files
    .filter((file) => !file.includes('/bridge/sentences/'))
    .map((file) => readFileSync(file, 'utf8'));

  test('is said in Chinese too, key by key', () => {
    expect(Object.keys(CHINESE_OF_ENGINE).sort()).toEqual(Object.keys(SENTENCES).sort());
    expect(Object.keys(SENTENCES).filter((key) => key in languages.en)).toEqual([]);
  });

  test('has no sentence that nobody says', () => {
    const said = new Set(engine.flatMap((text) => text.match(/(?<=')[\w.]+(?=')/g) ?? []));
    // Things are named by the end of their key, and what a schema expects by that of its own.
    const unused = Object.keys(SENTENCES).filter(
      (key) => !key.startsWith('reason.') && !said.has(key) && !said.has(key.replace(/^\w+\./, '')),
    );
    expect(unused).toEqual([]);
  });

  test('knows each reason for which a server ends or leaves its role', () => {
    const calls = /(?:leaveRole\(s,|\bexit\(\s*[\w.]+,)\s*(?:'([^'\n]+)'|`([^`\n]+)`)/g;
    const reasons = engine.flatMap((text) =>
      [...text.matchAll(calls)].map((found) =>
        (found[1] ?? found[2] ?? '').replace(/\$\{[^}]*\}/g, 'X1'),
      ),
    );
    expect(reasons.length).toBeGreaterThan(20);
    expect(reasons.filter((reason) => reasonInChinese(reason) === reason)).toEqual([]);
  });
});

describe('Chinese beside English', () => {
  test('has the same keys, in the same files', () => {
    expect(Object.keys(zh).sort()).toEqual(Object.keys(en).sort());
    for (const name of Object.keys(en)) {
      const keysOf = (part: object | undefined) => new Set(Object.keys(part ?? {}).map(stem));
      expect(keysOf(zh[name]), name).toEqual(keysOf(en[name]));
    }
    expect(new Set(Object.keys(languages.zh).map(stem))).toEqual(stems);
  });

  test('puts the same values in', () => {
    const places = (text: string) =>
      new Set([...text.matchAll(/\{\{(\w+)/g)].map((match) => match[1]));
    for (const [key, text] of Object.entries({ ...languages.zh, ...CHINESE_OF_ENGINE })) {
      // A number that English writes out in its singular stands in the plural.
      expect(places(text), key).toEqual(places(languages.en[key] ?? SENTENCES[key] ?? ''));
    }
  });
});

/**
 * Latin words that a Chinese sentence keeps: ZooKeeper's own names, what a log or a console spells that way, and
 * keys of a keyboard. Words in camel case, in capitals, with digits or with a dot are names by their looks.
 */
const NAMES = new Set(
  `Zabscope ZooKeeper zkCli znode txn zxid sid epoch cxid quorum leader follower learner observer ensemble session
  watch ephemeral container standalone ping sync multi commit fsync append fixed Profile profile reconfig id
  byte ms heap master worker Throttler event Shift Tab Esc Space Language English create crash hello hi ls heal
  election app open send close on off taskclient storage probe invalid us z aa bh chroot IOException quit
  resume thaw release full ok client readonly batch only oneway disk slow fail pause restart
  workers tasks assign status fencing
  d c p r b a v`.split(/\s+/),
);
const isName = (word: string) =>
  NAMES.has(word) || /[a-z][A-Z]|^[A-Z0-9_]+$|\d|\.|-/.test(word) || /^[A-Z][a-z]+[A-Z]/.test(word);

describe('the Chinese', () => {
  const HAN = /\p{Script=Han}/u;
  const entries = Object.entries({ ...languages.zh, ...CHINESE_OF_ENGINE }).map(
    ([key, text]) => [key, text, text.replace(/\{\{[^}]*\}\}/g, ' ')] as const,
  );

  test('is Chinese, unless it is nothing but names', () => {
    for (const [key, , plain] of entries) {
      if (HAN.test(plain)) continue;
      const words = plain.match(/[A-Za-z][\w.-]*/g) ?? [];
      expect(
        words.filter((word) => !isName(word)),
        key,
      ).toEqual([]);
    }
  });

  test('leaves no English word that is not a name', () => {
    for (const [key, , plain] of entries) {
      const words = plain.match(/[A-Za-z][\w.-]*/g) ?? [];
      expect(
        words.filter((word) => !isName(word.replace(/[.-]+$/, ''))),
        key,
      ).toEqual([]);
    }
  });

  test('has full-width signs beside Chinese, and a space between Chinese and Latin', () => {
    for (const [key, text] of entries) {
      expect(text, key).not.toMatch(/\p{Script=Han}[,;:!?.()"']|[,;!?()"']\p{Script=Han}/u);
      expect(text, key).not.toMatch(/\p{Script=Han}[A-Za-z0-9]|[A-Za-z0-9]\p{Script=Han}/u);
      expect(text, key).not.toMatch(/[，。；：！？（）、“”] | [，。；：！？（）、”]/u);
    }
  });

  test('puts a phrase in without a space before it, anything else with one', () => {
    // A phrase begins with a Chinese word and ends with a number or a letter; kinds of watches are Chinese.
    const isPhrase = (key: string, name = '') =>
      name === 'kinds' ||
      (/^(text|check|reason)\./.test(key) && /^(what|who|state)$/.test(name)) ||
      (/^(caption|tale)\./.test(key) && /^(who|peer|self)$/.test(name));
    for (const [key, text] of entries) {
      for (const [, before, name, behind] of text.matchAll(/(.?)\{\{(\w+)[^}]*\}\}(?=(.?))/gu)) {
        const at = `${key} ${name}`;
        if (isPhrase(key, name)) expect(before, at).not.toBe(' ');
        else expect(before, at).not.toMatch(HAN);
        if (!/^(kinds|what)$/.test(name ?? '')) expect(behind, at).not.toMatch(HAN);
      }
    }
  });
});
