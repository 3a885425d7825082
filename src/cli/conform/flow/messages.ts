/** Messages between processes in the form in which the flows of the oracle write them. */
import { isServer, sidOf, type ProcessName } from '../../../bridge/names';
import type { SessionId } from '../../../zk/ids';
import { makeZxid, NO_ZXID } from '../../../zk/ids';
import type { ClientPacket, ElectionPacket, Packet, QuorumPacket } from '../../../zk/packets';
import type { LoggedTxn } from '../../../zk/records';
import type { OracleMessage } from '../case/caseFile';
import type { Delivered } from '../replay/engineView';
import { oracleAddresses } from '../case/addresses';
import { type Names, sessionName, zxidPair } from '../case/values';

type Fields = Record<string, unknown>;

/**
 * The log of one step, in order of arrival. Names of sessions are looked up now, at the end of the
 * step: the servers speak of a session before its client knows its id. `clientOf` names the session
 * of a probe. A snapshot is two messages, as in the oracle: SNAP, and the stream behind it.
 */
export function messagesOf(
  delivered: readonly Delivered[],
  names: Names,
  clientOf: (probe: ProcessName) => string,
): OracleMessage[] {
  const endOf = (process: ProcessName): number | string =>
    isServer(process) ? sidOf(process) : `client:${clientOf(process)}`;
  return delivered.flatMap((message) => {
    const ends = {
      from: endOf(message.from),
      to: endOf(message.to),
      channel: message.channel,
    };
    return fieldsOf(message.channel, message.packet, names).map(
      (fields) => ({ ...ends, ...fields }) as unknown as OracleMessage,
    );
  });
}

function fieldsOf(channel: string, packet: Packet, names: Names): Fields[] {
  if (channel === 'election') return [electionFields(packet as ElectionPacket)];
  if (channel === 'quorum') return quorumFields(packet as QuorumPacket, names);
  return [clientFields(packet as ClientPacket, names)];
}

function electionFields(packet: ElectionPacket): Fields {
  if (packet.kind === 'HELLO') return { type: 'CONNECT', sid: packet.sid };
  return {
    type: 'NOTIFICATION',
    state: packet.state,
    leader: packet.leader,
    zxid: zxidPair(packet.zxid),
    electionEpoch: packet.electionEpoch,
    peerEpoch: packet.peerEpoch,
  };
}

function quorumFields(packet: QuorumPacket, names: Names): Fields[] {
  const name = (id: SessionId) => sessionName(id, names);
  const none = zxidPair(NO_ZXID);
  switch (packet.kind) {
    case 'REQUEST':
      return [
        {
          type: 'REQUEST',
          zxid: none,
          op: packet.body.op,
          session: name(packet.sessionId),
          cxid: packet.cxid,
        },
      ];
    case 'REVALIDATE': {
      const answer =
        packet.valid === undefined ? { timeoutMs: packet.timeOut } : { valid: packet.valid };
      return [{ type: 'REVALIDATE', zxid: none, session: name(packet.sessionId), ...answer }];
    }
    case 'SNAP': {
      const sessions = Object.entries(packet.image.sessions).map(([id, timeoutMs]) => [
        name(id as SessionId),
        timeoutMs,
      ]);
      const stream = { sessions, znodes: [...packet.image.paths] };
      return [
        { type: 'SNAP', zxid: zxidPair(packet.zxid) },
        { type: 'SNAPSHOT-STREAM', ...stream },
      ];
    }
    case 'PROPOSAL':
      return [{ type: 'PROPOSAL', zxid: zxidPair(packet.zxid), ...txnFields(packet.entry, names) }];
    case 'PING': {
      const fields: Fields = { type: 'PING', zxid: zxidPair(packet.zxid) };
      const touched = (packet.touched ?? []).map(([id, timeoutMs]) => [name(id), timeoutMs]);
      if (touched.length > 0) fields['touched'] = touched;
      return [fields];
    }
    case 'NEWLEADER': {
      const fields: Fields = { type: 'NEWLEADER', zxid: zxidPair(packet.zxid) };
      if (packet.config !== undefined) fields['config'] = oracleAddresses(packet.config);
      return [fields];
    }
    case 'COMMITANDACTIVATE': {
      const suggestedLeader = packet.designatedLeader;
      return [{ type: packet.kind, zxid: zxidPair(packet.zxid), suggestedLeader }];
    }
    case 'ACKEPOCH':
      return [{ type: 'ACKEPOCH', zxid: zxidPair(packet.zxid), currentEpoch: packet.currentEpoch }];
    case 'FOLLOWERINFO':
    case 'OBSERVERINFO':
      return [{ type: packet.kind, zxid: zxidPair(packet.zxid), sid: packet.sid }];
    default:
      return [{ type: packet.kind, zxid: zxidPair(packet.zxid) }];
  }
}

