import i18next from 'i18next';
import { beforeAll, describe, expect, test } from 'vitest';
import { isCommandError, parseCommand } from '../../bridge/commandText';
import { checkRecording } from '../../bridge/recordingSchema';
import { sayOfCheck } from '../../bridge/sentences/checks';
import type { Said } from '../../bridge/sentences/sentence';
import { createRun, order } from '../../engine/world/inProcess';
import { configOf } from '../store/ensembles';
import { saidIn } from './said';
import { CHINESE } from './zh/chinese';
import { reasonInChinese } from './zh/reasons';

const english = i18next.createInstance();
const chinese = i18next.createInstance();

beforeAll(async () => {
  const options = { keySeparator: false, nsSeparator: false, fallbackLng: false } as const;
  await english.init({ ...options, lng: 'en', resources: { en: { translation: {} } } });
  await chinese.init({
    ...options,
    lng: 'zh',
    resources: { zh: { translation: CHINESE } },
    interpolation: { escapeValue: false },
  });
});

const both = (said: Pick<Said, 'message'> & Partial<Said>) => [
  saidIn(english, said),
  saidIn(chinese, said),
];

function mistake(text: string) {
  const found = parseCommand(text);
  if (!isCommandError(found)) throw new Error(`${text} is a command`);
  return both(found);
}

describe('a sentence of the engine', () => {
  test('of a mistake names the thing and the form, in both languages', () => {
    expect(mistake('crash')).toEqual([
      'a process is missing; the form is: crash P',
      '缺少进程；格式是：crash P',
    ]);
    expect(mistake('latency 1 2 soon')).toEqual([
      'a latency is a number, 0 or more',
      '延迟应是不小于 0 的数',
    ]);
    expect(mistake('crash client')).toEqual([
      'the name of the client is missing; the form is: crash P',
      '缺少进程名（client）；格式是：crash P',
    ]);
  });

  test('of a refusal names the process', () => {
    const run = createRun(configOf({ servers: 3, seed: 7 }), {});
    const refused = order(run, { type: 'resume', process: '2' as never });
    expect(refused && both(refused)).toEqual(['2 is not paused', '2 没有暂停']);
  });

  test('of a broken check puts one sentence into another', () => {
    const who = sayOfCheck('check.anotherServer');
    const said = sayOfCheck('check.primaryWithout', { primary: 1, epoch: 2, zxid: '0x1', who });
    expect(both(said)).toEqual([
      'server 1 proposed in epoch 2 without having delivered 0x1, which another server delivers',
      '服务器 1 在 epoch 2 提议时还没有交付 0x1；交付了它的是另一台服务器',
    ]);
  });

  test('of an input says what was expected and what came', () => {
    const parsed = checkRecording({ version: 2 });
    if (!('problem' in parsed)) throw new Error('that is no recording');
    expect(both(parsed.problem)[0]).toBe('Invalid type: Expected 1 but received 2');
    expect(both(parsed.problem)[1]).toBe('应为 1，收到的是 2（invalid type）');
  });

  test('without a key stays as it came', () => {
    expect(both({ message: 'boom' })).toEqual(['boom', 'boom']);
  });
});

test('a reason of the log is known again, whatever stands in its places', () => {
  expect(reasonInChinese('Not sufficient followers synced')).toBe('保持同步的跟随者不够');
  expect(reasonInChinese('Committing zxid 0x5 but next pending txn 0x4')).toBe(
    '要提交 zxid 0x5，但下一个待提交的 txn 是 0x4',
  );
  expect(reasonInChinese('session expired')).toBe('会话已过期');
  expect(
    reasonInChinese(
      'Unable to load database on disk: the disk has log records but no snapshot that they could continue',
    ),
  ).toBe('无法从磁盘载入数据库：磁盘上有日志记录，却没有可以接续的快照');
  expect(reasonInChinese('java.lang.NumberFormatException: x')).toBe(
    'java.lang.NumberFormatException: x',
  );
});
