import { describe, expect, test } from 'vitest';
import { firstTraceId, type TraceId } from '../../../base/traceId';
import { clientName, serverName } from '../../../bridge/names';
import type { TraceEntry } from '../../../bridge/traceEntry';
import { appendTrace, emptyTrace } from '../../store/runTrace';
import { mergedElections } from './drawTape';
import { emptyTape, readTape } from './tapeModel';

let n = 0;
function entry(part: Partial<TraceEntry>): TraceEntry {
  n += 1;
  const id = (firstTraceId(1, 0) + n) as TraceId;
  return { id, at: 0, process: serverName(1), type: 'work', ...part };
}

describe('the tape', () => {
  test('joins the two ends of a message, and goes on where it stopped', () => {
    const trace = emptyTrace();
    const send = entry({ type: 'send', at: 5, peer: serverName(2), kind: 'PROPOSAL' });
    appendTrace(trace, [entry({ head: true, event: 1, at: 5 }), send]);
    let tape = readTape(emptyTape(), trace);
    expect(tape.messages).toEqual([
      { from: '1', to: '2', kind: 'PROPOSAL', sent: send.id, sentAt: 5 },
    ]);
    const arrival = { type: 'deliver', process: serverName(2), cause: send.id, at: 9 } as const;
    appendTrace(trace, [entry({ ...arrival, head: true, event: 2 })]);
    tape = readTape(tape, trace);
    expect(tape.messages).toHaveLength(1);
    expect(tape.messages[0]?.arrivedAt).toBe(9);
    expect(tape.times).toEqual([5, 9]);
  });

  test('leaves out pings', () => {
    const trace = emptyTrace();
    appendTrace(trace, [
      entry({ head: true, event: 1, idle: true }),
      entry({ type: 'send', peer: serverName(2), kind: 'PING', idle: true }),
    ]);
    const tape = readTape(emptyTape(), trace);
    expect(tape.messages).toEqual([]);
    expect(tape.times).toEqual([]);
  });

  test('has a lane per process: servers by sid, then clients', () => {
    const trace = emptyTrace();
    for (const process of [clientName('b'), serverName(3), clientName('a'), serverName(1)]) {
      appendTrace(trace, [entry({ process })]);
    }
    expect(readTape(emptyTape(), trace).lanes).toEqual(['1', '3', 'client a', 'client b']);
  });

  test('marks a crash, and an election from the first who looks to the last who found', () => {
    const trace = emptyTrace();
    appendTrace(trace, [
      entry({ type: 'serverState', name: 'LOOKING', at: 0 }),
      entry({ type: 'serverState', name: 'LOOKING', at: 2, process: serverName(2) }),
      entry({ type: 'serverState', name: 'FOLLOWING', at: 8 }),
      entry({ type: 'serverState', name: 'LEADING', at: 9, process: serverName(2) }),
      entry({ type: 'command', name: 'crash', at: 20, process: serverName(2) }),
    ]);
    const tape = readTape(emptyTape(), trace);
    expect(mergedElections(tape)).toEqual([[0, 9]]);
    expect(tape.faults).toEqual([{ process: '2', at: 20, what: 'down' }]);
  });

  test('begins anew for another run', () => {
    const first = emptyTrace();
    appendTrace(first, [entry({ type: 'send', peer: serverName(2), kind: 'ACK' })]);
    const tape = readTape(emptyTape(), first);
    expect(readTape(tape, emptyTrace()).messages).toEqual([]);
  });
});
