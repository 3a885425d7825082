/**
 * The word mntr: gauges first, then counters and summaries by their names, all as
 * `zk_name<TAB>value` lines in the order of the original.
 *
 * Differs: metrics of what is no part of this server (JVM, TLS, caches, service times of its
 * threads) stay at their first value, 0.
 *
 * Source: MonitorCommand, ZooKeeperServer.dumpMonitorValues and its heirs, DefaultMetricsProvider.
 */
import { approximateDataSize, ephemeralCount, nodeCount } from '../../database/dataTree';
import type { Sid } from '../../../zk/ids';
import type { Server, ZksState } from '../machine';
import { type NamespaceStats, namespacesOf, type NamespaceTable } from '../namespaces';
import { isAlone, isParticipant } from '../reconfig/verifiers';
import { watchCount } from '../sessions/watches';
import { ZOOKEEPER_VERSION } from './environment';
import { COUNTERS, PERCENTILES, SUMMARIES } from './metricNames';
import { averageText, modeOf } from './status';

type Row = readonly [name: string, value: string | number | undefined];

export function mntrText(s: Server, zks: ZksState): string {
  const rows: Row[] = [
    ...gauges(s, zks),
    ...COUNTERS.map((name): Row => [name, countersOf(s)[name] ?? 0]),
    ...SUMMARIES.flatMap((name) => summary(name, undefined)),
    ...PERCENTILES.flatMap((name) => percentiles(name)),
    ...learnerSummaries(s),
    ...namespaces(s.state.namespaces.reads, 'read_per_namespace'),
    ...namespaces(s.state.namespaces.writes, 'write_per_namespace'),
    ...learnerPercentiles(s),
  ];
  return rows
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `zk_${name}\t${value}\n`)
    .join('');
}

/** In an ensemble some more, and of a leader again some; what is undefined is left out. */
function gauges(s: Server, zks: ZksState): Row[] {
  const { tree } = s.state.db;
  const { latency, proposals } = zks.stats;
  const isMember = !isAlone(s.state) && zks.role !== 'readOnly';
  const leader = zks.role === 'leader' ? s.state.leader : undefined;
  const ofLeader = <T>(value: T): T | undefined => (leader === undefined ? undefined : value);
  const uptime = Math.floor((s.fx.now - zks.stats.startedAt) / 1000);
  const global = zks.tracker ?? s.state.db.sessions;
  const learners = Object.values(leader?.handlers ?? {});
  const synced = learners.filter((each) => each.phase === 'FORWARDING');
  const votes = (sid: Sid) => isParticipant(s.state, sid);
  return [
    ['version', ZOOKEEPER_VERSION],
    ['server_state', modeOf(zks)],
    ['peer_state', isMember ? `${ROLE_STATES[zks.role]} - broadcast` : undefined],
    ['ephemerals_count', ephemeralCount(tree)],
    ['num_alive_connections', Object.keys(s.state.cnxns).length],
    ['avg_latency', averageText(latency.total, latency.count)],
    ['min_proposal_size', ofLeader(proposals.min)],
    ['outstanding_requests', zks.stats.inProcess],
    ['znode_count', nodeCount(tree)],
    ['global_sessions', Object.keys(global).length],
    ['non_mtls_remote_conn_count', 0],
    ['last_client_response_size', -1],
    ['packets_sent', zks.stats.packetsSent],
    ['packets_received', zks.stats.packetsReceived],
    ['max_proposal_size', ofLeader(proposals.max)],
    ['max_client_response_size', -1],
    ['synced_followers', ofLeader(synced.length)],
    ['connection_drop_probability', '0.0'],
    ['watch_count', watchCount(s)],
    ['synced_non_voting_followers', ofLeader(synced.filter((each) => !votes(each.sid)).length)],
    ['synced_observers', ofLeader(0)],
    ['auth_failed_count', 0],
    ['min_latency', Math.max(0, latency.min)],
    ['max_file_descriptor_count', -1],
    ['approximate_data_size', approximateDataSize(tree)],
    ['open_file_descriptor_count', -1],
    ['last_proposal_size', ofLeader(proposals.last)],
    ['pending_syncs', ofLeader(Object.keys(leader?.pendingSyncs ?? {}).length)],
    ['leader_uptime', ofLeader(uptime)],
    ['local_sessions', Object.keys(zks.localTracker ?? {}).length],
    ['uptime', uptime],
    ['max_latency', latency.max],
    ['outstanding_tls_handshake', 0],
    ['learners', ofLeader(learners.length)],
    ['min_client_response_size', -1],
    ['non_mtls_local_conn_count', 0],
    ['quorum_size', isMember ? s.state.quorumVerifier.voters.length : undefined],
  ];
}

const ROLE_STATES: Readonly<Record<ZksState['role'], string>> = {
  leader: 'leading',
  follower: 'following',
  standalone: 'standalone',
  readOnly: 'looking',
};

/** Counters that this server knows without having counted. */
function countersOf(s: Server): Readonly<Record<string, number>> {
  return { looking_count: s.state.election.logicalclock };
}

function summary(name: string, stats: NamespaceStats | undefined): Row[] {
  const { count = 0, total = 0, min = 0, max = 0 } = stats ?? {};
  return [
    [`avg_${name}`, averageText(total, count)],
    [`min_${name}`, min],
    [`max_${name}`, max],
    [`cnt_${name}`, count],
    [`sum_${name}`, total],
  ];
}

function percentiles(name: string): Row[] {
  const parts = ['p50', 'p95', 'p99', 'p999'];
  return [...summary(name, undefined), ...parts.map((part): Row => [`${part}_${name}`, 0])];
}

/** Summaries by the top of the path. */
function namespaces(table: NamespaceTable, name: string): Row[] {
  return namespacesOf(table).flatMap(([top, stats]) => summary(`${top}_${name}`, stats));
}

function learnerSids(s: Server): string[] {
  return Object.keys(s.state.leader?.handlers ?? {});
}

function learnerSummaries(s: Server): Row[] {
  return learnerSids(s).flatMap((sid) => summary(`${sid}_learner_handler_qp_size`, undefined));
}

function learnerPercentiles(s: Server): Row[] {
  return learnerSids(s).flatMap((sid) => percentiles(`${sid}_learner_handler_qp_time_ms`));
}
