/** The words conf and envi: how this server is set up, and where it runs. Source: ConfCommand, EnviCommand, Environment.java. */
import { maxSessionTimeout, minSessionTimeout } from '../../../zk/config';
import { verifierText } from '../../../zk/quorumVerifier';
import type { Server } from '../machine';
import { isAlone } from '../reconfig/verifiers';
import { dataDirSize, logDirSize } from './sizes';

/** What a build of ZooKeeper prints of itself. */
export const ZOOKEEPER_VERSION = '3.8.0-zabscope, built on 2022-02-25 08:49 UTC';

const CLIENT_PORT = 2181;
const QUORUM_PORT = 2888;
const ELECTION_PORT = 3888;
const DATA_DIR = '/var/lib/zookeeper/version-2';

/** `key=value` lines; in an ensemble the membership behind them, without a line feed at its end. */
export function confText(s: Server): string {
  const { config } = s.state.spec;
  const standsAlone = isAlone(s.state);
  const lines = [
    `clientPort=${CLIENT_PORT}`,
    'secureClientPort=-1',
    `dataDir=${DATA_DIR}`,
    `dataDirSize=${dataDirSize(s.state)}`,
    `dataLogDir=${DATA_DIR}`,
    `dataLogSize=${logDirSize(s.state)}`,
    `tickTime=${config.tickTime}`,
    `maxClientCnxns=${config.maxClientCnxns}`,
    `minSessionTimeout=${minSessionTimeout(config)}`,
    `maxSessionTimeout=${maxSessionTimeout(config)}`,
    'clientPortListenBacklog=-1',
    `serverId=${standsAlone ? 0 : s.state.sid}`,
  ];
  if (standsAlone) return `${lines.join('\n')}\n`;
  lines.push(
    `initLimit=${config.initLimit}`,
    `syncLimit=${config.syncLimit}`,
    'electionAlg=3',
    `electionPort=${ELECTION_PORT}`,
    `quorumPort=${QUORUM_PORT}`,
    'peerType=0',
    'membership: ',
  );
  return `${lines.join('\n')}\n${verifierText(s.state.quorumVerifier)}`;
}

/** The machine of this server is a browser's tab: what it cannot know is said to be none. */
export function enviText(s: Server): string {
  const lines = [
    'Environment:',
    `zookeeper.version=${ZOOKEEPER_VERSION}`,
    `host.name=zk${s.state.sid}`,
    'java.version=<NA>',
    'java.vendor=<NA>',
    'java.home=<NA>',
    'java.class.path=<NA>',
    'java.library.path=<NA>',
    'java.io.tmpdir=/tmp',
    'java.compiler=<NA>',
    'os.name=Zabscope',
    'os.arch=<NA>',
    'os.version=<NA>',
    'user.name=zookeeper',
    'user.home=/var/lib/zookeeper',
    'user.dir=/',
    'os.memory.free=<NA>',
    'os.memory.max=<NA>',
    'os.memory.total=<NA>',
  ];
  return `${lines.join('\n')}\n`;
}