function txnFields(entry: LoggedTxn, names: Names): Fields {
  const { hdr, txn } = entry;
  const fields: Fields = {
    op: hdr.type,
    session: sessionName(hdr.clientId, names),
    cxid: hdr.cxid,
  };
  if ('path' in txn) fields['path'] = txn.path;
  if (txn.type === 'reconfig') fields['data'] = oracleAddresses(txn.data ?? '');
  if (txn.type === 'error') fields['err'] = txn.err;
  if (txn.type === 'createSession') fields['timeoutMs'] = txn.timeOut;
  if (txn.type === 'closeSession') fields['paths2Delete'] = txn.paths2Delete;
  return fields;
}

function clientFields(packet: ClientPacket, names: Names): Fields {
  switch (packet.kind) {
    case 'CONNECT':
      return {
        type: 'CONNECT',
        lastZxidSeen: zxidPair(packet.lastZxidSeen),
        timeoutMs: packet.timeOut,
        session: sessionName(packet.sessionId, names),
      };
    case 'CONNECTED':
      return {
        type: packet.timeOut > 0 ? 'CONNECTED' : 'CONNECT-REFUSED',
        timeoutMs: packet.timeOut,
      };
    case 'REQUEST': {
      if (packet.body.op === 'ping') return { type: 'PING' };
      const fields: Fields = { type: 'REQUEST', op: packet.body.op };
      if ('path' in packet.body) fields['path'] = packet.body.path;
      return fields;
    }
    case 'REPLY':
      if (packet.op === 'ping') return { type: 'PING', zxid: zxidPair(packet.zxid) };
      return { type: 'REPLY', op: packet.op, err: packet.err, zxid: zxidPair(packet.zxid) };
    case 'EVENT':
      return { type: 'EVENT', event: packet.type, path: packet.path };
  }
}

function sorted(rows: readonly unknown[][]): unknown[][] {
  return [...rows].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}

/**
 * Fields of a recorded message that say nothing about the flow: its place in the log, its ends (the
 * link has them), and what the byte formats of the wire carry besides (versions, the address of the
 * client, the signature of a snapshot), which the engine's packets leave to the codec.
 */
const NOT_COMPARED: ReadonlySet<string> = new Set([
  'n',
  'after',
  'from',
  'to',
  'channel',
  'fromRole',
  'toRole',
  'protocolVersion',
  'configVersion',
  'authinfo',
  'signature',
]);

/** Lists of sessions: the recorder sorted them by ids that are not shown. */
const UNORDERED: ReadonlySet<string> = new Set(['sessions', 'touched']);

/** What is compared of a message. */
export function comparedFields(message: Readonly<Fields>): Fields {
  const fields: Fields = {};
  for (const [name, value] of Object.entries(message)) {
    if (NOT_COMPARED.has(name)) continue;
    fields[name] = UNORDERED.has(name) ? sorted(value as unknown[][]) : value;
  }
  return fields;
}

export function linkOf(message: OracleMessage): string {
  return `${message.channel} ${message.from}>${message.to}`;
}

/** The zxid of a message as a number that orders them; undefined when it has none. */
export function zxidOf(message: OracleMessage): number | undefined {
  const pair = message['zxid'];
  return Array.isArray(pair) ? makeZxid(pair[0], pair[1]) : undefined;
}
