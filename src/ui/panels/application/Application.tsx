/**
 * The master-worker application above the ensemble that makes it possible, a function of one frame: who believes
 * what, what ZooKeeper holds, who works on what, and what an outside storage made of it all.
 */
import { useCallback, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Command } from '../../../bridge/command';
import type { Frame } from '../../../bridge/frame';
import type { ProcessName } from '../../../bridge/names';
import type { TraceEntry } from '../../../bridge/traceEntry';
import type { Sid } from '../../../zk/ids';
import { HoverLight } from '../../parts/HoverLight';
import { appsOf, serversOf } from '../../parts/sections';
import { SessionLettersContext, sessionLetters } from '../../parts/sessions';
import { useShared } from '../../parts/useShared';
import { useSize } from '../../parts/useSize';
import type { Selection } from '../../selection';
import type { RunTrace } from '../../store/runTrace';
import { pathOf } from '../stage/geometry/shapes';
import { scaleFor } from '../stage/geometry/stageLayout';
import { Links } from '../stage/links/Links';
import linkStyles from '../stage/links/Links.module.css';
import { useFlights } from '../stage/motion/useFlights';
import { StageActionsContext, useActions } from '../stage/stageContext';
import { AddButtons } from './AddButtons';
import styles from './Application.module.css';
import { AppLinksContext, appLinks } from './appContext';
import { Board } from './board/Board';
import { EnsembleCards } from './board/EnsembleCards';
import { MasterCard } from './cards/MasterCard';
import { StorageCard } from './cards/StorageCard';
import { TaskClientCard } from './cards/TaskClientCard';
import { WorkerCard } from './cards/WorkerCard';
import { layoutApp } from './geometry/appLayout';
import { appLines } from './geometry/appLines';
import { AppCapsules } from './messages/AppCapsules';
import { appPlan } from './messages/appPlan';
import { oldWrites } from './messages/oldWrites';
import { TaskLight } from './TaskLight';
import { appGroups, groupOf } from './views/groups';
import { emptyHistory, readHistory } from './views/history';
import { type Truth, truthOf } from './views/truth';

export interface ApplicationProps {
  frame: Frame;
  /** Entries of the last step; empty after a jump, which moves nothing. */
  trace: readonly TraceEntry[];
  /** All entries that are kept. */
  run: RunTrace;
  selection: Selection | undefined;
  onSelect: (selection: Selection | undefined) => void;
  onCommand: (command: Command) => void;
  /** To the view of the ensemble, with that server in focus. */
  onEnsemble: (sid: Sid) => void;
  stepMs: number;
  /** Nothing has happened yet: the visitor is told what to do. */
  isInviting: boolean;
}

const CARDS = { master: MasterCard, worker: WorkerCard, taskclient: TaskClientCard } as const;

