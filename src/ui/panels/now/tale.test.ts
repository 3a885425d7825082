import { expect, test } from 'vitest';
import { parseCommand } from '../../../bridge/commandText';
import type { Command } from '../../../bridge/command';
import { createRun, frameOf, order, stepEvent } from '../../../engine/world/inProcess';
import { TALE } from '../../i18n/en/tale';
import { configOf } from '../../store/ensembles';
import { captionOf, surroundingsOf } from './caption';
import { asTale } from './tale';

const has = (key: string) => key in TALE || `${key}_other` in TALE;

/** Keys of what is told of a line at that client's console, but for pings, timers and connections. */
function told(letter: string, line: string): string[] {
  const run = createRun(configOf({ servers: 3, seed: 7 }), { project: true });
  for (let i = 0; i < 400; i += 1) stepEvent(run);
  expect(order(run, parseCommand(`zk ${letter} ${line}`) as Command)).toBeUndefined();
  const keys: string[] = [];
  for (let i = 0; i < 120; i += 1) {
    const entries = stepEvent(run);
    if (entries[0] === undefined || entries[0].idle === true) continue;
    const caption = captionOf(entries, surroundingsOf(frameOf(run)));
    if (caption !== undefined) keys.push(asTale(caption, has).key);
  }
  return keys.filter((key) => !/^caption\.(timer|link|ping|worker\.ping|reply\.ping)/.test(key));
}

test.each([
  ['a write at a follower', 'a', 'create /x 1'],
  ['a write at the leader', 'b', 'create /x 1'],
  ['a read at a follower', 'a', 'get /zookeeper'],
  ['a read at the leader', 'b', 'get /zookeeper'],
])('%s is told as a tale from the door to the answer', (_, letter, line) => {
  const keys = told(letter, line);
  expect(keys[0]).toBe('tale.order.typedAndSends');
  expect(keys).toContain('tale.reply.ok');
  expect(keys.filter((key) => !key.startsWith('tale.'))).toEqual([]);
});

test('what the tale does not know is told plainly, its processes too', () => {
  const who = { key: 'caption.who.leader', values: { name: '3' } };
  const plain = { key: 'caption.timer.tick', values: { who } };
  expect(asTale(plain, has)).toBe(plain);
  expect(asTale({ key: 'caption.prep.write', values: { who, zxid: '0x1' } }, has)).toEqual({
    key: 'tale.prep.write',
    values: { who: { key: 'tale.who.leader', values: { name: '3' } }, zxid: '0x1' },
  });
});
