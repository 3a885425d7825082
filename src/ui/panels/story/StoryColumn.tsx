/** The story that is being read: what it has said so far, what it asks, and the ways on. */
import { RotateCcw, X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { waitsFor } from '../../../scenarios/runner';
import { isLookingBack, put, usePage } from '../../store/page';
import { backStep, leaveStory, nextStep, restartStory } from '../../store/story';
import type { OpenStory } from '../../store/storyState';
import { stopsOf } from '../../store/storyStops';
import { MarkedText } from './MarkedText';
import { StoryBroken, StoryEnd } from './StoryEnd';
import { StoryLight } from './StoryLight';
import { StoryStep } from './StoryStep';
import {
  canGoBack,
  canGoOn,
  countOf,
  isLongWait,
  isOrder,
  lastIndex,
  lookOf,
  numberOf,
} from './storyView';
import styles from './Story.module.css';
import { useStoryKeys } from './useStoryKeys';

export function StoryColumn() {
  const { t } = useTranslation();
  const story = usePage((s) => s.story);
  const isPlaying = usePage((s) => s.isPlaying);
  const isBack = usePage((s) => isLookingBack(s.frame));
  const isOpening = usePage((s) => s.isOpening);
  const event = usePage((s) => s.frame?.event ?? 0);
  useStoryKeys();
  if (story === undefined) return null;
  const { runner, focus } = story;
  const { scenario } = runner;
  const stops = stopsOf(story);
  const step = stops[focus]?.step ?? 0;
  const isEnd = step === scenario.steps.length;
  const count = countOf(scenario);
  const number = numberOf(scenario, step);
  return (
    <aside className={styles.column} aria-label={t('story.column')} aria-busy={isOpening}>
      <StoryLight look={lookOf(story)} />
      <header className={styles.header}>
        <p className={styles.chapter}>
          <span>{t(`story.chapter.${scenario.chapter}`)}</span>
          <span className={styles.place}>
            {isEnd ? t('story.ended') : t('story.progress', { step: number, count })}
          </span>
          <button
            type="button"
            className={styles.icon}
            disabled={isOpening}
            aria-label={t('story.restart')}
            title={t('story.restart')}
            onClick={restartStory}
          >
            <RotateCcw />
          </button>
          <button
            type="button"
            className={styles.icon}
            aria-label={t('story.leave')}
            title={`${t('story.leave')}: ${t('story.leaveTitle')}`}
            onClick={leaveStory}
          >
            <X />
          </button>
        </p>
        <h2>
          <MarkedText text={scenario.title} />
        </h2>
        <progress
          className={styles.progress}
          aria-label={t('story.progressName')}
          max={count}
          value={number}
        />
      </header>
      <SoFar story={story} />
      <footer className={styles.footer}>
        {isEnd ? (
          <button
            type="button"
            className={styles.next}
            aria-haspopup="dialog"
            onClick={() => put({ isPickingStory: true })}
          >
            {t('story.more')}
          </button>
        ) : (
          <button
            type="button"
            className={styles.next}
            disabled={isOpening || !canGoOn(story, isBack, isPlaying)}
            title={`${t('story.nextTitle')} (Enter, n)`}
            onClick={nextStep}
          >
            {t('story.next')}
          </button>
        )}
        <button
          type="button"
          disabled={isOpening || !canGoBack(story, event)}
          title={`${t('story.backTitle')} (b)`}
          onClick={backStep}
        >
          {t('story.back')}
        </button>
      </footer>
    </aside>
  );
}

/** The steps up to the newest; the one in focus stands out and is kept in sight. */
function SoFar({ story }: { story: OpenStory }) {
  const { t } = useTranslation();
  const { runner, focus, failure } = story;
  const { scenario, phase, chosen, done } = runner;
  const stops = stopsOf(story);
  const last = lastIndex(story);
  const list = useRef<HTMLElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: whatever is added or comes into focus is scrolled to
  useEffect(() => {
    const box = list.current;
    // What broke stands below the step in focus, and matters more.
    const focused =
      box?.querySelector('[role="alert"]') ?? box?.querySelector('[aria-current="step"]');
    if (box === null || !(focused instanceof HTMLElement)) return;
    // The whole of it if it fits, else its beginning.
    const below = focused.offsetTop + focused.offsetHeight - box.clientHeight;
    box.scrollTop = Math.min(focused.offsetTop - 8, Math.max(below + 8, 0));
  }, [focus, stops.length, phase, chosen, done, failure]);
  return (
    <section
      ref={list}
      className={styles.soFar}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: whoever has no mouse scrolls it by the arrow keys
      tabIndex={0}
      aria-label={t('story.soFar')}
    >
      <p className={styles.question}>
        <MarkedText text={scenario.question} />
      </p>
      <ol aria-live="polite">
        {scenario.steps.slice(0, last + 1).map((step, i) => {
          const at = stops.findIndex((stop) => stop.step === i);
          if (at < 0 && !isOrder(step)) return null;
          return (
            <StoryStep
              // biome-ignore lint/suspicious/noArrayIndexKey: a step is its place in the story
              key={i}
              story={story}
              index={i}
              isFocused={at === focus}
            />
          );
        })}
        {story.end !== undefined && (
          <StoryEnd
            scenario={scenario}
            end={story.end}
            isFocused={stops[focus]?.step === scenario.steps.length}
          />
        )}
      </ol>
      {phase === 'run' && failure === undefined && <Running story={story} />}
      {failure !== undefined && <StoryBroken failure={failure} />}
    </section>
  );
}

function Running({ story }: { story: OpenStory }) {
  const { t } = useTranslation();
  const isPlaying = usePage((s) => s.isPlaying || s.pending > 0);
  const isLong = usePage((s) => isLongWait(story, s.trace.shown, s.frame?.event ?? 0));
  if (story.isHeld) return null;
  return (
    <>
      <p className={styles.note} role="status">
        {isPlaying ? t('story.running') : t('story.paused')} {t('story.runningTitle')}
      </p>
      {isLong && (
        <p className={styles.note}>
          {t('story.long')} <code>{waitsFor(story.runner)}</code>
        </p>
      )}
    </>
  );
}
