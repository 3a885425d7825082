/**
 * /zookeeper/config: each member of an ensemble writes the membership there by
 * itself, with its own clock, at its start and after a synchronisation; it is no
 * txn. Source: ZKDatabase.initConfigInZKDatabase.
 */
import { setConfigNode } from '../../database/dataTree';
import { quorumVerifierText } from '../../../zk/quorumVerifier';
import { countAccess } from '../namespaces';
import { nowMs, type Server, WALL_CLOCK_START_MS } from '../machine';

export function writeConfigNode(s: Server): void {
  const text = quorumVerifierText(s.state.voters);
  countAccess(s.state.namespaces.writes, '/zookeeper/config', text.length);
  setConfigNode(s.state.db.tree, text, undefined, WALL_CLOCK_START_MS + nowMs(s));
}
