/**
 * /zookeeper/config: each member of an ensemble writes the membership there by
 * itself, with its own clock, at its start and after a synchronisation; it is no
 * txn. Source: ZKDatabase.initConfigInZKDatabase.
 */
import { setConfigNode } from '../../database/dataTree';
import { textToBytes } from '../../../base/bytes';
import { verifierText } from '../../../zk/quorumVerifier';
import { countAccess } from '../namespaces';
import { nowMs, type Server, WALL_CLOCK_START_MS } from '../machine';

export const CONFIG_NODE = '/zookeeper/config';

export function writeConfigNode(s: Server): void {
  const { quorumVerifier } = s.state;
  const text = textToBytes(verifierText(quorumVerifier));
  countAccess(s.state.namespaces.writes, CONFIG_NODE, text.length);
  setConfigNode(s.state.db.tree, text, quorumVerifier.version, WALL_CLOCK_START_MS + nowMs(s));
}
