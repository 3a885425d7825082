/** What ZooKeeper holds of the application: a column per root, read from one server, which is named. */
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { serverName, type ProcessName } from '../../../../bridge/names';
import type { Frame } from '../../../../bridge/frame';
import { readWorker } from '../../../../bridge/taskData';
import { Group } from '../../../parts/Group';
import { zxidShort } from '../../../parts/requestText';
import { LetterMark } from '../../../parts/SessionMark';
import type { Box } from '../../stage/geometry/shapes';
import { useStageActions } from '../../stage/stageContext';
import { TaskTicket } from '../cards/TaskTicket';
import { boardOf, type Board as BoardView, fitInboxes, fitRows, type Ticket } from '../views/board';
import { ownerOf, type Truth } from '../views/truth';
import styles from './Board.module.css';

/** Height of a ticket with its gap, of a label, and of what stands above the rows. */
const TICKET = 26;
const HEAD = 70;

interface BoardProps {
  frame: Frame;
  truth: Truth;
  box: Box;
  /** There are several: its name says whose it is. */
  isNamed?: boolean;
}

export function Board({ frame, truth, box, isNamed = false }: BoardProps) {
  const { t } = useTranslation();
  const { onSelect } = useStageActions();
  const board = boardOf(truth);
  const rows = Math.max(2, Math.floor((box.h - HEAD) / TICKET));
  const { sid } = truth;
  const server = sid === undefined ? undefined : serverName(sid);
  const source =
    sid === undefined
      ? t('application.board.nobody')
      : t(truth.isLeader ? 'application.board.leader' : 'application.board.server', { sid });
  return (
    <Group
      aria-label={isNamed ? `${t('application.board')}, ${source}` : t('application.board')}
      data-card="board"
      className={`${styles.board} ${truth.isLeader ? '' : styles.doubtful}`}
      style={{ left: box.x, top: box.y, width: box.w, height: box.h }}
    >
      <h3 className={styles.title}>
        {t('application.board')}
        {server === undefined ? (
          <span className={styles.bad}>{source}</span>
        ) : (
          <button
            type="button"
            className={`${styles.source} ${truth.isLeader ? '' : styles.bad}`}
            onClick={() => onSelect({ type: 'tree', server })}
          >
            {source}
          </button>
        )}
        {board.unseen > 0 ? (
          <span className={styles.bad}>
            {t('application.board.unseen', { count: board.unseen })}
          </span>
        ) : null}
      </h3>
      <div className={styles.columns}>
        <Column root="/master" server={server} board={board}>
          <Master frame={frame} board={board} server={server} />
        </Column>
        <Column root="/workers" server={server} board={board}>
          <Workers frame={frame} board={board} server={server} rows={rows} />
        </Column>
        <Column root="/tasks" server={server} board={board}>
          <Tickets tickets={board.tasks} rows={rows} />
        </Column>
        <Column root="/assign" server={server} board={board}>
          <Assign board={board} rows={rows} />
        </Column>
        <Column root="/status" server={server} board={board}>
          <Tickets tickets={board.status} rows={rows} isNewest />
        </Column>
      </div>
    </Group>
  );
}

function Column(props: {
  root: string;
  server: ProcessName | undefined;
  board: BoardView;
  children: ReactNode;
}) {
  const { root, server, board, children } = props;
  const { t } = useTranslation();
  const { onSelect } = useStageActions();
  const isThere = board.roots.includes(root);
  return (
    <Group aria-label={root} className={styles.column}>
      {isThere && server !== undefined ? (
        <button
          type="button"
          className={styles.root}
          title={t('application.board.inspect', { path: root })}
          onClick={() => onSelect({ type: 'znode', server, path: root })}
        >
          {root}
        </button>
      ) : (
        <span className={`${styles.root} ${styles.absent}`}>{root}</span>
      )}
      {isThere || root === '/master' ? children : null}
      {isThere ? null : <small className={styles.sub}>{t('application.board.absent')}</small>}
    </Group>
  );
}

