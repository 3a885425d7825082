/** A request and its journey: every step with server, thread and time; equal numbers could run at once. */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Frame, OpView } from '../../../../bridge/frame';
import type { RequestRef, TraceEntry } from '../../../../bridge/traceEntry';
import { isServer, shortName } from '../../../../bridge/names';
import { sessionText, zxidText } from '../../../../zk/ids';
import { isWriteOp } from '../../../../zk/opCode';
import { OpGlyph } from '../../../parts/OpGlyph';
import { LetterMark, SessionMark } from '../../../parts/SessionMark';
import styles from '../Inspector.module.css';
import type { Selection } from '../../../selection';
import { shortTask } from '../../../../bridge/taskData';
import { taskOfPath } from '../../application/views/taskPaths';
import { type JourneyStep, journeyOf } from '../journey';
import { multiParts } from '../multiParts';
import { isSilent, stepText } from '../stepText';
import { Facts, secondsText } from './Facts';
import { joined } from '../../../i18n/joined';

interface RequestCardProps {
  trace: readonly TraceEntry[];
  request: RequestRef;
  /** What happens later than this is not part of it yet. */
  frame: Frame;
  onSelect: (selection: Selection) => void;
}

export function RequestCard({ trace, request, frame, onSelect }: RequestCardProps) {
  const { t } = useTranslation();
  const length = trace.length;
  // The trace grows in place: its length stands for its content.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  const journey = useMemo(() => journeyOf(trace, request), [trace, length, request]);
  const steps = journey.steps.filter(({ event }) => event === undefined || event <= frame.event);
  const parts = multiParts(trace, frame, request);
  const counts = new Map<number, number>();
  for (const { depth } of steps) counts.set(depth, (counts.get(depth) ?? 0) + 1);
  return (
    <>
      <h3>
        <SessionMark sessionId={request.sessionId} />
        <OpGlyph op={request.op} isWrite={isWriteOp(request.op)} />
        {request.op} {request.path ?? ''}
      </h3>
      <Facts
        facts={[
          ['session', sessionText(request.sessionId)],
          ['cxid', String(request.cxid)],
          ...(journey.zxid === undefined ? [] : [['zxid', zxidText(journey.zxid)] as const]),
        ]}
      />
      <Tasks paths={[request.path, ...parts.map(({ path }) => path)]} onSelect={onSelect} />
      {parts.length === 0 ? null : <Parts parts={parts} isWhole={request.op === 'multi'} />}
      <h4>{t('inspector.journey', { count: steps.length, took: secondsText(journey.took) })}</h4>
      {steps.length === 0 ? <p>{t('inspector.journey.none')}</p> : null}
      <ol className={styles.journey} aria-label={t('inspector.journey.name')}>
        {steps.map((step) => (
          <Step key={step.head.id} step={step} isParallel={(counts.get(step.depth) ?? 0) > 1} />
        ))}
      </ol>
    </>
  );
}

/** The tasks of the application that it is about: the way back to them. */
function Tasks({
  paths,
  onSelect,
}: {
  paths: readonly (string | undefined)[];
  onSelect: (selection: Selection) => void;
}) {
  const { t } = useTranslation();
  const tasks = paths.map(taskOfPath).filter((task) => task !== undefined && /\d$/.test(task));
  if (tasks.length === 0) return null;
  return (
    <p>
      {[...new Set(tasks)].map((task) => (
        <button
          key={task}
          type="button"
          className={styles.link}
          onClick={() => onSelect({ type: 'task', task: task ?? '' })}
        >
          {t('inspector.task.of', { task: shortTask(task ?? '') })}
        </button>
      ))}
    </p>
  );
}

/** In their order. `isWhole`: all of them happen, or none. */
function Parts({ parts, isWhole }: { parts: readonly OpView[]; isWhole: boolean }) {
  const { t } = useTranslation();
  const failed = isWhole
    ? parts.find(({ err }) => err !== undefined && err !== 'OK' && err !== UNDONE)
    : undefined;
  return (
    <>
      <h4>{t('inspector.parts')}</h4>
      <ol className={styles.parts} aria-label={t('inspector.parts')}>
        {parts.map(({ op, path, err }, i) => {
          // Those before the failing one report OK, and are undone all the same.
          const isUndone = failed !== undefined && err === 'OK';
          const word = err === undefined ? '' : isUndone ? t('inspector.parts.undone') : err;
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: equal parts are told apart by their place
            <li key={i}>
              <OpGlyph op={op} isWrite={isWriteOp(op)} />
              <code>
                {op} {path ?? ''}
              </code>
              <b className={err === 'OK' && !isUndone ? styles.good : styles.warn}>{word}</b>
            </li>
          );
        })}
      </ol>
      {failed === undefined ? null : (
        <p>{t('inspector.parts.failed', { err: failed.err ?? '' })}</p>
      )}
    </>
  );
}

/** What a part is told that stands behind the failing one. */
const UNDONE = 'RUNTIMEINCONSISTENCY';

function Step({ step, isParallel }: { step: JourneyStep; isParallel: boolean }) {
  const { t } = useTranslation();
  const { head, results, process, depth, at, event } = step;
  const entries = isSilent(head) && results.length > 0 ? results : [head, ...results];
  const say = (entry: TraceEntry) => {
    const { key, values } = stepText(entry);
    return t(key, values);
  };
  return (
    <li className={`${styles.step} ${isParallel ? styles.parallel : ''}`}>
      <span className={styles.depth}>{depth}</span>
      {isServer(process) ? (
        <span className={styles.where}>{process}</span>
      ) : (
        <LetterMark letter={shortName(process)} />
      )}
      <div className={styles.what}>
        {joined('clauses', entries.map(say))}
        <small>
          <span>{head.thread ?? ''}</span>
          <span title={event === undefined ? undefined : t('inspector.event', { event })}>
            {secondsText(at)}
          </span>
        </small>
      </div>
    </li>
  );
}
