/** The first trace entry of an event: what happened to the process. */
import type { TraceId } from '../../base/traceId';
import type { ProcessName } from '../../bridge/names';
import type { MachineEvent, ProcessCommand } from '../../bridge/process';
import type { TraceEntry } from '../../bridge/traceEntry';
import type { Packet } from '../../zk/packets';
import type { MultiOp } from '../../zk/records';

/**
 * Of work and of messages all fields are there from the first, if undefined:
 * millions of objects of one shape are read and hashed at half the cost.
 *
 * `origin` and `n` are those of the event's key: together they name a message.
 */
export function headEntry(
  event: MachineEvent,
  id: TraceId,
  at: number,
  process: ProcessName,
  origin: string,
  n: number,
): TraceEntry {
  switch (event.type) {
    case 'message': {
      const { packet } = event;
      const entry: TraceEntry = {
        id,
        at,
        process,
        type: 'deliver',
        head: true,
        event: undefined,
        cause: event.sent,
        thread: undefined,
        name: undefined,
        peer: event.from,
        channel: event.channel,
        kind: packet.kind,
        message: origin + n,
        request: undefined,
        zxid: undefined,
        idle: undefined,
      };
      describePacket(entry, packet);
      return entry;
    }
    case 'connect':
    case 'accepted':
    case 'refused':
    case 'closed': {
      const { type, sent: cause, from: peer, channel } = event;
      return { id, at, process, type, head: true, cause, peer, channel };
    }
    case 'command':
      return commandEntry(event.command, id, at, process);
    case 'local': {
      const { work, cause } = event;
      if (work.thread !== undefined) {
        return {
          id,
          at,
          process,
          type: 'work',
          head: true,
          event: undefined,
          cause,
          thread: work.thread,
          name: undefined,
          kind: undefined,
          request: undefined,
          zxid: undefined,
          idle: undefined,
        };
      }
      if (work.disk !== undefined) {
        return { id, at, process, type: 'disk', head: true, cause, name: work.disk };
      }
      const entry: TraceEntry = { id, at, process, type: 'timer', head: true, cause };
      if (work.timer !== undefined) entry.name = work.timer;
      return entry;
    }
  }
}

/**
 * Adds what the packet says of itself: its zxid, whether it only keeps things alive, what an event tells,
 * the parts of a multi (a line each) and what became of them.
 */
export function describePacket(entry: TraceEntry, packet: Packet): void {
  switch (packet.kind) {
    case 'PING':
      entry.zxid = packet.zxid;
      entry.idle = true;
      return;
    case 'REQUEST':
      if (packet.body.op === 'ping') entry.idle = true;
      else if ('ops' in packet.body) entry.detail = { ops: opLines(packet.body.ops) };
      return;
    case 'REPLY':
      entry.zxid = packet.zxid;
      if (packet.op === 'ping') entry.idle = true;
      // The client's library asked by itself: it knows such a reply by its xid.
      else if (packet.xid < 0) entry.name = packet.op;
      else if (packet.body?.results !== undefined) {
        entry.detail = { results: packet.body.results.map(({ err }) => err).join('\n') };
      }
      return;
    case 'EVENT':
      entry.name = packet.type;
      entry.detail = { path: packet.path };
      return;
    case 'FOURLETTER':
      entry.name = packet.word;
      return;
    default:
      if ('zxid' in packet) entry.zxid = packet.zxid;
  }
}

function opLines(ops: readonly MultiOp[]): string {
  return ops.map(({ op, path }) => `${op} ${path ?? ''}`).join('\n');
}

function commandEntry(
  command: ProcessCommand,
  id: TraceId,
  at: number,
  process: ProcessName,
): TraceEntry {
  const entry: TraceEntry = { id, at, process, type: 'command', head: true, name: command.type };
  switch (command.type) {
    case 'freeze':
    case 'thaw':
    case 'stepThread':
      entry.thread = command.thread;
      break;
    case 'disk':
      entry.detail = { fault: command.fault, extraMicros: command.extraMicros ?? 0 };
      break;
    case 'set':
      entry.detail = { key: command.key, value: command.value };
      break;
    case 'console':
      entry.detail = { line: command.line };
      break;
    case '4lw':
      entry.detail = { word: command.word, server: command.server };
      break;
    case 'library':
      entry.detail = { action: command.action.type };
      break;
    case 'app':
      entry.name = command.order.type;
      break;
    case 'probe':
      entry.detail = { action: command.action.type, tag: command.action.tag };
      break;
  }
  return entry;
}
