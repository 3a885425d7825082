/** A server far out: its log, its vote while it looks for a leader, else what is under way in it. */
import { useTranslation } from 'react-i18next';
import type {
  LogSection,
  ProcessorSection,
  ProcessView,
  RoleSection,
} from '../../../../bridge/frame';
import type { Sid } from '../../../../zk/ids';
import { RequestQueue } from '../../../parts/RequestQueue';
import { requestKey } from '../../../parts/requestText';
import { processorsOf, sectionOf } from '../../../parts/sections';
import type { CardPlace } from '../geometry/stageLayout';
import { useStageActions } from '../stageContext';
import styles from './CompactBody.module.css';
import { LogStrip } from '../data/LogStrip';
import { VoteLine, VotePips } from '../data/Votes';

interface CompactBodyProps {
  process: ProcessView;
  sid: Sid;
  log?: LogSection;
  role?: RoleSection;
  place: CardPlace;
}

export function CompactBody({ process, log, role, place }: CompactBodyProps) {
  const { t } = useTranslation();
  const election = sectionOf(process, 'election', 'election');
  const isLooking = role?.serverState === 'LOOKING' && process.status !== 'down';
  const isTiny = place.w < 190;
  const cells = Math.max(2, Math.min(12, Math.floor((place.w - (isTiny ? 66 : 104)) / 22)));
  return (
    <div className={styles.body}>
      {log === undefined ? null : <LogStrip section={log} cells={cells} bare={isTiny} />}
      {process.status === 'down' && role !== undefined ? (
        <div className={styles.disk}>{t('stage.state.dead', { epoch: role.currentEpoch })}</div>
      ) : null}
      {isLooking && election !== undefined ? (
        <>
          <VoteLine vote={election.vote} />
          <VotePips election={election} voters={role.voters} />
        </>
      ) : null}
      {isLooking || process.status === 'down' ? null : (
        <UnderWay
          process={process}
          room={place.w - 30}
          places={Math.floor((place.h - 62) / 25)}
          isTiny={isTiny}
        />
      )}
    </div>
  );
}

/** How many wait for a processor beside what it works on. */
function Waiting({ section }: { section: ProcessorSection }) {
  const { t } = useTranslation();
  const own = section.working === null ? undefined : requestKey(section.working);
  const items = section.queues.flatMap((queue) => queue.items);
  const count = items.filter((item) => requestKey(item) !== own).length;
  if (count === 0) return null;
  return <em title={t('stage.waitingBehind', { count })}>+{count}</em>;
}

/** What a thread has in hand; of a frozen one that has nothing, what waits for it. */
function itemsOf({ name, working, queues }: ProcessorSection) {
  if (working !== null) return { items: [working], at: `${name}/working` };
  const queue = queues.find(({ items }) => items.length > 0);
  return { items: queue?.items ?? [], at: `${name}/${queue?.name ?? 'working'}` };
}

/** pendingTxns of a follower, what its threads work on, and which are frozen. */
function UnderWay({
  process,
  room,
  places,
  isTiny,
}: {
  process: ProcessView;
  room: number;
  /** How many lines fit. */
  places: number;
  /** Chips only: what they are in is said by the list. */
  isTiny: boolean;
}) {
  const { t } = useTranslation();
  const { onRequest } = useStageActions();
  const tree = sectionOf(process, 'tree', 'tree');
  const memo = sectionOf(process, 'pendingTxns', 'pendingTxns');
  const waiting = sectionOf(process, 'CommitProcessor', 'processor')?.pendingRequests ?? [];
  const working = processorsOf(process)
    .map((name) => sectionOf(process, name, 'processor'))
    .filter((section) => section !== undefined && (section.working !== null || section.frozen));
  return (
    <>
      {memo === undefined ? null : (
        <div className={styles.line}>
          {isTiny ? null : <span>pendingTxns</span>}
          <RequestQueue
            name="pendingTxns"
            items={memo.items}
            place={`${process.name}/memo`}
            room={isTiny ? room : room - 84}
            head
            onSelect={onRequest}
          />
        </div>
      )}
      {places > 1 && (waiting.length > 0 || !isTiny) ? (
        <div className={styles.line}>
          {isTiny ? null : <span>pendingRequests</span>}
          <RequestQueue
            name="pendingRequests"
            items={waiting.flatMap(({ items }) => items)}
            place={`${process.name}/CommitProcessor/pendingRequests`}
            room={isTiny ? room : room - 110}
            waits={(request) => request.isWrite}
            onSelect={onRequest}
          />
        </div>
      ) : null}
      {working.slice(0, Math.max(0, places - 2)).map((section) =>
        section === undefined ? null : (
          <div key={section.name} className={styles.line}>
            <span className={section.frozen ? styles.frozen : ''}>
              {section.name.replace('RequestProcessor', '')}
            </span>
            <RequestQueue
              name={section.name}
              items={itemsOf(section).items}
              place={`${process.name}/${itemsOf(section).at}`}
              room={isTiny ? room - 34 : room - 140}
              onSelect={onRequest}
            />
            {section.working === null ? null : <Waiting section={section} />}
          </div>
        ),
      )}
      {tree !== undefined && !isTiny && places > 2 + working.length ? (
        <div className={styles.line}>
          <span>{t('stage.compact.znodes', { count: tree.total })}</span>
        </div>
      ) : null}
    </>
  );
}
