/**
 * A machine for tests of the network: does what `set` orders say, writes down
 * what happens to it, and is otherwise silent.
 *
 * Orders: `open P`, `send N` (N messages), `close`, `refuse` (from now on),
 * `timer MS`, `write RECORD`, `fsync`, `exit`, `chat N` (answers N messages with messages).
 */
import type { ConnId, ProcessName } from '../../bridge/names';
import type { Effects, Machine, MachineEvent, ProcessSpec } from '../../bridge/process';
import type { Zxid } from '../../zk/ids';
import type { MachineTable } from './machineTable';

export interface TalkerState {
  /** `<time> <what>`, oldest first. */
  heard: string[];
  conn?: ConnId;
  /** `conn` was accepted. */
  up: boolean;
  sent: number;
  refuses: boolean;
  chat: number;
  disk: string[];
  wrote: boolean;
}

const talker: Machine<ProcessSpec, TalkerState> = {
  start(spec) {
    const disk = spec.type === 'server' ? (spec.disk['notes']?.records ?? []) : [];
    return {
      heard: [],
      up: false,
      sent: 0,
      refuses: false,
      chat: 0,
      disk: disk as string[],
      wrote: disk.length > 0,
    };
  },
  step(state, event, fx) {
    fx.touch('probe');
    const text = textOf(event);
    if (text !== undefined) state.heard.push(`${fx.now} ${text}`);
    if (event.type === 'connect') {
      if (state.refuses) fx.refuse(event.conn);
      else {
        fx.accept(event.conn);
        state.conn = event.conn;
        state.up = true;
      }
    } else if (event.type === 'accepted') {
      if (state.conn === event.conn) state.up = true;
    } else if (event.type === 'message' && state.chat > 0) {
      state.chat -= 1;
      say(state, fx, event.conn);
      if (fx.random('talk', 4) === 0) fx.setTimer('t', fx.random('delay', 9000));
    } else if (event.type === 'command' && event.command.type === 'set') {
      obey(state, fx, event.command.key, event.command.value);
    }
  },
  project(state) {
    const received = state.heard.map((tag) => ({ tag, what: 'packet' as const, at: 0 }));
    return { type: 'probe', received };
  },
  check() {},
};

/** Every kind of process is a talker. */
export const TALKERS: MachineTable = { server: talker, client: talker, app: talker, probe: talker };

function textOf(event: MachineEvent): string | undefined {
  switch (event.type) {
    case 'command':
      return undefined;
    case 'local':
      return `timer ${event.work.timer ?? ''}`;
    case 'message':
      return `${event.from}: ${event.packet.kind} ${(event.packet as { zxid: number }).zxid}`;
    default:
      return `${event.from}: ${event.type}`;
  }
}

function say(state: TalkerState, fx: Effects, conn: ConnId): void {
  state.sent += 1;
  const kind = state.sent % 3 === 0 ? 'COMMIT' : 'ACK';
  fx.send(conn, { kind, zxid: state.sent as Zxid });
}

function obey(state: TalkerState, fx: Effects, key: string, value: string): void {
  switch (key) {
    case 'open':
      state.conn = fx.open('quorum', value as ProcessName);
      state.up = false;
      return;
    case 'send':
      for (let i = 0; i < Number(value); i += 1)
        if (state.conn !== undefined && state.up) say(state, fx, state.conn);
      return;
    case 'close':
      if (state.conn !== undefined) fx.close(state.conn);
      return;
    case 'refuse':
      state.refuses = true;
      return;
    case 'timer':
      fx.setTimer('t', Number(value));
      return;
    case 'write':
      state.wrote = true;
      fx.disk({ type: 'append', file: 'notes', record: value });
      return;
    case 'fsync':
      if (state.wrote) fx.disk({ type: 'fsync', file: 'notes' });
      return;
    case 'chat':
      state.chat = Number(value);
      return;
    case 'exit':
      fx.exit(Number(value), 'told so');
      return;
    default:
      throw new Error(`unknown order ${key}`);
  }
}
