/** One step of a story: a paragraph, orders, a question to the reader, or something to do. */
import { Check, Terminal } from 'lucide-react';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { rightChoice } from '../../../scenarios/runner';
import type { GoalStep, PredictStep, Step } from '../../../scenarios/scenario';
import { answerStep, showGoal } from '../../store/story';
import type { OpenStory } from '../../store/storyState';
import { MarkedText } from './MarkedText';
import styles from './Story.module.css';

interface StoryStepProps {
  story: OpenStory;
  index: number;
  isFocused: boolean;
}

export function StoryStep({ story, index, isFocused }: StoryStepProps) {
  const step = story.runner.scenario.steps[index] as Step;
  return (
    <li
      className={`${styles.step} ${isFocused ? styles.focused : ''} ${step.type === 'order' ? styles.order : ''}`}
      aria-current={isFocused ? 'step' : undefined}
    >
      {step.type === 'say' && (
        <p>
          <MarkedText text={step.text} />
        </p>
      )}
      {step.type === 'order' && <Ordered commands={step.commands} />}
      {step.type === 'predict' && <Predict story={story} index={index} step={step} />}
      {step.type === 'goal' && <Goal story={story} index={index} step={step} />}
    </li>
  );
}

function Ordered({ commands }: { commands: readonly string[] }) {
  const { t } = useTranslation();
  return (
    <p className={styles.ordered}>
      <Terminal aria-label={t('story.ordered')} />
      <span>
        {commands.map((line, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the same order may be given twice
          <code key={i}>{line}</code>
        ))}
      </span>
    </p>
  );
}

function Predict({ story, index, step }: { story: OpenStory; index: number; step: PredictStep }) {
  const { t } = useTranslation();
  const name = useId();
  const tried = story.runner.chosen[index] ?? [];
  const answered = tried.at(-1);
  const [picked, setPicked] = useState<number | undefined>(answered);
  const right = step.choices[rightChoice(step)];
  const isRight = answered === rightChoice(step);
  const isOver = isRight || story.runner.step !== index;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (picked !== undefined) answerStep(index, picked);
      }}
    >
      <fieldset className={styles.predict} disabled={isOver}>
        <legend>
          <small>{t('story.predict')}</small>
          <MarkedText text={step.question} />
        </legend>
        {step.choices.map((choice, i) => (
          <label
            key={choice.text.en}
            className={styles.choice}
            data-verdict={tried.includes(i) ? (choice.isRight ? 'right' : 'wrong') : undefined}
          >
            <input
              type="radio"
              name={name}
              checked={(isOver ? answered : picked) === i}
              onChange={() => setPicked(i)}
            />
            <span>
              <MarkedText text={choice.text} />
            </span>
          </label>
        ))}
      </fieldset>
      {answered !== undefined && (
        <p className={isRight ? styles.right : styles.wrong} role="status">
          <b>{t(isRight ? 'story.right' : 'story.wrong')}</b>{' '}
          {step.choices[answered] !== undefined && (
            <MarkedText text={step.choices[answered].because} />
          )}
          {!isRight && !isOver && <small>{t('story.again')}</small>}
        </p>
      )}
      {!isRight && isOver && right !== undefined && (
        <p className={styles.right}>
          <b>
            <MarkedText text={right.text} />
          </b>{' '}
          <MarkedText text={right.because} />
        </p>
      )}
      {!isOver && (
        <button
          type="submit"
          className={styles.answer}
          disabled={picked === undefined || picked === answered}
        >
          {t('story.answer')}
        </button>
      )}
    </form>
  );
}

function Goal({ story, index, step }: { story: OpenStory; index: number; step: GoalStep }) {
  const { t } = useTranslation();
  const [isHintOpen, setHintOpen] = useState(false);
  const { runner, shown } = story;
  const isDone = runner.done.includes(index);
  const isOpen = !isDone && runner.step === index;
  return (
    <>
      <small className={styles.kind}>
        {t('story.goal')}
        {isDone && (
          <b role="status">{t(shown.includes(index) ? 'story.goalShown' : 'story.goalDone')}</b>
        )}
      </small>
      <label className={styles.goalLine}>
        <input type="checkbox" disabled checked={isDone} />
        <span className={styles.box} aria-hidden="true">
          {isDone && <Check />}
        </span>
        <span>
          <MarkedText text={step.text} />
        </span>
      </label>
      {isOpen && (
        <div className={styles.ways}>
          <button type="button" aria-expanded={isHintOpen} onClick={() => setHintOpen(!isHintOpen)}>
            {t(isHintOpen ? 'story.hideHint' : 'story.hint')}
          </button>
          <button type="button" title={t('story.showMeTitle')} onClick={showGoal}>
            {t('story.showMe')}
          </button>
        </div>
      )}
      {isOpen && isHintOpen && (
        <p className={styles.hintText}>
          <MarkedText text={step.hint} />
        </p>
      )}
    </>
  );
}
