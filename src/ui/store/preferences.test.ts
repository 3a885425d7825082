import { expect, test } from 'vitest';
import { languageOfVisit } from './preferences';

test('the language of a visit: the address, then what was chosen, then what the browser speaks', () => {
  expect(languageOfVisit('?lang=zh', 'en', ['en-US'])).toBe('zh');
  expect(languageOfVisit('?lang=en&story=x', 'zh', ['zh-CN'])).toBe('en');
  expect(languageOfVisit('', 'en', ['zh-CN'])).toBe('en');
  expect(languageOfVisit('', undefined, ['zh-CN', 'en'])).toBe('zh');
  expect(languageOfVisit('', undefined, ['fr-FR', 'zh-TW', 'en'])).toBe('zh');
  expect(languageOfVisit('', undefined, ['fr-FR'])).toBe('en');
  // Nonsense in the address asks for nothing.
  expect(languageOfVisit('?lang=klingon', undefined, ['zh'])).toBe('zh');
});
