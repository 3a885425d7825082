/** A task to be submitted: in the card where there is room, else behind a button of the card. */
import { type FormEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TaskOrder } from '../../../../bridge/app';
import { type ProcessName, shortName } from '../../../../bridge/names';
import { useStageActions } from '../../stage/stageContext';
import styles from './SubmitForm.module.css';

interface SubmitFormProps {
  process: ProcessName;
  /** What workers say that they can. */
  abilities: readonly string[];
  /** Submissions so far: the next one's suggested text has that number. */
  count: number;
  isInline: boolean;
}

const STEPS = 4;

export function SubmitForm({ process, abilities, count, isInline }: SubmitFormProps) {
  const { t } = useTranslation();
  const [isOpen, setIsOpen] = useState(false);
  const id = shortName(process);
  if (!isInline && !isOpen) {
    return (
      <button type="button" className={styles.open} onClick={() => setIsOpen(true)}>
        {t('application.submitTask')}
      </button>
    );
  }
  return (
    <div className={isInline ? undefined : styles.floating}>
      <Form
        process={process}
        abilities={abilities}
        suggestion={t('application.suggestion', { n: count + 1 })}
        name={t('application.submitTo', { id })}
        onDone={() => setIsOpen(false)}
      />
    </div>
  );
}

interface FormProps {
  process: ProcessName;
  abilities: readonly string[];
  suggestion: string;
  name: string;
  onDone: () => void;
}

function Form({ process, abilities, suggestion, name, onDone }: FormProps) {
  const { t } = useTranslation();
  const { onCommand } = useStageActions();
  const [text, setText] = useState('');
  const [isOnce, setIsOnce] = useState(false);
  const [needs, setNeeds] = useState('');
  const [steps, setSteps] = useState(String(STEPS));
  const list = useId();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const word = needs.trim().split(/\s+/)[0] ?? '';
    const count = Math.max(1, Math.min(99, Math.round(Number(steps)) || STEPS));
    const task: TaskOrder = {
      text: text.trim() === '' ? suggestion : text.trim(),
      kind: isOnce ? 'once' : 'any',
      ...(word === '' ? {} : { needs: word }),
      ...(count === STEPS ? {} : { steps: count }),
    };
    onCommand({ type: 'submit', process, task });
    setText('');
    onDone();
  };
  return (
    <form className={styles.form} aria-label={name} onSubmit={submit}>
      <input
        className={styles.text}
        aria-label={t('application.form.task')}
        placeholder={suggestion}
        value={text}
        maxLength={60}
        onChange={(event) => setText(event.target.value)}
      />
      <button type="submit" className={styles.submit}>
        {t('application.form.submit')}
      </button>
      <div className={styles.options}>
        <label title={t('application.form.onceTitle')}>
          <input
            type="checkbox"
            checked={isOnce}
            onChange={(event) => setIsOnce(event.target.checked)}
          />
          {t('application.form.once')}
        </label>
        <label>
          {t('application.form.needs')}
          <input
            className={styles.needs}
            list={list}
            value={needs}
            maxLength={12}
            placeholder="–"
            onChange={(event) => setNeeds(event.target.value)}
          />
          <datalist id={list}>
            {abilities.map((ability) => (
              <option key={ability} value={ability} />
            ))}
          </datalist>
        </label>
        <label>
          {t('application.form.steps')}
          <input
            className={styles.steps}
            type="number"
            min={1}
            max={99}
            value={steps}
            onChange={(event) => setSteps(event.target.value)}
          />
        </label>
      </div>
    </form>
  );
}
