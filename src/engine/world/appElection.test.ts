import { describe, expect, test } from 'vitest';
import { Stage } from './appStage.test-support';

describe.each(['book', 'hardened'] as const)('a %s master', (style) => {
  test('makes the roots, takes the lock with its id, and comes to rest', () => {
    const stage = new Stage(style);
    const m1 = stage.master('m-1');
    expect(stage.states(m1)).toEqual(['RUNNING', 'ELECTED']);
    expect(stage.told('masterPhase', m1).map(({ phase }) => phase)).toEqual(
      style === 'book'
        ? ['workers', 'recovery', 'tasks', 'steady']
        : ['workers', 'recovery', 'tasks', 'steady'],
    );
    expect(stage.get('/master')).toBe('m-1');
    const roots = ['assign', 'master', 'status', 'tasks', 'workers', 'zookeeper'];
    if (style === 'hardened') roots.push('epoch');
    expect(stage.ls('/')).toEqual(roots.sort());
  });

  test('gives a task to a live worker and takes it out of /tasks', () => {
    const stage = new Stage(style);
    stage.master('m-1');
    stage.worker('w-1');
    const task = stage.task();
    stage.pass(300);
    expect(stage.ls('/tasks')).toEqual([]);
    expect(stage.inbox('w-1')).toEqual([task]);
    expect(stage.get(`/assign/worker-w-1/${task}`)).toBe('resize 7 id=c-1.0.1');
    expect(stage.told('assigned')).toEqual([{ task, worker: 'worker-w-1' }]);
  });
});
