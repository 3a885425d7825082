/** All znodes of a server: to be scrolled through, sifted by a part of their path, and picked. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Frame } from '../../../../bridge/frame';
import { type ProcessName, sidOf } from '../../../../bridge/names';
import { middleEllipsis } from '../../../parts/requestText';
import { sectionOf } from '../../../parts/sections';
import { useSessionLetters } from '../../../parts/sessions';
import { depthOf, nameOf } from '../../../parts/znodes/treeOrder';
import { watchesOf } from '../../../parts/znodes/watches';
import { badgeWords, ZnodeBadges } from '../../../parts/znodes/ZnodeBadges';
import { ZnodeList } from '../../../parts/znodes/ZnodeList';
import type { Selection } from '../../../selection';
import { ZnodeDetails } from '../znode/ZnodeDetails';
import own from '../znode/znode.module.css';

const ROW = 19;
const ROWS = 12;
/** Rows while a znode is picked and shown below. */
const ROWS_ABOVE = 8;
const INDENT = 12;
/** Characters that have room beside the badges. */
const CHARACTERS = 40;

interface TreeCardProps {
  frame: Frame;
  server: ProcessName;
  path?: string;
  onSelect: (selection: Selection) => void;
}

export function TreeCard({ frame, server, path, onSelect }: TreeCardProps) {
  const { t } = useTranslation();
  const letters = useSessionLetters();
  const [filter, setFilter] = useState('');
  const sid = sidOf(server);
  const process = frame.processes[server];
  const section = sectionOf(process, 'tree', 'tree');
  if (section === undefined) return <p>{t('inspector.gone')}</p>;
  const watches = watchesOf(process);
  return (
    <>
      <h3>{t('inspector.tree', { sid })}</h3>
      <div className={own.search}>
        <input
          type="search"
          aria-label={t('inspector.tree.filter')}
          placeholder={t('inspector.tree.placeholder')}
          value={filter}
          maxLength={1000}
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => setFilter(event.target.value)}
        />
        <span>{t('znodes.count', { count: section.total })}</span>
      </div>
      <ZnodeList
        // A new server or filter begins at its own top.
        key={`${server} ${filter}`}
        label={t('inspector.tree.list', { sid })}
        server={server}
        section={section}
        filter={filter}
        height={(path === undefined ? ROWS : ROWS_ABOVE) * ROW}
        rowHeight={ROW}
        indent={filter === '' ? INDENT : 0}
        startAt={filter === '' ? path : undefined}
        picked={path}
        onPick={(to) => onSelect({ type: 'tree', server, path: to })}
        render={(node) => {
          const holders = watches.get(node.path) ?? [];
          const room = CHARACTERS - 2 * depthOf(node.path) - 5 * holders.length;
          return {
            name: [node.path, ...badgeWords(t, letters, node, holders)].join(' '),
            content: (
              <>
                {filter === '' ? (
                  <span>{middleEllipsis(nameOf(node.path), Math.max(8, room))}</span>
                ) : (
                  <Found text={middleEllipsis(node.path, CHARACTERS)} part={filter} />
                )}
                <ZnodeBadges node={node} holders={holders} holdersMax={3} sequential />
              </>
            ),
          };
        }}
      />
      {path === undefined ? null : (
        <>
          <h3 className={own.picked}>
            <code>{path}</code>
          </h3>
          <ZnodeDetails
            key={`${server} ${path}`}
            frame={frame}
            server={server}
            path={path}
            there={(other) => ({ type: 'tree', server: other, path })}
            onSelect={onSelect}
          />
        </>
      )}
    </>
  );
}

/** A path with what was looked for marked in it. */
function Found({ text, part }: { text: string; part: string }) {
  const at = text.indexOf(part);
  if (at < 0) return <span>{text}</span>;
  return (
    <span>
      {text.slice(0, at)}
      <mark>{part}</mark>
      {text.slice(at + part.length)}
    </span>
  );
}
