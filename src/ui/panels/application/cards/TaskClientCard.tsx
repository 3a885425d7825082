/** A task client: what it has submitted, how far that is, and a form to submit more. */
import { useTranslation } from 'react-i18next';
import type { SubmissionView } from '../../../../bridge/app';
import { sectionOf } from '../../../parts/sections';
import { useStageActions } from '../../stage/stageContext';
import { shortTask } from '../../../../bridge/taskData';
import type { AppCardProps } from './MasterCard';
import { ProcessCard, type Tag } from './ProcessCard';
import styles from './TaskClientCard.module.css';
import { SubmitForm } from './SubmitForm';

const ROW = 21;
const HEAD = 110;

const LOOKS: Readonly<Record<SubmissionView['state'], string>> = {
  CREATING: '',
  UNCERTAIN: 'slow',
  WAITING: '',
  READING: '',
  DONE: 'good',
  FAILED: 'bad',
};

export function TaskClientCard(props: AppCardProps) {
  const { frame, process, place, isSelected, isInviting } = props;
  const { t } = useTranslation();
  const section = sectionOf(process, 'taskclient', 'taskclient');
  const client = sectionOf(process, 'client', 'client');
  const tags: Tag[] = [];
  if (process.status === 'down') tags.push({ text: t('application.tag.down'), look: 'unseen' });
  if (process.status === 'paused') tags.push({ text: t('application.tag.paused'), look: 'slow' });
  else if (client !== undefined && client.state !== 'CONNECTED' && process.status === 'running') {
    tags.push({ text: t(`stage.client.${client.state}`), look: 'slow' });
  }
  const isFull = place.form === 'full';
  const all = section?.submissions ?? [];
  const rows = Math.max(1, Math.floor((place.h - (isFull ? HEAD : 60)) / ROW));
  const shown = all.slice(-rows);
  const abilities = Object.values(frame.processes).flatMap(({ sections: { worker } }) =>
    worker?.type === 'worker' && worker.can !== undefined ? [worker.can] : [],
  );
  return (
    <ProcessCard process={process} place={place} tags={tags} isSelected={isSelected}>
      {process.status === 'down' ? null : (
        <SubmitForm
          process={process.name}
          abilities={[...new Set(abilities)]}
          count={all.length}
          isInline={isFull}
        />
      )}
      {isInviting ? (
        <p className={styles.invitation} role="note">
          {t('application.invitation')}
        </p>
      ) : null}
      {place.form === 'line' ? null : (
        <ul className={styles.list} aria-label={t('application.submissions')}>
          {shown.map((one) => (
            <Submission key={one.submission} submission={one} />
          ))}
          {all.length > shown.length ? (
            <li className={styles.more}>
              {t('application.older', { count: all.length - shown.length })}
            </li>
          ) : null}
        </ul>
      )}
    </ProcessCard>
  );
}

function Submission({ submission }: { submission: SubmissionView }) {
  const { t } = useTranslation();
  const { onSelect } = useStageActions();
  const { text, kind, state, tasks } = submission;
  return (
    <li data-task={tasks[0]}>
      <i aria-hidden className={styles[kind]}>
        {kind === 'once' ? '1×' : '∞'}
      </i>
      <span className={styles.text} title={text}>
        {text}
      </span>
      {tasks.map((task) => (
        <button
          key={task}
          type="button"
          className={styles.task}
          data-task={task}
          onClick={() => onSelect({ type: 'task', task })}
        >
          {shortTask(task)}
        </button>
      ))}
      <b className={styles[LOOKS[state]]}>{t(`application.submission.${state}`)}</b>
    </li>
  );
}
