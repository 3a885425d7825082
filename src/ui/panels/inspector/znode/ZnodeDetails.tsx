/** All that is known of one znode: data, ACL, the full Stat as zkCli prints it, watches, the other servers. */
import { useTranslation } from 'react-i18next';
import type { Frame } from '../../../../bridge/frame';
import { type ProcessName, sidOf } from '../../../../bridge/names';
import type { ZnodeView } from '../../../../bridge/znodeViews';
import { NO_SESSION } from '../../../../zk/ids';
import { sectionOf } from '../../../parts/sections';
import { SessionMark } from '../../../parts/SessionMark';
import { sessionName, useSessionLetters } from '../../../parts/sessions';
import { isSequential } from '../../../parts/znodes/treeOrder';
import { useZnode } from '../../../parts/znodes/useZnode';
import { KindBadge, ttlText } from '../../../parts/znodes/ZnodeBadges';
import { Facts } from '../cards/Facts';
import styles from '../Inspector.module.css';
import { statLines } from '../statLines';
import type { Selection } from '../../../selection';
import { AclTable } from './AclTable';
import { Elsewhere } from './Elsewhere';
import { WatchTable } from './WatchTable';

interface ZnodeDetailsProps {
  frame: Frame;
  server: ProcessName;
  path: string;
  /** What a click on another server shows. */
  there: (server: ProcessName) => Selection;
  onSelect: (selection: Selection) => void;
}

export function ZnodeDetails({ frame, server, path, there, onSelect }: ZnodeDetailsProps) {
  const { t } = useTranslation();
  const sid = sidOf(server);
  const section = sectionOf(frame.processes[server], 'tree', 'tree');
  const { node, isAsked } = useZnode(server, section, path);
  if (node === undefined) {
    return (
      <>
        {isAsked ? null : <p className={styles.warn}>{t('inspector.noNode', { sid })}</p>}
        <WatchTable frame={frame} path={path} />
        <Elsewhere
          frame={frame}
          sid={sid}
          path={path}
          node={node}
          there={there}
          onSelect={onSelect}
        />
      </>
    );
  }
  return (
    <>
      <Kind node={node} />
      <h4>data</h4>
      <p className={styles.data}>{node.data ?? 'null'}</p>
      <h4>acl</h4>
      <AclTable acl={node.acl} />
      <WatchTable frame={frame} path={path} />
      <h4>stat</h4>
      <Facts facts={statLines(node.stat)} />
      <Elsewhere
        frame={frame}
        sid={sid}
        path={path}
        node={node}
        there={there}
        onSelect={onSelect}
      />
    </>
  );
}

/** What removes it besides its clients, in a sentence. */
function Kind({ node }: { node: ZnodeView }) {
  const { t } = useTranslation();
  const letters = useSessionLetters();
  const { ephemeralOwner } = node.stat;
  if (ephemeralOwner !== NO_SESSION) {
    return (
      <p>
        <SessionMark sessionId={ephemeralOwner} />{' '}
        {t('inspector.kind.ephemeral', { session: sessionName(letters, ephemeralOwner) })}
      </p>
    );
  }
  if (node.kind === 'container' || node.kind === 'ttl') {
    return (
      <p>
        <KindBadge node={node} /> {t(`inspector.kind.${node.kind}`, { ttl: ttlText(node.ttl) })}
      </p>
    );
  }
  return isSequential(node.path) ? <p># {t('znode.sequential')}</p> : null;
}