/** The lock: whose it is, and since which transaction. */
function Master({
  frame,
  board,
  server,
}: {
  frame: Frame;
  board: BoardView;
  server: ProcessName | undefined;
}) {
  const { t } = useTranslation();
  const { onSelect } = useStageActions();
  const { master, epoch } = board;
  return (
    <>
      {master === undefined || server === undefined ? null : (
        <>
          <Member
            id={ownerOf(frame, master.stat.ephemeralOwner) ?? master.data ?? ''}
            title={t('application.board.inspect', { path: '/master' })}
            onClick={() => onSelect({ type: 'znode', server, path: '/master' })}
          />
          <small className={styles.sub}>ephemeral</small>
          <small className={styles.sub}>czxid {zxidShort(master.stat.czxid)}</small>
        </>
      )}
      {epoch === undefined || server === undefined ? null : (
        <button
          type="button"
          className={styles.epoch}
          title={t('application.board.inspect', { path: '/epoch' })}
          onClick={() => onSelect({ type: 'znode', server, path: '/epoch' })}
        >
          /epoch v{epoch.stat.version}
        </button>
      )}
    </>
  );
}

function Workers({
  frame,
  board,
  server,
  rows,
}: {
  frame: Frame;
  board: BoardView;
  server: ProcessName | undefined;
  rows: number;
}) {
  const { t } = useTranslation();
  const { onSelect } = useStageActions();
  const { shown, hidden } = fitRows(board.workers, rows);
  return (
    <ul className={styles.list} aria-label="/workers">
      {shown.map(({ worker, path, node }) => (
        <li key={path}>
          <Member
            id={worker}
            note={readWorker(node.data ?? '')?.can}
            title={`${t('application.board.inspect', { path })} · ${node.data ?? ''} · ${
              ownerOf(frame, node.stat.ephemeralOwner) ?? node.stat.ephemeralOwner
            }`}
            onClick={() => server !== undefined && onSelect({ type: 'znode', server, path })}
          />
        </li>
      ))}
      <More count={hidden} />
    </ul>
  );
}

function Member(props: { id: string; note?: string; title: string; onClick: () => void }) {
  const { id, note, title, onClick } = props;
  return (
    <button type="button" className={styles.member} title={title} onClick={onClick}>
      {/^[mwc]-\d+$/.test(id) ? <LetterMark letter={id} /> : null}
      <span>{id}</span>
      {note === undefined ? null : <em>{note}</em>}
    </button>
  );
}

function Tickets(props: { tickets: readonly Ticket[]; rows: number; isNewest?: boolean }) {
  const { shown, hidden } = fitRows(props.tickets, props.rows, props.isNewest);
  return (
    <ul className={styles.list}>
      {props.isNewest ? <More count={hidden} /> : null}
      {shown.map((ticket) => (
        <li key={ticket.path}>
          <TaskTicket {...ticket} bare />
        </li>
      ))}
      {props.isNewest ? null : <More count={hidden} />}
    </ul>
  );
}

function Assign({ board, rows }: { board: BoardView; rows: number }) {
  const { t } = useTranslation();
  const { shown, hidden } = fitInboxes(board.assign, rows);
  return (
    <>
      {shown.map(({ inbox, shown: tickets, hidden: rest }) => (
        <div key={inbox.path} className={styles.inbox}>
          <small
            className={`${styles.sub} ${inbox.isDead && inbox.tickets.length > 0 ? styles.bad : ''}`}
          >
            {inbox.worker}
            {inbox.isDead ? ` · ${t('application.board.deadInbox')}` : ''}
            {rest > 0 ? ` · ${t('application.board.more', { count: rest })}` : ''}
          </small>
          <ul className={styles.list} aria-label={`/assign ${inbox.worker}`}>
            {tickets.map((ticket) => (
              <li key={ticket.path}>
                <TaskTicket {...ticket} bare />
              </li>
            ))}
          </ul>
        </div>
      ))}
      {hidden > 0 ? (
        <small className={styles.sub}>{t('application.board.more', { count: hidden })}</small>
      ) : null}
    </>
  );
}

function More({ count }: { count: number }) {
  const { t } = useTranslation();
  if (count === 0) return null;
  return <li className={styles.sub}>{t('application.board.more', { count })}</li>;
}
