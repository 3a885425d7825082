/** Stage and inspector, fed from the store; the invitation stands at the stage's foot. */
import { lazy, Suspense, useCallback, useEffect, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import type { Command } from '../../../bridge/command';
import { serverName } from '../../../bridge/names';
import type { Sid } from '../../../zk/ids';
import { loadTexts } from '../../i18n/i18n';
import { AskZnodesContext } from '../../parts/znodes/askZnodes';
import type { Selection } from '../../selection';
import { bringTexts } from '../../store/language';
import { hasApp } from '../../parts/sections';
import { put, usePage } from '../../store/page';
import { EVENT_MS } from '../../store/player';
import { command, FIRST_WRITE } from '../../store/run';
import { askZnodes } from '../../store/znodes';
import { Loading } from '../loading/Loading';
import { Stage } from '../stage/Stage';
import styles from './StageArea.module.css';

const Inspector = lazy(() =>
  Promise.all([import('../inspector/Inspector'), loadTexts('inspector')]).then(([module]) => ({
    default: module.Inspector,
  })),
);

const Application = lazy(() =>
  Promise.all([import('../application/Application'), loadTexts('application')]).then(
    ([module]) => ({ default: module.Application }),
  ),
);

/** A step's motion, ms; playing quickly leaves less. */
const STEP_MS = 250;

export function StageArea() {
  const frame = usePage((s) => s.frame);
  const lastStep = usePage((s) => s.lastStep);
  const trace = usePage((s) => s.trace);
  const selection = usePage((s) => s.selection);
  const stepMs = useStepMs();
  const reducedMotion = useMedia('(prefers-reduced-motion: reduce)');
  // Entries are added in place: reading the version draws the inspector anew when there are more.
  usePage((s) => s.traceVersion);
  const onSelect = useCallback((next: Selection | undefined) => put({ selection: next }), []);
  const onEnsemble = useCallback(
    (sid: Sid) => put({ view: 'ensemble', selection: { type: 'server', name: serverName(sid) } }),
    [],
  );
  const view = usePage((s) => s.view);
  const isInviting = usePage((s) => s.isInviting);
  const isApp = frame !== undefined && hasApp(frame);
  // Its captions are told in the ensemble's view, too.
  useEffect(() => {
    if (isApp) void bringTexts('application');
  }, [isApp]);
  const onCommand = useCallback((order: Command) => void command(order), []);
  if (frame === undefined) return null;
  return (
    <AskZnodesContext value={askZnodes}>
      {view === 'application' && isApp ? (
        <Suspense fallback={<Loading />}>
          <Application
            frame={frame}
            trace={lastStep}
            run={trace}
            selection={selection}
            onSelect={onSelect}
            onCommand={onCommand}
            onEnsemble={onEnsemble}
            stepMs={reducedMotion ? 0 : stepMs}
            isInviting={isInviting}
          />
        </Suspense>
      ) : (
        <Stage
          frame={frame}
          trace={lastStep}
          selection={selection}
          onSelect={onSelect}
          onCommand={onCommand}
          stepMs={reducedMotion ? 0 : stepMs}
          reducedMotion={reducedMotion}
        />
      )}
      {selection !== undefined && (
        <Suspense fallback={<Loading />}>
          <Inspector
            frame={frame}
            selection={selection}
            trace={trace.entries}
            onSelect={onSelect}
            onCommand={onCommand}
          />
        </Suspense>
      )}
      <Invitation />
    </AskZnodesContext>
  );
}

/** The first visit's one line. */
function Invitation() {
  const { t } = useTranslation();
  const isInviting = usePage((s) => s.isInviting);
  const isApp = usePage((s) => s.setup.app !== undefined);
  // Where the visitor is to do something himself, that place invites him.
  if (!isInviting || isApp) return null;
  return (
    <p className={styles.invitation} role="note">
      {t('app.invitation', { line: FIRST_WRITE })}
    </p>
  );
}

function useStepMs(): number {
  return usePage((s) => {
    if (!s.isPlaying) return STEP_MS;
    if (s.tempo === 'time') return 0;
    return s.speed === Number.POSITIVE_INFINITY ? 0 : Math.min(EVENT_MS / s.speed, 600);
  });
}

function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (onChange) => {
      const media = window.matchMedia(query);
      media.addEventListener('change', onChange);
      return () => media.removeEventListener('change', onChange);
    },
    () => window.matchMedia(query).matches,
  );
}
