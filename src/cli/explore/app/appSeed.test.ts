import { expect, test } from 'vitest';
import type { AppStyle } from '../../../bridge/app';
import { type ExploreOptions, parseExplore } from '../arguments';
import { exploreAppSeed } from './appSeed';

const explore = (seed: number, style: AppStyle) => {
  const words = ['--seeds', String(seed), '--app', style, '--events', '2000'];
  return exploreAppSeed(seed, parseExplore(words) as ExploreOptions, style, () => {});
};

test.each(['book', 'hardened'] as const)('a %s seed is the same run each time', (style) => {
  const [first, second] = [explore(3, style), explore(3, style)];
  expect(first.recording.commands.length).toBeGreaterThan(5);
  expect(second.recording).toEqual(first.recording);
  expect(first.problem).toBeUndefined();
  expect(explore(4, style).fingerprint).not.toBe(first.fingerprint);
});