export function Application(props: ApplicationProps) {
  const { frame, trace, run, selection, onSelect, onCommand, onEnsemble, stepMs, isInviting } =
    props;
  const { t } = useTranslation();
  const region = useRef<HTMLElement>(null);
  const drawing = useRef<HTMLDivElement>(null);
  const { width, height } = useSize(region);
  const scale = scaleFor(width, height);
  const actions = useActions(onSelect, onCommand);
  const letters = useShared(sessionLetters(frame));
  const groups = useShared(appGroups(frame));
  const truths = useMemo(
    () => groups.map(({ servers }) => truthOf(frame, servers)),
    [frame, groups],
  );
  const truthFor = useCallback(
    (name: ProcessName) => truths[groupOf(groups, name)] as Truth,
    [truths, groups],
  );
  const past = useRef(emptyHistory());
  past.current = readHistory(past.current, run);
  const history = past.current;
  const links = useShared(appLinks(frame, groups));
  const names = useShared({
    masters: appsOf(frame, 'master').map(({ name }) => name),
    workers: appsOf(frame, 'worker').map(({ name }) => name),
    clients: appsOf(frame, 'taskclient').map(({ name }) => name),
    storages: appsOf(frame, 'storage').map(({ name }) => name),
    servers: serversOf(frame),
  });
  const layout = useMemo(
    () =>
      width === 0
        ? undefined
        : layoutApp({ ...names, groups, width: width / scale, height: height / scale }),
    [names, groups, width, height, scale],
  );
  const lines = useShared(layout === undefined ? undefined : appLines(frame, layout, truthFor));
  const linked = useMemo(() => lines?.filter(({ b }) => b !== ''), [lines]);
  const plan = useMemo(
    () => (layout === undefined || lines === undefined ? undefined : appPlan(layout, lines)),
    [layout, lines],
  );
  const flights = useFlights(frame, trace, plan, stepMs);
  const old = useShared(oldWrites(frame));
  const oldIds = useMemo(() => new Set(old), [old]);
  const picked = selection?.type === 'client' ? selection.name : undefined;

  return (
    <section
      ref={region}
      aria-label={t('application.name')}
      className={styles.region}
      onPointerDown={(event) => {
        if (event.target === event.currentTarget || event.target === drawing.current)
          onSelect(undefined);
      }}
    >
      {layout === undefined || lines === undefined || linked === undefined ? null : (
        <StageActionsContext value={actions}>
          <SessionLettersContext value={letters}>
            <AppLinksContext value={links}>
              <HoverLight />
              <TaskLight picked={selection?.type === 'task' ? selection.task : undefined} />
              <div
                ref={drawing}
                className={styles.drawing}
                style={{
                  width: layout.width,
                  height: layout.height,
                  zoom: scale,
                  ['--step-ms' as string]: `${stepMs}ms`,
                }}
              >
                <svg aria-hidden className={linkStyles.lines}>
                  <path d={pathOf(layout.trunk)} className={linkStyles.laneEdge} />
                  <path d={pathOf(layout.trunk)} className={linkStyles.laneFill} />
                  {Object.entries(layout.between).map(([ends, { line }]) => (
                    <path key={ends} d={pathOf(line)} className={linkStyles.dotted} />
                  ))}
                  {lines
                    .filter(({ b, isLost }) => b === '' || isLost)
                    .map(({ a, line, isLost }) => (
                      <path
                        key={a}
                        d={pathOf(line)}
                        className={isLost ? styles.lost : linkStyles.thinRim}
                      />
                    ))}
                </svg>
                <Links lines={linked} faults={frame.links} />
                {layout.boards.map((box, i) => (
                  <Board
                    key={groups[i]?.servers.join()}
                    frame={frame}
                    truth={truths[i] as Truth}
                    box={box}
                    isNamed={groups.length > 1}
                  />
                ))}
                <EnsembleCards frame={frame} boxes={layout.servers} onEnsemble={onEnsemble} />
                {(['master', 'worker', 'taskclient'] as const).flatMap((role) =>
                  appsOf(frame, role).map((process) => {
                    const place = layout.cards[process.name];
                    const Card = CARDS[role];
                    return place === undefined ? null : (
                      <Card
                        key={process.name}
                        frame={frame}
                        process={process}
                        place={place}
                        truth={truthFor(process.name)}
                        history={history}
                        isSelected={picked === process.name}
                        isInviting={isInviting}
                      />
                    );
                  }),
                )}
                {appsOf(frame, 'storage').map((process) => {
                  const place = layout.cards[process.name];
                  return place === undefined ? null : (
                    <StorageCard key={process.name} process={process} place={place} />
                  );
                })}
                {lines.map(({ a, b, sign }) =>
                  sign === undefined ? null : (
                    <span
                      key={`${a}-${b}`}
                      aria-hidden
                      className={styles.sign}
                      style={{ left: sign.x, top: sign.y }}
                      title={t('application.at', { sid: b })}
                    >
                      {b}
                    </span>
                  ),
                )}
                <AddButtons frame={frame} box={layout.add.masters} roles={['master']} />
                <AddButtons
                  frame={frame}
                  box={layout.add.workers}
                  roles={['worker', 'taskclient']}
                />
                <AppCapsules
                  flights={flights}
                  at={frame.at}
                  stepMs={stepMs}
                  selected={selection?.type === 'message' ? selection.id : undefined}
                  old={oldIds}
                />
              </div>
            </AppLinksContext>
          </SessionLettersContext>
        </StageActionsContext>
      )}
    </section>
  );
}
