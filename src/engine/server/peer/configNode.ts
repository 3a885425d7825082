/**
 * /zookeeper/config: each member of an ensemble writes the membership there by
 * itself, with its own clock, at its start and after a synchronisation; it is no
 * txn. Source: ZKDatabase.initConfigInZKDatabase, QuorumMaj.toString.
 */
import { setConfigNode } from '../../database/dataTree';
import type { Sid } from '../../../zk/ids';
import { nowMs, type Server, WALL_CLOCK_START_MS } from '../machine';

/** Membership as text; a static configuration has version 0. */
export function quorumVerifierText(voters: readonly Sid[]): string {
  const lines = voters.map((sid) => `server.${sid}=zk${sid}:2888:3888:participant`);
  return [...lines, 'version=0'].join('\n');
}

export function writeConfigNode(s: Server): void {
  const text = quorumVerifierText(s.state.voters);
  setConfigNode(s.state.db.tree, text, undefined, WALL_CLOCK_START_MS + nowMs(s));
}
