/** The znodes of a server in its card: all of them, scrolled where they have no room. */
import { useTranslation } from 'react-i18next';
import type { ProcessView, TreeSection } from '../../../../bridge/frame';
import { NO_SESSION, type Sid } from '../../../../zk/ids';
import { middleEllipsis } from '../../../parts/requestText';
import { useSessionLetters } from '../../../parts/sessions';
import { depthOf, nameOf } from '../../../parts/znodes/treeOrder';
import { watchesOf } from '../../../parts/znodes/watches';
import { badgeWords, ZnodeBadges } from '../../../parts/znodes/ZnodeBadges';
import { ZnodeList } from '../../../parts/znodes/ZnodeList';
import type { Box } from '../geometry/shapes';
import { useStageActions } from '../stageContext';
import type { Differing } from './differences';
import { foldSystem } from './foldSystem';
import styles from './ZnodeTree.module.css';

const ROW = 17;
const CAPTION = 15;
const INDENT = 11;
const CHARACTER = 7;
/** Before the name of a root, and behind the last badge. */
const PADDING = 14;
/** What stands behind a name, its gap included. */
const BADGE = { holder: 30, owner: 20, small: 18, differs: 12 };
/** A caption with the number of what is missing leaves no room for more in a narrower tree. */
const CAPTION_WIDTH = 130;

interface ZnodeTreeProps {
  process: ProcessView;
  sid: Sid;
  section: TreeSection;
  box: Box;
  /** Paths that look different on server `than`. */
  differing?: Differing;
}

export function ZnodeTree({ process, sid, section, box, differing }: ZnodeTreeProps) {
  const { t } = useTranslation();
  const letters = useSessionLetters();
  const { onSelect } = useStageActions();
  const server = process.name;
  const watches = watchesOf(process);
  const places = Math.max(2, Math.floor((box.h - CAPTION) / ROW));
  const { shown, below } = foldSystem(section, places);
  const missing = differing?.missing ?? 0;
  return (
    <div className={styles.tree} style={{ left: box.x, top: box.y, width: box.w, height: box.h }}>
      <div className={styles.caption}>
        <button
          type="button"
          aria-label={t('stage.browse', { sid })}
          title={t('stage.browse', { sid })}
          onClick={(event) => {
            event.stopPropagation();
            onSelect({ type: 'tree', server });
          }}
        >
          {missing > 0 && box.w < CAPTION_WIDTH
            ? null
            : section.total > places
              ? t('znodes.count', { count: section.total })
              : t('stage.znodes')}
          <svg aria-hidden viewBox="0 0 10 10">
            <path d="M4.2.9a3.3 3.3 0 1 0 0 6.6 3.3 3.3 0 0 0 0-6.6zM6.6 6.6l2.7 2.7" />
          </svg>
        </button>
        {differing !== undefined && missing > 0 ? (
          <em title={t('stage.differs', { sid: differing.than })}>
            {t('stage.znodes.behind', { count: missing })}
          </em>
        ) : null}
      </div>
      <ZnodeList
        label={t('stage.znodesOf', { sid })}
        server={server}
        section={shown}
        height={places * ROW}
        rowHeight={ROW}
        indent={INDENT}
        onPick={(path) => onSelect({ type: 'znode', server, path })}
        render={(node) => {
          const { path } = node;
          const holders = watches.get(path) ?? [];
          const words = [path, ...badgeWords(t, letters, node, holders)];
          const than = differing?.paths.has(path) ? differing.than : undefined;
          if (than !== undefined) words.push(t('stage.differs', { sid: than }));
          const isFolded = below > 0 && path === '/zookeeper';
          const badges =
            holders.length * BADGE.holder +
            (node.stat.version > 0 ? BADGE.small : 0) +
            (node.stat.ephemeralOwner === NO_SESSION ? 0 : BADGE.owner) +
            (isFolded ? BADGE.small : 0) +
            (than === undefined ? 0 : BADGE.differs);
          const room = Math.floor((box.w - PADDING - depthOf(path) * INDENT - badges) / CHARACTER);
          return {
            name: words.join(' '),
            content: (
              <>
                <span>{middleEllipsis(nameOf(path), Math.max(4, room))}</span>
                <ZnodeBadges node={node} holders={holders} />
                {isFolded ? (
                  <em className={styles.below} title={t('stage.znodes.below', { count: below })}>
                    +{below}
                  </em>
                ) : null}
                {than === undefined ? null : (
                  <b className={styles.differs} title={t('stage.differs', { sid: than })}>
                    ≠
                  </b>
                )}
              </>
            ),
          };
        }}
      />
    </div>
  );
}
