/**
 * A client process: the client library (clientCnxn) with zkCli's console on top.
 *
 * It has no service times: what it does takes no virtual time.
 */
import { assert, unreachable } from '../../base/assert';
import type { ClientSection, RequestView, Section } from '../../bridge/frame';
import type {
  ClientSpec,
  Effects,
  Machine,
  MachineEvent,
  ProcessCommand,
} from '../../bridge/process';
import { bytesToText } from '../../base/bytes';
import { isWriteOp } from '../../zk/opCode';
import {
  onAccepted,
  onConnectResponse,
  onConnectionLost,
  onReply,
  onTimer,
  startCnxn,
} from './clientCnxn';
import type { ClientState } from './clientState';
import { checkCnxn, type ClientCnxn, type OutgoingPacket, type WaitingEvent } from './cnxnState';
import {
  enterLine,
  greet,
  onCallResult,
  onSessionEnded,
  onSessionEvent,
  onUnreachable,
} from './console/console';
import { consoleSection, initialConsole, pushLine } from './console/consoleState';
import { connectStringOf } from './hostProvider';

/** Characters of data that a request view shows. */
const DATA_SHOWN = 80;

export const clientMachine: Machine<ClientSpec, ClientState> = {
  start(spec, effects) {
    const zkCli = initialConsole(connectStringOf(spec.hosts));
    greet(zkCli, effects);
    const cnxn = startCnxn(spec.hosts, spec.sessionTimeout, effects);
    const state = { letter: spec.letter, sessionTimeout: spec.sessionTimeout, cnxn, zkCli };
    deliverEvents(state, effects);
    return state;
  },
  step(state, event, effects) {
    handle(state, event, effects);
    deliverEvents(state, effects);
  },
  project(state, section): Section | undefined {
    if (section === 'client') return clientSection(state);
    if (section === 'console') return consoleSection(state.zkCli, state.cnxn.state);
    return undefined;
  },
  check(state) {
    checkCnxn(state.cnxn);
  },
};

function handle(state: ClientState, event: MachineEvent, effects: Effects): void {
  const { cnxn } = state;
  switch (event.type) {
    case 'command':
      onCommand(state, event.command, effects);
      return;
    case 'message':
      // What still arrives on a connection that was given up is nobody's.
      if (event.conn !== cnxn.conn) return;
      if (event.packet.kind === 'CONNECTED') onConnectResponse(cnxn, event.packet, effects);
      else if (event.packet.kind === 'REPLY') onReply(cnxn, event.packet, effects);
      else assert(false, `a server does not send ${event.packet.kind} to a client`);
      return;
    case 'connect':
      effects.refuse(event.conn);
      return;
    case 'accepted':
      if (event.conn === cnxn.conn) onAccepted(cnxn, effects);
      return;
    case 'refused':
    case 'closed':
      if (event.conn === cnxn.conn) onConnectionLost(cnxn, effects);
      return;
    case 'local':
      assert(onTimer(cnxn, event.work.timer ?? '', effects), 'a client has timers only');
      return;
    default:
      unreachable(event);
  }
}

function onCommand(state: ClientState, command: ProcessCommand, effects: Effects): void {
  if (command.type === 'console') {
    enterLine(state, command.line, effects);
    return;
  }
  const text = `Zabscope: a client has nothing that \`${command.type}\` could act on`;
  pushLine(state.zkCli, effects.now, 'world', text);
  effects.touch('console');
}

/** The EventThread: tells the console what the library has learned, which may lead to more. */
function deliverEvents(state: ClientState, effects: Effects): void {
  for (;;) {
    const waiting: WaitingEvent[] = state.cnxn.waitingEvents;
    if (waiting.length === 0) return;
    state.cnxn.waitingEvents = [];
    for (const event of waiting) deliver(state, event, effects);
  }
}

function deliver(state: ClientState, event: WaitingEvent, effects: Effects): void {
  switch (event.type) {
    case 'result':
      onCallResult(state, event, effects);
      return;
    case 'state':
      onSessionEvent(state, event.state, effects);
      return;
    case 'attemptFailed':
      onUnreachable(state, effects);
      return;
    case 'ended':
      onSessionEnded(state, effects);
      return;
    default:
      unreachable(event);
  }
}

function clientSection({ letter, cnxn, zkCli }: ClientState): ClientSection {
  const section: ClientSection = {
    type: 'client',
    letter,
    state: cnxn.state,
    hosts: [...zkCli.host.sids],
    sessionId: cnxn.sessionId,
    sessionTimeout: cnxn.sessionTimeout,
    lastZxid: cnxn.lastZxid,
    outgoingQueue: cnxn.outgoingQueue.map((packet) => requestView(cnxn, packet)),
    pendingQueue: cnxn.pendingQueue.map((packet) => requestView(cnxn, packet)),
    lastHeard: cnxn.lastHeard,
    lastSend: cnxn.lastSend,
  };
  if (cnxn.server !== null && cnxn.server > 0) section.server = cnxn.server;
  return section;
}

function requestView(cnxn: ClientCnxn, { xid, body }: OutgoingPacket): RequestView {
  const view: RequestView = {
    sessionId: cnxn.sessionId,
    cxid: xid,
    op: body.op,
    isWrite: isWriteOp(body.op),
  };
  if ('path' in body && body.path !== null) view.path = body.path;
  if ('data' in body && body.data !== null) {
    view.data = bytesToText(body.data).slice(0, DATA_SHOWN);
  }
  return view;
}
