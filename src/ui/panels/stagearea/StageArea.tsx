/** Stage and inspector, fed from the store; the invitation stands at the stage's foot. */
import { lazy, Suspense, useCallback, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import type { Command } from '../../../bridge/command';
import { loadTexts } from '../../i18n/i18n';
import { AskZnodesContext } from '../../parts/znodes/askZnodes';
import type { Selection } from '../../selection';
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
  const onCommand = useCallback((order: Command) => void command(order), []);
  if (frame === undefined) return null;
  return (
    <AskZnodesContext value={askZnodes}>
      <Stage
        frame={frame}
        trace={lastStep}
        selection={selection}
        onSelect={onSelect}
        onCommand={onCommand}
        stepMs={reducedMotion ? 0 : stepMs}
        reducedMotion={reducedMotion}
      />
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
  if (!isInviting) return null;
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
