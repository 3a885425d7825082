/** What stands on a capsule besides its kind, its name for readers, its hue. */
import type { MessageView } from '../../../../bridge/frame';
import { zxidText } from '../../../../zk/ids';
import { middleEllipsis, zxidCounter, zxidShort } from '../../../parts/requestText';
import { voteText } from '../../../parts/voteText';

/** Kinds that carry a zxid worth naming. */
const NAMED = new Set(['PROPOSAL', 'ACK', 'COMMIT', 'DIFF', 'TRUNC', 'SNAP', 'NEWLEADER', 'REPLY']);

/** `<KIND> <from> to <to> [zxid 0x..]`; ends are `1` or `client a`. */
export function messageName(message: MessageView): string {
  const { kind, from, to, zxid } = message;
  const ends = `${kind} ${from} to ${to}`;
  return zxid === undefined || zxid <= 0 || !NAMED.has(kind)
    ? ends
    : `${ends} zxid ${zxidText(zxid)}`;
}

/** Fields in short: a vote, a zxid's counter, an epoch; empty when the kind says it all. */
export function messageFields(message: MessageView): string {
  const { kind, packet, zxid } = message;
  if (packet?.kind === 'NOTIFICATION') return voteText(packet);
  if (packet?.kind === 'HELLO') return String(packet.sid);
  if (packet?.kind === 'REPLY' && packet.err !== 'OK') return packet.err;
  if (packet?.kind === 'EVENT') {
    return `${packet.type.replace(/^Node/, '')} ${middleEllipsis(packet.path, 14)}`;
  }
  if (packet?.kind === 'FOURLETTER') return packet.word;
  if (zxid === undefined || zxid < 0) return '';
  if (kind === 'ACK' || kind === 'COMMIT' || kind === 'COMMITANDACTIVATE')
    return zxidCounter(zxid) === '0' ? zxidShort(zxid) : zxidCounter(zxid);
  if (
    [
      'LEADERINFO',
      'FOLLOWERINFO',
      'OBSERVERINFO',
      'NEWLEADER',
      'ACKEPOCH',
      'DIFF',
      'TRUNC',
      'SNAP',
    ].includes(kind)
  ) {
    return zxidShort(zxid);
  }
  return '';
}

/** The class of a kind's hue; what only sets connections up is outlined. */
export function hueOf(kind: MessageView['kind']): string {
  switch (kind) {
    case 'REQUEST':
    case 'REVALIDATE':
    case 'CONNECT':
      return 'request';
    case 'REPLY':
    case 'CONNECTED':
      return 'reply';
    case 'EVENT':
      return 'event';
    case 'PROPOSAL':
      return 'proposal';
    case 'ACK':
      return 'ack';
    case 'COMMIT':
    case 'COMMITANDACTIVATE':
      return 'commit';
    case 'NOTIFICATION':
    case 'HELLO':
      return 'election';
    case 'SYN':
    case 'ACCEPT':
    case 'FIN':
      return 'tcp';
    case 'REFUSE':
    case 'RST':
      return 'broken';
    default:
      return 'packet';
  }
}

/** Kinds whose request is drawn as its chip; of the others the fields say enough. */
export function hasChip(message: MessageView): boolean {
  return (
    message.request !== undefined &&
    !['ACK', 'COMMIT', 'COMMITANDACTIVATE', 'SYNC'].includes(message.kind)
  );
}

/** Estimated width of a capsule, design pixels. */
export function capsuleWidth(message: MessageView, chip: number): number {
  const fields = chip > 0 ? 0 : messageFields(message).length;
  return (
    20 + message.kind.length * 7.4 + (fields > 0 ? 6 + fields * 6.7 : 0) + (chip > 0 ? chip + 5 : 0)
  );
}

/** How far it has come, 0 to 1; what waits (cut, held, paused) stands before the end. */
export function shareOf(message: MessageView, at: number): number {
  const { sentAt, arrivesAt } = message;
  if (message.waits !== undefined) return message.waits === 'paused' ? 0.92 : 0.4;
  if (arrivesAt === undefined) return 0.4;
  if (arrivesAt <= sentAt) return 1;
  return Math.min(1, Math.max(0, (at - sentAt) / (arrivesAt - sentAt)));
}
