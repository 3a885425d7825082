/** How a story ends: what came out and what to try next; or what it waited for in vain. */
import { Check, TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Scenario } from '../../../scenarios/scenario';
import { saidIn } from '../../i18n/said';
import { restartStory } from '../../store/story';
import type { StoryEnding, StoryFailure } from '../../store/storyState';
import { MarkedText } from './MarkedText';
import styles from './Story.module.css';

interface StoryEndProps {
  scenario: Scenario;
  end: StoryEnding;
  isFocused: boolean;
}

export function StoryEnd({ scenario, end, isFocused }: StoryEndProps) {
  const { t } = useTranslation();
  const { outcome, brokenChecks } = end;
  const isMissed = outcome.includes(false);
  return (
    <li
      className={`${styles.step} ${isFocused ? styles.focused : ''}`}
      aria-current={isFocused ? 'step' : undefined}
    >
      <h3>{t('story.outcome')}</h3>
      <ul className={styles.outcome} aria-label={t('story.outcome')}>
        {scenario.outcome.map(({ text }, i) => (
          <li key={text.en}>
            <label className={styles.goalLine}>
              <input type="checkbox" disabled checked={outcome[i] === true} />
              <span className={styles.box} aria-hidden="true">
                {outcome[i] === true && <Check />}
              </span>
              <span>
                <MarkedText text={text} />
              </span>
            </label>
          </li>
        ))}
      </ul>
      {isMissed && <p className={styles.wrong}>{t('story.outcomeMissed')}</p>}
      {brokenChecks.length > 0 && (
        <p className={styles.wrong}>{t('story.checksBroke', { names: brokenChecks.join(', ') })}</p>
      )}
      <h3>{t('story.sandbox')}</h3>
      <p>
        <MarkedText text={scenario.sandbox} />
      </p>
    </li>
  );
}

export function StoryBroken({ failure }: { failure: StoryFailure }) {
  const { t, i18n } = useTranslation();
  return (
    <div className={styles.broken} role="alert">
      <p>
        <TriangleAlert aria-hidden="true" />
        <b>{t('story.broken.title')}</b>
      </p>
      <p>
        {failure.type === 'refused'
          ? t('story.broken.refused', { command: failure.command, message: saidIn(i18n, failure) })
          : t(failure.ms === 0 ? 'story.broken.over' : 'story.broken.waited', {
              seconds: Math.round(failure.ms / 1000),
            })}
      </p>
      {failure.type === 'waited' && <code>{failure.waitedFor}</code>}
      <p>{t('story.broken.do')}</p>
      <button type="button" className={styles.next} onClick={restartStory}>
        {t('story.restart')}
      </button>
    </div>
  );
}
