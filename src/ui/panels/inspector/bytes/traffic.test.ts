/** Every message that an ensemble sends, from its first election on, has bytes that can be read. */
import { expect, test } from 'vitest';
import type { MessageView } from '../../../../bridge/frame';
import { isCommandError, parseCommand } from '../../../../bridge/commandText';
import { createRun, frameOf, order, type Run, stepEvent } from '../../../../engine/world/inProcess';
import { annotate } from '../../../../zk/jute/annotate';
import { configOf } from '../../../store/ensembles';
import { knownTexts } from './knownTexts';

/** Steps, and looks at each message once. */
function look(run: Run, events: number, seen: Map<string, MessageView>): void {
  for (let i = 0; i < events; i += 1) {
    if (stepEvent(run).length === 0) return;
    const frame = frameOf(run);
    for (const message of frame.messages) {
      const { id, packet } = message;
      if (packet === undefined || seen.has(id)) continue;
      seen.set(id, message);
      const { bytes, marks, error } = annotate(packet, knownTexts(frame, message));
      expect(error, `${id} ${packet.kind}`).toBeUndefined();
      expect(marks.reduce((sum, mark) => sum + mark.length, 0)).toBe(bytes.length);
      expect(
        marks.map(({ field }) => field),
        packet.kind,
      ).not.toContain('rest');
    }
  }
}

function give(run: Run, text: string): void {
  const command = parseCommand(text);
  if (isCommandError(command)) throw new Error(`${text}: ${command.message}`);
  expect(order(run, command), text).toBeUndefined();
}

test('in an ensemble of three with two clients, a crash and a return', () => {
  const run = createRun(configOf({ servers: 3, seed: 7 }), { project: true });
  const seen = new Map<string, MessageView>();
  look(run, 400, seen);
  give(run, 'zk a create /a hello; get /a; set /a more; ls /; stat /a; sync /a; delete /a');
  look(run, 700, seen);
  give(run, 'zk b create -e /e x; get /none');
  look(run, 300, seen);
  give(run, 'crash 3');
  look(run, 900, seen);
  give(run, 'restart 3');
  look(run, 700, seen);
  const kinds = new Set([...seen.values()].map(({ kind }) => kind));
  for (const kind of [
    'HELLO',
    'NOTIFICATION',
    'FOLLOWERINFO',
    'LEADERINFO',
    'ACKEPOCH',
    'DIFF',
    'NEWLEADER',
    'UPTODATE',
    'REQUEST',
    'PROPOSAL',
    'ACK',
    'COMMIT',
    'PING',
    'REVALIDATE',
    'SYNC',
    'CONNECT',
    'CONNECTED',
    'REPLY',
  ] as const) {
    expect(kinds).toContain(kind);
  }
});
