/**
 * Packets of the client port, without the length of their frames. Source: ClientCnxn,
 * ZooKeeperServer.processConnectRequest, ConnectRequest and its like in zookeeper.jute.
 */
import type { OpName } from '../opCode';
import type {
  ClientPacket,
  ClientReply,
  ClientRequest,
  ConnectRequest,
  ConnectResponse,
  FourLetterPacket,
  WatcherEventPacket,
  WatchEventType,
} from '../packets';
import { NO_ZXID } from '../ids';
import {
  type Decoded,
  decoded,
  fail,
  hexOf,
  type InputArchive,
  type InputOptions,
  mark,
  openInput,
  readBool,
  readInt,
} from './archive/inputArchive';
import { type Layout, recordLength, writeRecord } from './archive/layout';
import {
  openOutput,
  type OutputArchive,
  writeBool,
  writeInt,
  writtenBytes,
} from './archive/outputArchive';
import { inField, readAs, readRecord } from './archive/readRecord';
import { opCodeOf } from './archive/codes';
import { readReplyBody, replyBodyLength, writeReplyBody } from './records/replyBody';
import {
  readRequestBody,
  readRequestType,
  requestBodyLength,
  writeRequestBody,
} from './records/requestBody';

/** What whoever reads a packet must know of the connection. */
export type ClientContext = InputOptions &
  (
    | { from: 'client'; connected: boolean }
    | {
        from: 'server';
        connected: boolean;
        /** Operation of the request with this xid; undefined: there is none. */
        opOf: (xid: number) => OpName | undefined;
      }
  );

const EVENT_XID = -1;
const PING_XID = -2;
const AUTH_XID = -4;
const SYNC_CONNECTED = 3;
const EVENT_TYPES: readonly WatchEventType[] = [
  'NodeCreated',
  'NodeDeleted',
  'NodeDataChanged',
  'NodeChildrenChanged',
];

const CONNECT_REQUEST: Layout<keyof ConnectRequest> = [
  ['kind', { fixed: 0 }, 'protocolVersion'],
  ['lastZxidSeen', 'zxid'],
  ['timeOut', 'int'],
  ['sessionId', 'session'],
  ['passwd', 'passwd'],
];
const CONNECT_RESPONSE: Layout<keyof ConnectResponse> = [
  ['kind', { fixed: 0 }, 'protocolVersion'],
  ['timeOut', 'int'],
  ['sessionId', 'session'],
  ['passwd', 'passwd'],
];
const REPLY_HEADER: Layout<keyof ClientReply> = [
  ['xid', 'int'],
  ['zxid', 'zxid'],
  ['err', 'err'],
];
const REQUEST_HEADER_BYTES = 8;
const REPLY_HEADER_BYTES = 16;

/** The bytes of a frame behind its length. `legacy`: a connect packet has no readOnly byte, as before 3.4. */
export function encodeClientPacket(
  packet: ClientPacket,
  options: { legacy?: boolean } = {},
): Uint8Array {
  const out = openOutput();
  writeClientPacket(out, packet, options.legacy === true);
  return writtenBytes(out);
}

export function writeClientPacket(out: OutputArchive, packet: ClientPacket, legacy: boolean): void {
  switch (packet.kind) {
    case 'CONNECT':
    case 'CONNECTED':
      writeRecord(out, packet.kind === 'CONNECT' ? CONNECT_REQUEST : CONNECT_RESPONSE, packet);
      if (packet.readOnly !== undefined && !legacy) writeBool(out, packet.readOnly);
      return;
    case 'REQUEST': {
      const { body } = packet;
      writeInt(out, packet.xid);
      writeInt(out, body.op === 'raw' ? body.type : opCodeOf(body.op));
      writeRequestBody(out, body);
      return;
    }
    case 'REPLY':
      writeRecord(out, REPLY_HEADER, packet);
      if (packet.body !== undefined) writeReplyBody(out, packet.op, packet.body);
      return;
    case 'EVENT':
      writeRecord(out, REPLY_HEADER, { xid: EVENT_XID, zxid: NO_ZXID, err: 'OK' });
      writeInt(out, EVENT_TYPES.indexOf(packet.type) + 1);
      writeInt(out, SYNC_CONNECTED);
      writeRecord(out, EVENT_PATH, packet);
  }
}

const EVENT_PATH: Layout<keyof WatcherEventPacket> = [['path', 'ustring']];

/**
 * The length that stands in front of this packet's frame, which `jute.maxbuffer` limits.
 * It is reckoned, no bytes are made. 0 for what has no frame.
 */
