/** The znodes of a server, as far as they have room, and where they differ from the freshest server's. */
import { useTranslation } from 'react-i18next';
import type { TreeSection, ZnodeView } from '../../../../bridge/frame';
import type { ProcessName } from '../../../../bridge/names';
import { NO_SESSION, type Sid } from '../../../../zk/ids';
import { middleEllipsis } from '../../../parts/requestText';
import { SessionMark } from '../../../parts/SessionMark';
import { sessionName, useSessionLetters } from '../../../parts/sessions';
import type { Box } from '../geometry/shapes';
import { useStageActions } from '../stageContext';
import { depthOf, nameOf, type TreeRow, treeRows } from './treeRows';
import styles from './ZnodeTree.module.css';

const ROW = 17;
const CHARACTER = 7;

interface ZnodeTreeProps {
  server: ProcessName;
  sid: Sid;
  section: TreeSection;
  box: Box;
  /** Paths that look different on server `than`. */
  differing?: { paths: ReadonlySet<string>; missing: number; than: Sid };
}

export function ZnodeTree({ server, sid, section, box, differing }: ZnodeTreeProps) {
  const { t } = useTranslation();
  const rows = treeRows(section.nodes, Math.max(2, Math.floor((box.h - 15) / ROW)), section.total);
  return (
    <div className={styles.tree} style={{ left: box.x, top: box.y, width: box.w, height: box.h }}>
      <div className={styles.caption}>
        <span>{t('stage.znodes')}</span>
        {differing !== undefined && differing.missing > 0 ? (
          <em title={t('stage.differs', { sid: differing.than })}>
            {t('stage.znodes.behind', { count: differing.missing })}
          </em>
        ) : null}
      </div>
      <div role="tree" aria-label={t('stage.znodesOf', { sid })}>
        {rows.map((row) => (
          <Row
            key={row.path}
            server={server}
            row={row}
            width={box.w}
            differs={differing?.paths.has(row.path) ? differing.than : undefined}
          />
        ))}
      </div>
    </div>
  );
}

function Row({
  server,
  row,
  width,
  differs,
}: {
  server: ProcessName;
  row: TreeRow;
  width: number;
  differs?: Sid;
}) {
  const { t } = useTranslation();
  const { onSelect } = useStageActions();
  const letters = useSessionLetters();
  const depth = depthOf(row.path);
  const indent = { paddingLeft: depth * 11 };
  if (row.type === 'more') {
    return (
      <div className={`${styles.row} ${styles.dim}`} style={indent}>
        {t('stage.znodes.more', { count: row.count })}
      </div>
    );
  }
  const select = () => onSelect({ type: 'znode', server, path: row.path });
  const { version, ephemeralOwner } = row.node.stat;
  const words = [row.path];
  if (version > 0) words.push(`v${version}`);
  if (ephemeralOwner !== NO_SESSION) {
    words.push(t('stage.ephemeral', { session: sessionName(letters, ephemeralOwner) }));
  }
  if (differs !== undefined) words.push(t('stage.differs', { sid: differs }));
  const room = Math.floor((width - depth * 11 - 32) / CHARACTER);
  return (
    <div
      role="treeitem"
      aria-label={words.join(' ')}
      aria-level={depth + 1}
      aria-selected={false}
      tabIndex={0}
      className={`${styles.row} ${row.path.startsWith('/zookeeper') ? styles.dim : ''}`}
      style={indent}
      title={words.join(', ')}
      onClick={(event) => {
        event.stopPropagation();
        select();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter') select();
      }}
    >
      <span>{middleEllipsis(nameOf(row.path), Math.max(4, room))}</span>
      <Badges node={row.node} below={row.below} />
      {differs === undefined ? null : (
        <b className={styles.differs} title={t('stage.differs', { sid: differs })}>
          ≠
        </b>
      )}
    </div>
  );
}

function Badges({ node, below }: { node: ZnodeView; below: number }) {
  const { t } = useTranslation();
  const letters = useSessionLetters();
  const { version, ephemeralOwner } = node.stat;
  return (
    <>
      {version > 0 ? <em>v{version}</em> : null}
      {ephemeralOwner === NO_SESSION ? null : (
        <span
          className={styles.owner}
          title={t('stage.ephemeral', { session: sessionName(letters, ephemeralOwner) })}
        >
          <SessionMark sessionId={ephemeralOwner} small />
        </span>
      )}
      {below > 0 ? <em title={t('stage.znodes.below', { count: below })}>+{below}</em> : null}
    </>
  );
}
