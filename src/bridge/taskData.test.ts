import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bytesToText, textToBytes } from '../base/bytes';
import {
  decodeStatus,
  decodeTask,
  decodeWorker,
  encodeStatus,
  encodeTask,
  encodeWorker,
  shortTask,
  shortWorker,
  type TaskData,
  workerNode,
} from './taskData';

const word = fc.stringMatching(/^[!-~äß漢]{1,40}$/);
const fields = fc.constantFrom(' once', ' needs=gpu', ' steps=4', ' id=c-1.0.3', ' failed=2', 'x');
const text = fc.oneof(
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 200 }),
  fc.array(fields, { minLength: 1, maxLength: 6 }).map((parts) => parts.join('')),
);
const whole = fc.nat(1000);
const task: fc.Arbitrary<TaskData> = fc.record(
  {
    text,
    kind: fc.constantFrom('any', 'once'),
    submission: fc.tuple(whole, whole, whole).map(([c, i, n]) => `c-${c}.${i}.${n}`),
    needs: word,
    steps: whole,
    fails: whole,
    failed: whole,
  },
  { requiredKeys: ['text', 'kind', 'submission'] },
) as never;

describe('data of a task', () => {
  test('comes back as it was written, whatever its text says', () => {
    fc.assert(
      fc.property(task, (t) => {
        expect(decodeTask(encodeTask(t))).toEqual(t);
      }),
    );
  });

  test('is text that a person reads', () => {
    const full: TaskData = {
      text: 'resize 7',
      submission: 'c-1.0.3',
      kind: 'once',
      needs: 'gpu',
      steps: 4,
      fails: 1,
    };
    expect(bytesToText(encodeTask(full))).toBe(
      'resize 7 id=c-1.0.3 once needs=gpu steps=4 fails=1',
    );
    expect(bytesToText(encodeTask({ text: 'a', submission: 'c-2.0.1', kind: 'any' }))).toBe(
      'a id=c-2.0.1',
    );
  });

  test('may be written by hand', () => {
    expect(decodeTask('two words')).toEqual({ text: 'two words', submission: '', kind: 'any' });
    expect(decodeTask('mail once needs=smtp')).toEqual({
      text: 'mail',
      submission: '',
      kind: 'once',
      needs: 'smtp',
    });
    expect(decodeTask(null)).toEqual({ text: '', submission: '', kind: 'any' });
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (any) => {
        expect(typeof decodeTask(textToBytes(any)).text).toBe('string');
      }),
    );
  });
});

test('names of znodes are said in short, those that nobody of the application gave as they are', () => {
  const names = ['task-0000000000', 'task-0000000030', 'job-007', 'task-x'];
  expect(names.map(shortTask)).toEqual(['task-0', 'task-30', 'job-007', 'task-x']);
  expect(shortWorker(workerNode('w-12'))).toBe('w-12');
  expect(['worker-w-1x', 'someone'].map(shortWorker)).toEqual(['worker-w-1x', 'someone']);
});

describe('data of a status and of a worker', () => {
  test('come back as they were written', () => {
    fc.assert(
      fc.property(fc.constantFrom('done', 'failed'), fc.option(task), (status, t) => {
        const data = t === null ? { status } : { status, task: t };
        expect(decodeStatus(encodeStatus(data as never))).toEqual(data);
      }),
    );
    fc.assert(
      fc.property(fc.constantFrom('Idle', 'Working'), fc.option(word), (state, can) => {
        const data = can === null ? { state } : { state, can };
        expect(decodeWorker(encodeWorker(data as never))).toEqual(data);
      }),
    );
  });

  test('are refused when no worker wrote them', () => {
    for (const data of [null, '', 'donee', 'Done', 'failed:']) {
      expect(decodeStatus(data), String(data)).toBeUndefined();
    }
    for (const data of [null, '', 'idle', 'Idle can=', 'Working can=a b']) {
      expect(decodeWorker(data), String(data)).toBeUndefined();
    }
    expect(bytesToText(encodeWorker({ state: 'Idle', can: 'gpu' }))).toBe('Idle can=gpu');
  });
});
