/**
 * A raw protocol client: does what it is told, nothing by itself, and keeps all
 * it receives. The conformance runner sends through it what no client library
 * would send: wrong passwords, other people's sessions, nothing for a while.
 */
import { assert, unreachable } from '../../base/assert';
import type { ProbeSection } from '../../bridge/frame';
import type { ConnId } from '../../bridge/names';
import type { Effects, Machine, ProbeAction, ProbeSpec } from '../../bridge/process';

export type ProbeReceived = ProbeSection['received'][number];

export interface ProbeState {
  /** Connections by tag; a tag that is opened again names the new one. */
  conns: Record<string, ConnId>;
  /** Tags by connection, closed ones too: what was on its way still arrives. */
  tags: Record<ConnId, string>;
  /** Everything, oldest first. */
  received: ProbeReceived[];
}

export const probeMachine: Machine<ProbeSpec, ProbeState> = {
  start(_spec, effects) {
    effects.touch('probe');
    return { conns: {}, tags: {}, received: [] };
  },
  step(state, event, effects) {
    switch (event.type) {
      case 'command':
        if (event.command.type === 'probe') act(state, event.command.action, effects);
        return;
      case 'message':
        note(state, event.conn, { what: 'packet', packet: event.packet }, effects);
        return;
      case 'accepted':
      case 'refused':
      case 'closed':
        note(state, event.conn, { what: event.type }, effects);
        return;
      case 'connect':
        effects.refuse(event.conn);
        return;
      case 'local':
        return;
      default:
        unreachable(event);
    }
  },
  project(state, section) {
    if (section !== 'probe') return undefined;
    return { type: 'probe', received: state.received.slice() };
  },
  check(state) {
    for (const [tag, conn] of Object.entries(state.conns)) {
      assert(state.tags[conn] === tag, 'a tag and its connection name each other');
    }
  },
};

function act(state: ProbeState, action: ProbeAction, effects: Effects): void {
  if (action.type === 'open') {
    const conn = effects.open('client', action.to);
    state.conns[action.tag] = conn;
    state.tags[conn] = action.tag;
    return;
  }
  const conn = state.conns[action.tag];
  assert(conn !== undefined, `probe: tag ${action.tag} is open`);
  if (action.type === 'send') effects.send(conn, action.packet);
  else effects.close(conn);
}

function note(
  state: ProbeState,
  conn: ConnId,
  what: Pick<ProbeReceived, 'what' | 'packet'>,
  effects: Effects,
): void {
  const tag = state.tags[conn];
  assert(tag !== undefined, 'a probe receives only on connections of its own');
  state.received.push({ tag, ...what, at: effects.now });
  effects.touch('probe');
}
