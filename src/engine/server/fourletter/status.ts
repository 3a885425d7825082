/** The words srvr, stat, cons, dirs and hash. Source: AbstractFourLetterCommand's heirs, ServerStats, ServerCnxn.dumpConnectionInfo. */
import { NO_SESSION, sessionText, zxidText } from '../../../zk/ids';
import type { Zxid } from '../../../zk/ids';
import { nodeCount } from '../../database/dataTree';
import { lastProcessedZxid } from '../../database/zkDatabase';
import { type Server, type ServerCnxn, WALL_CLOCK_START_MS, type ZksState } from '../machine';
import { ZOOKEEPER_VERSION } from './environment';
import { dataDirSize, logDirSize } from './sizes';

export function modeOf(zks: ZksState): string {
  return zks.role === 'readOnly' ? 'read-only' : zks.role;
}

export function srvrText(s: Server, zks: ZksState): string {
  return `${versionLines(zks)}${statusLines(s, zks)}`;
}

/** srvr with the connections behind its first lines. */
export function statText(s: Server, zks: ZksState, asking: ServerCnxn): string {
  const clients = connections(s).map((cnxn) => `${cnxnText(cnxn, asking, false)}\n`);
  return `${versionLines(zks)}Clients:\n${clients.join('')}\n${statusLines(s, zks)}`;
}

function versionLines(zks: ZksState): string {
  const readOnly = 'READ-ONLY mode; serving only read-only clients\n';
  return `Zookeeper version: ${ZOOKEEPER_VERSION}\n${zks.role === 'readOnly' ? readOnly : ''}`;
}

function statusLines(s: Server, zks: ZksState): string {
  const { latency, packetsReceived, packetsSent, inProcess, proposals } = zks.stats;
  const { last, min, max } = proposals;
  const lines = [
    `Latency min/avg/max: ${Math.max(0, latency.min)}/${averageText(latency.total, latency.count)}/${latency.max}`,
    `Received: ${packetsReceived}`,
    `Sent: ${packetsSent}`,
    `Connections: ${connections(s).length}`,
    `Outstanding: ${inProcess}`,
    `Zxid: ${zxidText(lastProcessedZxid(s.state.db))}`,
    `Mode: ${modeOf(zks)}`,
    `Node count: ${nodeCount(s.state.db.tree)}`,
  ];
  if (zks.role === 'leader') lines.push(`Proposal sizes last/min/max: ${last}/${min}/${max}`);
  return `${lines.join('\n')}\n`;
}

/** As Java prints a double of at most four decimals. */
export function averageText(total: number, count: number): string {
  const rounded = count === 0 ? 0 : Math.round((total / count) * 10000) / 10000;
  return Number.isInteger(rounded) ? `${rounded}.0` : String(rounded);
}

function connections(s: Server): ServerCnxn[] {
  return Object.keys(s.state.cnxns)
    .sort()
    .map((conn) => s.state.cnxns[conn] as ServerCnxn);
}

export function addressOf(cnxn: ServerCnxn): string {
  return `/127.0.0.1:${cnxn.port}`;
}

/** ` /address[interest ops](queued=..)`; the full form has the session, where there is one. */
function cnxnText(cnxn: ServerCnxn, asking: ServerCnxn, isFull: boolean): string {
  const { stats } = cnxn;
  const isRead = cnxn !== asking && !cnxn.recvDisabled;
  const parts = [`queued=${stats.outstanding}`, `recved=${stats.received}`, `sent=${stats.sent}`];
  if (isFull && cnxn.sessionId !== NO_SESSION) {
    const { latency } = stats;
    parts.push(
      `sid=${sessionText(cnxn.sessionId)}`,
      `lop=${stats.lastOp}`,
      `est=${WALL_CLOCK_START_MS + Math.floor(stats.establishedAt / 1000)}`,
      `to=${cnxn.timeoutMs}`,
    );
    if (stats.lastCxid >= 0) parts.push(`lcxid=0x${stats.lastCxid.toString(16)}`);
    parts.push(
      `lzxid=${zxidText(stats.lastZxid as Zxid)}`,
      `lresp=${stats.lastResponseMs}`,
      `llat=${stats.lastLatencyMs}`,
      `minlat=${Math.max(0, latency.min)}`,
      `avglat=${latency.count === 0 ? 0 : Math.floor(latency.total / latency.count)}`,
      `maxlat=${latency.max}`,
    );
  }
  return ` ${addressOf(cnxn)}[${isRead ? 1 : 0}](${parts.join(',')})`;
}

export function consText(s: Server, _zks: ZksState, asking: ServerCnxn): string {
  const lines = connections(s).map((cnxn) => `${cnxnText(cnxn, asking, true)}\n`);
  return `${lines.join('')}\n`;
}

export function dirsText(s: Server): string {
  return `datadir_size: ${dataDirSize(s.state)}\nlogdir_size: ${logDirSize(s.state)}\n`;
}

/** The digests that the tree had at certain zxids, oldest first. */
export function hashText(s: Server): string {
  return s.state.digestLog.map((row) => `${row.zxid.toString(16)}: ${row.digest}\n`).join('');
}
