/** A znode: data, the full Stat as zkCli prints it, and where other servers have it otherwise. */
import { useTranslation } from 'react-i18next';
import type { Frame, ZnodeView } from '../../../../bridge/frame';
import { type ProcessName, serverName, sidOf } from '../../../../bridge/names';
import { NO_SESSION, type Sid } from '../../../../zk/ids';
import { sectionOf, serverOf, serversOf } from '../../../parts/sections';
import { SessionMark } from '../../../parts/SessionMark';
import type { Selection } from '../../../selection';
import styles from '../Inspector.module.css';
import { statLines } from '../statLines';
import { Facts } from './Facts';

interface ZnodeCardProps {
  frame: Frame;
  server: ProcessName;
  path: string;
  onSelect: (selection: Selection) => void;
}

export function ZnodeCard({ frame, server, path, onSelect }: ZnodeCardProps) {
  const { t } = useTranslation();
  const sid = sidOf(server);
  const node = nodeOn(frame, sid, path);
  return (
    <>
      <h3>
        <code>{path}</code>
        {node !== undefined && node.stat.ephemeralOwner !== NO_SESSION ? (
          <SessionMark sessionId={node.stat.ephemeralOwner} />
        ) : null}
      </h3>
      <p>{t('inspector.onServer', { sid })}</p>
      {node === undefined ? (
        <p className={styles.warn}>{t('inspector.noNode', { sid })}</p>
      ) : (
        <>
          <h4>data</h4>
          <p className={styles.data}>{node.data ?? 'null'}</p>
          <h4>stat</h4>
          <Facts facts={statLines(node.stat)} />
        </>
      )}
      <Elsewhere frame={frame} sid={sid} path={path} node={node} onSelect={onSelect} />
    </>
  );
}

function nodeOn(frame: Frame, sid: Sid, path: string): ZnodeView | undefined {
  const tree = sectionOf(serverOf(frame, sid), 'tree', 'tree');
  return tree?.nodes.find((one) => one.path === path);
}

/** The other servers that have a tree: the same, or what is different there. */
function Elsewhere({
  frame,
  sid,
  path,
  node,
  onSelect,
}: {
  frame: Frame;
  sid: Sid;
  path: string;
  node: ZnodeView | undefined;
  onSelect: (selection: Selection) => void;
}) {
  const { t } = useTranslation();
  const others = serversOf(frame).filter(
    (other) => other !== sid && sectionOf(serverOf(frame, other), 'tree', 'tree') !== undefined,
  );
  if (others.length === 0) return null;
  return (
    <>
      <h4>{t('inspector.elsewhere')}</h4>
      <ul className={styles.list}>
        {others.map((other) => {
          const there = nodeOn(frame, other, path);
          const differing = differingFields(node, there);
          return (
            <li key={other}>
              <button
                type="button"
                className={styles.link}
                onClick={() => onSelect({ type: 'znode', server: serverName(other), path })}
              >
                {t('stage.server', { sid: other })}
              </button>
              {': '}
              {there === undefined ? (
                <span className={node === undefined ? styles.quiet : styles.warn}>
                  {t('inspector.absent')}
                </span>
              ) : differing.length === 0 ? (
                t('inspector.same')
              ) : (
                <span className={styles.warn}>{differing.join(', ')}</span>
              )}
            </li>
          );
        })}
      </ul>
    </>
  );
}

function differingFields(here: ZnodeView | undefined, there: ZnodeView | undefined): string[] {
  if (here === undefined || there === undefined) {
    return there === undefined
      ? []
      : statLines(there.stat)
          .slice(0, 1)
          .map(([n, v]) => `${n} ${v}`);
  }
  const ours = new Map(statLines(here.stat));
  const fields = statLines(there.stat)
    .filter(([name, value]) => ours.get(name) !== value)
    .map(([name, value]) => `${name} ${value}`);
  return here.data === there.data ? fields : [`data ${there.data ?? 'null'}`, ...fields];
}