export function frameLength(packet: ClientPacket | FourLetterPacket): number {
  switch (packet.kind) {
    case 'CONNECT':
    case 'CONNECTED': {
      const layout = packet.kind === 'CONNECT' ? CONNECT_REQUEST : CONNECT_RESPONSE;
      return recordLength(layout, packet) + (packet.readOnly === undefined ? 0 : 1);
    }
    case 'REQUEST':
      return REQUEST_HEADER_BYTES + requestBodyLength(packet.body);
    case 'REPLY': {
      const { body } = packet;
      return REPLY_HEADER_BYTES + (body === undefined ? 0 : replyBodyLength(packet.op, body));
    }
    case 'EVENT':
      return REPLY_HEADER_BYTES + 8 + recordLength(EVENT_PATH, packet);
    case 'FOURLETTER':
    case 'TEXT':
      return 0;
  }
}

/** Reads the bytes of one frame behind its length; what follows the packet in the frame is ignored. */
export function decodeClientPacket(
  bytes: Uint8Array,
  context: ClientContext,
): Decoded<ClientPacket> {
  const input = openInput(bytes, context);
  return decoded(input, readClientPacket(input, context));
}

export function readClientPacket(input: InputArchive, context: ClientContext): ClientPacket {
  if (context.from === 'client') {
    return context.connected ? readRequest(input) : readConnectRequest(input);
  }
  return context.connected ? readReply(input, context.opOf) : readConnectResponse(input);
}

function readConnectRequest(input: InputArchive): ConnectRequest {
  const packet = readAs<ConnectRequest>(input, CONNECT_REQUEST, { kind: 'CONNECT' });
  return { ...packet, ...readReadOnly(input) };
}

function readConnectResponse(input: InputArchive): ConnectResponse {
  const packet = readAs<ConnectResponse>(input, CONNECT_RESPONSE, { kind: 'CONNECTED' });
  return { ...packet, ...readReadOnly(input) };
}

/** The byte may be missing: whoever speaks is older than the flag. */
function readReadOnly(input: InputArchive): { readOnly?: boolean } {
  if (input.at === input.end) return {};
  return inField(input, 'readOnly', () => {
    const at = input.at;
    const readOnly = readBool(input);
    mark(input, at, 'bool', readOnly);
    return { readOnly };
  });
}

function readRequest(input: InputArchive): ClientRequest {
  const xid = inField(input, 'xid', () => readMarkedInt(input));
  const type = readRequestType(input);
  return { kind: 'REQUEST', xid, body: readRequestBody(input, type) };
}

function readMarkedInt(input: InputArchive): number {
  const at = input.at;
  const value = readInt(input);
  mark(input, at, 'int', value);
  return value;
}

/**
 * A request whose body is none of its operation's, as it came: what a server makes of it
 * is its own affair (MARSHALLINGERROR). An error when not even the header is there.
 */
export function decodeRawRequest(bytes: Uint8Array): Decoded<ClientRequest> {
  const input = openInput(bytes);
  const xid = inField(input, 'xid', () => readInt(input));
  const type = readRequestType(input);
  const hex = hexOf(bytes, input.at, bytes.length);
  return decoded<ClientRequest>(input, { kind: 'REQUEST', xid, body: { op: 'raw', type, hex } });
}

function readReply(
  input: InputArchive,
  opOf: (xid: number) => OpName | undefined,
): ClientReply | WatcherEventPacket {
  const at = input.at;
  const reply = readRecord(input, REPLY_HEADER) as unknown as ClientReply;
  if (input.error === undefined && reply.xid === EVENT_XID) return readEvent(input);
  const op = reservedOp(reply.xid) ?? opOf(reply.xid);
  if (op === undefined) {
    const problem = `the xid of a request that waits expected, ${reply.xid} there`;
    inField(input, 'xid', () => fail(input, 'value', at, problem));
  }
  const packet: ClientReply = { ...reply, kind: 'REPLY', op: op ?? 'raw' };
  if (reply.err === 'OK' && op !== undefined) {
    const body = readReplyBody(input, op);
    if (body !== undefined) packet.body = body;
  }
  return packet;
}

function reservedOp(xid: number): OpName | undefined {
  return xid === PING_XID ? 'ping' : xid === AUTH_XID ? 'auth' : undefined;
}

function readEvent(input: InputArchive): WatcherEventPacket {
  const type = inField(input, 'type', () => {
    const at = input.at;
    const code = readInt(input);
    const name = EVENT_TYPES[code - 1];
    if (name === undefined) fail(input, 'value', at, `an event of 1 to 4 expected, ${code} there`);
    mark(input, at, 'int', name ?? code);
    return name ?? 'NodeCreated';
  });
  inField(input, 'state', () => {
    const at = input.at;
    const state = readInt(input);
    if (state !== SYNC_CONNECTED) {
      fail(input, 'value', at, `state ${SYNC_CONNECTED} (SyncConnected) expected, ${state} there`);
    }
    mark(input, at, 'int', 'SyncConnected');
  });
  const { path } = readRecord(input, EVENT_PATH) as { path: string };
  return { kind: 'EVENT', type, state: 'SyncConnected', path };
}
