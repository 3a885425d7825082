import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Item, OracleCase, Step } from '../case/caseFile';
import { parseRecordedFile } from '../recordedFile';
import { replayFile } from '../replayFile';
import { type Outcome, replayCase } from './replayCase';
import { startOrder } from './startEnsemble';

type Draft<T> = { -readonly [K in keyof T]: Draft<T[K]> };

/** A recorded case, to be changed. */
function recorded(path: string): Draft<OracleCase> {
  const file = parseRecordedFile(readFileSync(join('oracle', `${path}.json`), 'utf8'));
  return file as Draft<OracleCase>;
}

function failureOf(path: string, spoil: (steps: Draft<Step>[]) => void, paces?: number): string {
  const file = recorded(path);
  spoil(file.steps);
  const outcome: Outcome = replayCase(file as OracleCase, paces);
  return outcome.type === 'failed' ? `${outcome.where}: ${outcome.why}` : outcome.type;
}

const itemOf = (step: Draft<Step> | undefined, session: string): Draft<Item> =>
  step?.observed?.[session]?.[0] as Draft<Item>;

describe('a recorded case of real servers', () => {
  test.each([
    'cases/basic/create2',
    'cases/ensemble/stale-read-sync',
    'cases/ensemble/partition-leader',
    'cases/ensemble/uncommitted-lost',
    'cases/five/lagging-commit',
    'flows/boot',
    'flows/leader-kill',
    'flows/pipelined-follower',
    'flows/uncommitted-survives',
  ])('%s is what the engine does', (path) => {
    expect(replayCase(recorded(path) as OracleCase)).toEqual({ type: 'passed' });
  });

  test('that needs more is skipped, and says what', () => {
    const outcome = replayFile(recorded('cases/observer/acl') as OracleCase);
    expect(outcome).toEqual({ type: 'skipped', needs: ['observers'] });
  });

  test('fails at the item, the field and the step that were changed', () => {
    const path = 'cases/basic/create2';
    const k = recorded(path).steps.findIndex((step) => itemOf(step, 'a')?.['stat'] !== undefined);
    const difference = failureOf(path, (steps) => {
      (itemOf(steps[k], 'a')['stat'] as Draft<Item>)['mzxid'] = [9, 9];
    });
    expect(difference).toMatch(
      new RegExp(`^step ${k} .*observed.a\\[0\\].stat.mzxid: expected \\[9,9\\]`),
    );
  });

  test('fails when a session received less or more than was recorded', () => {
    const path = 'cases/basic/create2';
    const missing = failureOf(path, (steps) => {
      const items = steps.at(-1)?.observed?.['a'];
      items?.push({ closed: true });
    });
    expect(missing).toMatch('expected {"closed":true}, got nothing');
    const extra = failureOf(path, (steps) => {
      (steps.at(-1) as Draft<Step>).observed = {};
    });
    expect(extra).toMatch('expected nothing, got {"reply"');
  });

  test('fails when the last zxid or the mode of a server is another', () => {
    const zxid = failureOf('cases/basic/create2', (steps) => {
      (steps[1] as Draft<Step>).zxid = [0, 77];
    });
    expect(zxid).toMatch(/step 1 .*zxid: expected \[0,77\], got \[0,2\]/);
    const file = recorded('flows/leader-kill');
    const modes = failureOf('flows/leader-kill', (steps) => {
      const step = steps.find((one) => one.servers !== undefined) as Draft<Step>;
      step.servers = { 1: 'leader', 2: 'follower' };
    });
    expect(file.steps.length).toBeGreaterThan(0);
    expect(modes).toMatch('servers: expected {"1":"leader","2":"follower"}');
  });

  test('fails when a message of a flow is another, or is missing', () => {
    const change = (spoil: (messages: Draft<Item>[]) => unknown) =>
      failureOf('flows/failed-write', (steps) => {
        spoil((steps[2]?.messages ?? []) as unknown as Draft<Item>[]);
      });
    expect(change((messages) => messages.splice(4, 1))).toMatch('messages quorum 1>3[1]');
    const other = change((messages) => {
      (messages[2] as Draft<Item>)['err'] = 'BADVERSION';
    });
    expect(other).toMatch('messages quorum 3>1[0]');
  });

  test('fails when a vote comes out as recorded at no pace', () => {
    const spoil = (steps: Draft<Step>[]) => {
      const messages = (steps[2]?.messages ?? []) as unknown as Draft<Item>[];
      for (const message of messages) if (message['state'] === 'LOOKING') message['leader'] = 9;
    };
    const outcome = failureOf('flows/leader-kill', spoil, 3);
    expect(outcome).toMatch(/messages election .* at each of 3 paces/);
  });

  test('fails when a step does not come to its end', () => {
    const outcome = failureOf('flows/leader-kill', (steps) => {
      steps.splice(2, 0, { do: 'awaitLeader', server: 1, wait: [1, 2, 3] });
    });
    expect(outcome).toMatch(/^step 2 \(awaitLeader 1\): server 1 does not lead/);
  });
});

test('ensembles start as the recorded ones did: the last server and a quorum, then the rest', () => {
  expect(startOrder(1)).toEqual({ first: [1], rest: [] });
  expect(startOrder(3)).toEqual({ first: [3, 1], rest: [2] });
  expect(startOrder(5)).toEqual({ first: [5, 1, 3], rest: [2, 4] });
});
