/** The interchange: CommitProcessor as a box with its four queues as rows, and its workers beside it. */
import { useTranslation } from 'react-i18next';
import type { ProcessorSection, RequestView } from '../../../../bridge/frame';
import type { ProcessName } from '../../../../bridge/names';
import { Group } from '../../../parts/Group';
import { RequestChip } from '../../../parts/RequestChip';
import { RequestQueue } from '../../../parts/RequestQueue';
import { requestKey } from '../../../parts/requestText';
import { SessionMark } from '../../../parts/SessionMark';
import { fitQueue } from '../../../parts/fitQueue';
import { sessionName, useSessionLetters } from '../../../parts/sessions';
import type { Box } from '../geometry/shapes';
import { useStageActions } from '../stageContext';
import styles from './CommitProcessor.module.css';
import { Ring, ThreadControls } from './Processor';

/** In the order of the flow, as the box shows them. */
const ROWS = ['queuedRequests', 'queuedWriteRequests', 'pendingRequests', 'committedRequests'];
/** Width of the names of the rows, and the box's padding. */
const NAMES = 124;
const PADDING = 16;

interface CommitProcessorProps {
  server: ProcessName;
  section: ProcessorSection;
  /** What FinalRequestProcessor has in hand: it is called by a worker, and drawn where it is called. */
  inFinal?: RequestView | null;
  box: Box;
}

export function CommitProcessor({ server, section, inFinal, box }: CommitProcessorProps) {
  const { onRequest } = useStageActions();
  const place = `${server}/CommitProcessor`;
  const room = box.w - NAMES - PADDING - 8;
  return (
    <Group
      aria-label={section.name}
      className={styles.box}
      style={{ left: box.x, top: box.y, width: box.w, height: box.h }}
    >
      <div className={styles.title}>
        <span className={styles.ring}>
          <Ring server={server} section={section} />
        </span>
        <h3>{section.name}</h3>
        {section.working === null ? null : (
          <RequestChip
            request={section.working}
            place={`${place}/working`}
            max={6}
            onSelect={onRequest}
          />
        )}
        {section.working !== null && section.doing !== undefined ? (
          <span className={styles.doing}>{section.doing}</span>
        ) : null}
        <ThreadControls server={server} section={section} />
      </div>
      {ROWS.map((name) => (
        <div key={name} className={styles.row}>
          <span className={styles.name}>{name}</span>
          <div className={styles.items}>
            {name === 'pendingRequests' ? (
              <Pending place={place} rows={section.pendingRequests ?? []} room={room} />
            ) : (
              <RequestQueue
                name={name}
                items={section.queues.find((queue) => queue.name === name)?.items ?? []}
                place={`${place}/${name}`}
                room={room}
                onSelect={onRequest}
              />
            )}
          </div>
        </div>
      ))}
      <Workers place={place} workers={section.workers ?? []} inFinal={inFinal ?? null} />
    </Group>
  );
}

/** A list per session, side by side: the write in front waits for its commit, what follows waits for the write. */
function Pending({
  place,
  rows,
  room,
}: {
  place: string;
  rows: NonNullable<ProcessorSection['pendingRequests']>;
  room: number;
}) {
  const letters = useSessionLetters();
  const { onRequest } = useStageActions();
  const rooms = shareRoom(rows, room);
  return (
    <>
      {rows.map(({ sessionId, items }, i) => {
        const own = rooms[i];
        return (
          <div key={sessionId} className={own === undefined ? styles.folded : styles.lane}>
            <SessionMark sessionId={sessionId} />
            <RequestQueue
              name={`pendingRequests of ${sessionName(letters, sessionId)}`}
              items={items}
              place={`${place}/pendingRequests`}
              room={own ?? 0}
              bare
              waits={(request) => request.isWrite || request.op === 'sync'}
              onSelect={onRequest}
            />
          </div>
        );
      })}
      {rows.length > rooms.length ? (
        <span className={styles.more}>+{rows.length - rooms.length}</span>
      ) : null}
    </>
  );
}

/** Room for each session that gets one, the first ones first: at least its mark and a chip. */
export function shareRoom(
  rows: readonly { items: readonly RequestView[] }[],
  room: number,
): number[] {
  const mark = 20;
  const least = 47;
  const count = Math.max(1, Math.min(rows.length, Math.floor(room / (mark + least))));
  const more = rows.length > count ? 22 : 0;
  let left = room - more - count * mark;
  const rooms: number[] = [];
  for (let i = 0; i < Math.min(count, rows.length); i += 1) {
    const share = left / (count - i);
    const fit = fitQueue(rows[i]?.items ?? [], share, true);
    const need = fit.shown === rows[i]?.items.length ? Math.min(share, fit.shown * 60) : share;
    rooms.push(Math.max(share * 0.6, need));
    left -= rooms[i] as number;
  }
  return rooms;
}

function isSame(a: RequestView | null, b: RequestView | null): boolean {
  return a !== null && b !== null && requestKey(a) === requestKey(b);
}

/** Reads on their way through the workers; drawn only while there are any. */
function Workers({
  place,
  workers,
  inFinal,
}: {
  place: string;
  workers: NonNullable<ProcessorSection['workers']>;
  inFinal: RequestView | null;
}) {
  const { t } = useTranslation();
  const { onRequest } = useStageActions();
  const busy = workers
    .map(({ working, items }, i) => ({
      working: isSame(working, inFinal) ? null : working,
      items,
      i,
    }))
    .filter(({ working, items }) => working !== null || items.length > 0);
  if (busy.length === 0) return null;
  return (
    <div className={styles.workers}>
      {busy.slice(0, 2).map(({ working, items, i }) => (
        <div key={i} className={styles.worker} title={`CommitProcWorkThread-${i}`}>
          {working === null ? null : (
            <span title={t('stage.working')} className={styles.busy}>
              <RequestChip
                request={working}
                place={`${place}/worker`}
                max={6}
                onSelect={onRequest}
              />
            </span>
          )}
          <RequestQueue
            name={`CommitProcWorkThread-${i}`}
            items={items}
            place={`${place}/worker`}
            room={30}
            onSelect={onRequest}
          />
        </div>
      ))}
    </div>
  );
}
