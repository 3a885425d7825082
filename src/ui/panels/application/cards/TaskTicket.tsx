/** A task wherever it stands: its kind, its name, what it needs. A click leads to its card; hovered, it is lit everywhere. */
import { useTranslation } from 'react-i18next';
import type { TaskKind } from '../../../../bridge/app';
import { useStageActions } from '../../stage/stageContext';
import { shortTask } from '../../../../bridge/taskData';
import styles from './TaskTicket.module.css';
import { joined } from '../../../i18n/joined';

interface TaskTicketProps {
  task: string;
  kind?: TaskKind;
  text?: string;
  needs?: string;
  status?: 'done' | 'failed';
  isEmpty?: boolean;
  /** Where there is little room: what it needs is said by its name. */
  bare?: boolean;
}

export function TaskTicket({ task, kind, text, needs, status, isEmpty, bare }: TaskTicketProps) {
  const { t } = useTranslation();
  const { onSelect } = useStageActions();
  const words = [shortTask(task)];
  if (text !== undefined && text !== '') words.push(text);
  if (kind !== undefined) words.push(t(`application.kind.${kind}`));
  if (needs !== undefined) words.push(t('application.needs', { needs }));
  if (isEmpty) words.push(t('application.empty'));
  if (status !== undefined) words.push(t(`application.status.${status}`));
  const name = joined('words', words);
  const classes = [styles.ticket, status === undefined ? '' : styles[status]];
  if (isEmpty) classes.push(styles.empty);
  return (
    <button
      type="button"
      className={classes.join(' ')}
      aria-label={name}
      title={name}
      data-task={task}
      onClick={(event) => {
        event.stopPropagation();
        onSelect({ type: 'task', task });
      }}
    >
      {kind === undefined ? null : (
        <i className={styles[kind]} aria-hidden>
          {kind === 'once' ? '1×' : '∞'}
        </i>
      )}
      <span>{shortTask(task)}</span>
      {needs === undefined || bare ? null : (
        <em aria-hidden className={styles.needs}>
          {needs}
        </em>
      )}
    </button>
  );
}
