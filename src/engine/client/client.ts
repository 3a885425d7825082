/**
 * A client process: the client library (clientCnxn) with zkCli's console on top.
 *
 * It has no service times: what it does takes no virtual time.
 */
import { assert, unreachable } from '../../base/assert';
import type { Section } from '../../bridge/frame';
import type {
  ClientSpec,
  Effects,
  Machine,
  MachineEvent,
  ProcessCommand,
} from '../../bridge/process';
import { clientSection } from './clientSection';
import type { ClientState } from './clientState';
import {
  enterLine,
  greet,
  onCallResult,
  onSessionEnded,
  onUnreachable,
  onWatchedEvent,
} from './console/console';
import { consoleSection, initialConsole, pushLine, READ_AS } from './console/consoleState';
import {
  type AskedWord,
  askWord,
  onWordAccepted,
  onWordAnswered,
  onWordEnded,
} from './fourLetterWords';
import {
  dropConnection,
  onAccepted,
  onConnectionLost,
  onConnectResponse,
  onNotification,
  onReply,
  onTimer,
  startCnxn,
} from './library/clientCnxn';
import { checkCnxn, type WaitingEvent } from './library/cnxnState';
import { connectStringOf } from './library/hostProvider';
import { isTooLong } from './library/packetLimit';
import { isRwPing, onRwPingAccepted, onRwPingAnswer } from './library/pingRwServer';
import {
  actOnLibrary,
  initialLibraryLog,
  isLibraryCall,
  onLibraryEnded,
  onLibraryEvent,
  onLibraryResult,
} from './libraryCalls';

export const clientMachine: Machine<ClientSpec, ClientState> = {
  start(spec, effects) {
    const host = connectStringOf(spec.hosts, spec.chroot);
    const zkCli = initialConsole(host, spec.batch);
    greet(zkCli, effects);
    const canBeReadOnly = spec.readOnly === true;
    const options = {
      hosts: spec.hosts,
      timeoutMs: spec.sessionTimeout,
      chroot: host.chroot,
      canBeReadOnly,
    };
    const state: ClientState = {
      letter: spec.letter,
      sessionTimeout: spec.sessionTimeout,
      canBeReadOnly,
      cnxn: startCnxn(options, effects),
      zkCli,
      library: initialLibraryLog(),
      askedWords: [],
    };
    deliverEvents(state, effects);
    return state;
  },
  step(state, event, effects) {
    handle(state, event, effects);
    deliverEvents(state, effects);
  },
  project(state, section): Section | undefined {
    if (section === 'client') {
      return clientSection(state.letter, state.cnxn, state.zkCli.host.sids);
    }
    if (section === 'console') return consoleSection(state.zkCli, state.cnxn.state);
    return undefined;
  },
  check(state) {
    checkCnxn(state.cnxn);
  },
};

function handle(state: ClientState, event: MachineEvent, effects: Effects): void {
  switch (event.type) {
    case 'command':
      onCommand(state, event.command, effects);
      return;
    case 'connect':
      effects.refuse(event.conn);
      return;
    case 'local':
      assert(onTimer(state.cnxn, event.work.timer ?? '', effects), 'a client has timers only');
      return;
    case 'message':
    case 'accepted':
    case 'refused':
    case 'closed':
      onConnectionEvent(state, event, effects);
      return;
    default:
      unreachable(event);
  }
}

type ConnectionEvent = Extract<
  MachineEvent,
  { type: 'message' | 'accepted' | 'refused' | 'closed' }
>;

/** What still happens on a connection that was given up is nobody's. */
function onConnectionEvent(state: ClientState, event: ConnectionEvent, effects: Effects): void {
  const { cnxn } = state;
  if (event.conn === cnxn.conn) onSessionConnection(state, event, effects);
  else if (isRwPing(cnxn, event.conn)) onLook(state, event, effects);
  else {
    const word = state.askedWords.find(({ conn }) => conn === event.conn);
    if (word !== undefined) onWord(state, word, event, effects);
  }
}

function onSessionConnection(
  { cnxn }: ClientState,
  event: ConnectionEvent,
  effects: Effects,
): void {
  switch (event.type) {
    case 'message': {
      const { packet } = event;
      if (packet.kind === 'CONNECTED') onConnectResponse(cnxn, packet, effects);
      else if (packet.kind === 'REPLY') {
        if (isTooLong(cnxn, packet, effects)) dropConnection(cnxn, effects);
        else onReply(cnxn, packet, effects);
      } else if (packet.kind === 'EVENT') onNotification(cnxn, packet, effects);
      else assert(false, `a server does not send ${packet.kind} to a client`);
      return;
    }
    case 'accepted':
      onAccepted(cnxn, effects);
      return;
    default:
      onConnectionLost(cnxn, effects);
  }
}

/** The look for a server that also writes. */
function onLook({ cnxn }: ClientState, event: ConnectionEvent, effects: Effects): void {
  if (event.type === 'accepted') {
    onRwPingAccepted(cnxn, effects);
    return;
  }
  if (event.type !== 'message') cnxn.rwPing.conn = null;
  const text =
    event.type === 'message' && event.packet.kind === 'TEXT' ? event.packet.text : undefined;
  if (onRwPingAnswer(cnxn, text, effects)) dropConnection(cnxn, effects);
}

function onWord(
  state: ClientState,
  word: AskedWord,
  event: ConnectionEvent,
  effects: Effects,
): void {
  if (event.type === 'accepted') onWordAccepted(word, effects);
  else if (event.type !== 'message') {
    onWordEnded(state.askedWords, word, event.type, state.zkCli, effects);
  } else if (event.packet.kind === 'TEXT') {
    onWordAnswered(word, event.packet.text, state.zkCli, effects);
  }
}

function onCommand(state: ClientState, command: ProcessCommand, effects: Effects): void {
  switch (command.type) {
    case 'console':
      enterLine(state, command.line, effects);
      return;
    case 'library':
      actOnLibrary(state.library, state.cnxn, command.action, effects);
      return;
    case '4lw':
      askWord(state.askedWords, command, effects);
      return;
    case 'set': {
      const readAs = READ_AS.find((name) => command.key === 'console' && command.value === name);
      if (readAs !== undefined) state.zkCli.readAs = readAs;
      else sayNothingToAct(state, command, effects);
      return;
    }
    default:
      sayNothingToAct(state, command, effects);
  }
}

function sayNothingToAct({ zkCli }: ClientState, { type }: ProcessCommand, effects: Effects): void {
  const text = `Zabscope: a client has nothing that \`${type}\` could act on`;
  pushLine(zkCli, effects.now, 'world', text);
  effects.touch('console');
}

/** The EventThread: tells what the library has learned, which may lead to more. */
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
      if (isLibraryCall(event.call)) onLibraryResult(state.library, event, effects);
      else onCallResult(state, event, effects);
      return;
    case 'event':
      onLibraryEvent(state.library, event.event, event.watchers, effects);
      onWatchedEvent(state, event.event, event.watchers, effects);
      return;
    case 'attemptFailed':
      onUnreachable(state, effects);
      return;
    case 'ended':
      onLibraryEnded(state.library, effects);
      onSessionEnded(state, effects);
      return;
    default:
      unreachable(event);
  }
}
