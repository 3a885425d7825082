/** The whole page: top bar, stage, dock (what happened, time, consoles), and what floats above them. */
import { lazy, Suspense, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './App.module.css';
import { loadTexts } from './i18n/i18n';
import { Console } from './panels/console/Console';
import { Loading } from './panels/loading/Loading';
import { NowLine } from './panels/now/NowLine';
import { ErrorBar } from './panels/problem/ErrorBar';
import { Opening } from './panels/problem/Opening';
import { StageArea } from './panels/stagearea/StageArea';
import { Tape } from './panels/tape/Tape';
import { TopBar } from './panels/topbar/TopBar';
import { Transport } from './panels/transport/Transport';
import { SessionLettersContext, sessionLetters } from './parts/sessions';
import { usePage } from './store/page';

const HelpDialog = lazy(() =>
  Promise.all([import('./panels/help/HelpDialog'), loadTexts('help')]).then(([module]) => ({
    default: module.HelpDialog,
  })),
);

const StoryColumn = lazy(() =>
  Promise.all([import('./panels/story/StoryColumn'), loadTexts('story')]).then(([module]) => ({
    default: module.StoryColumn,
  })),
);
const StoryPicker = lazy(() =>
  Promise.all([import('./panels/story/StoryPicker'), loadTexts('story')]).then(([module]) => ({
    default: module.StoryPicker,
  })),
);

export function App() {
  const { t } = useTranslation();
  const frame = usePage((s) => s.frame);
  const isHelpOpen = usePage((s) => s.isHelpOpen);
  const hasStory = usePage((s) => s.story !== undefined);
  const isPickingStory = usePage((s) => s.isPickingStory);
  const letters = useMemo(() => (frame === undefined ? {} : sessionLetters(frame)), [frame]);
  return (
    <SessionLettersContext value={letters}>
      <div className={hasStory ? `${styles.page} ${styles.withStory}` : styles.page}>
        <TopBar />
        <ErrorBar />
        {hasStory && (
          <Suspense fallback={<Loading />}>
            <StoryColumn />
          </Suspense>
        )}
        <main className={styles.stage}>
          <h2 className="visuallyHidden">{t('app.ensemble')}</h2>
          {frame !== undefined ? <StageArea /> : <Opening />}
        </main>
        <footer className={styles.dock}>
          <section className={styles.time} aria-label={t('app.time')}>
            <NowLine />
            <Transport />
            <Tape />
          </section>
          <Console />
        </footer>
        {isHelpOpen && (
          <Suspense fallback={<Loading />}>
            <HelpDialog />
          </Suspense>
        )}
        {isPickingStory && (
          <Suspense fallback={<Loading />}>
            <StoryPicker />
          </Suspense>
        )}
      </div>
    </SessionLettersContext>
  );
}
