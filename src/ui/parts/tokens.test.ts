import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8');

function colours(block: string): Record<string, string> {
  const found = [...block.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6});/g)];
  return Object.fromEntries(found.map((m) => [m[1], m[2]]));
}

const [lightText = '', darkText = ''] = css.split("[data-theme='dark']");
const light = colours(lightText);
const dark = { ...light, ...colours(darkText) };

function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((i) => {
    const c = Number.parseInt(hex.slice(i, i + 2), 16) / 255;
    return c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [high = 0, low = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
}

describe.each([
  ['light', light],
  ['dark', dark],
])('the %s theme', (_, theme) => {
  const of = (name: string) => theme[name] ?? '';

  test.each(['ink', 'ink2', 'ink3', 'accent', 'broken', 'ok', 'proposal', 'election'])(
    'text in %s is readable on paper, card and sunk',
    (name) => {
      for (const ground of ['paper', 'card', 'sunk']) {
        expect(contrast(of(name), of(ground)), ground).toBeGreaterThanOrEqual(4.5);
      }
    },
  );

  test.each([
    'request',
    'proposal',
    'ack',
    'commit',
    'election',
    'event',
    'packet',
    'broken',
    'accent',
  ])('text on a capsule in %s is readable', (name) => {
    expect(contrast(of(name), of('on-hue'))).toBeGreaterThanOrEqual(4.5);
  });

  test.each([0, 1, 2, 3, 4, 5, 'none'])('the letter on session mark %s is readable', (n) => {
    expect(contrast(of(`session-${n}`), of('on-hue'))).toBeGreaterThanOrEqual(4.5);
  });
});
