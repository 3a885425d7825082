/** A worker: whether it is one of the group, what it runs, what waits for it. */
import { useTranslation } from 'react-i18next';
import type { WorkerSection } from '../../../../bridge/app';
import { sectionOf } from '../../../parts/sections';
import { membershipOf } from '../views/truth';
import { workerSentences } from '../views/words';
import type { AppCardProps } from './MasterCard';
import { ProcessCard, type Tag } from './ProcessCard';
import styles from './ProcessCard.module.css';
import { TaskTicket } from './TaskTicket';
import { joined } from '../../../i18n/joined';

/** `step` of a run counts those that are done. Steps that are drawn as boxes; more are only counted. */
const BOXES_MAX = 7;

export function WorkerCard({ frame, process, place, truth, history, isSelected }: AppCardProps) {
  const { t } = useTranslation();
  const worker = sectionOf(process, 'worker', 'worker');
  const membership = membershipOf(process, truth);
  const tags: Tag[] = [];
  if (process.status === 'down') tags.push({ text: t('application.tag.down'), look: 'unseen' });
  if (process.status === 'paused') tags.push({ text: t('application.tag.paused'), look: 'slow' });
  if (membership.isWrong) tags.push({ text: t('application.tag.outside'), look: 'bad' });
  else if (worker?.isSuspended === true) {
    tags.push({ text: t('application.tag.suspended'), look: 'slow' });
  } else if (worker !== undefined) {
    const state = !worker.isRegistered ? 'unregistered' : worker.running ? 'working' : 'idle';
    tags.push({ text: t(`application.tag.${state}`) });
  }
  const words = workerSentences(frame, process, truth, history);
  return (
    <ProcessCard process={process} place={place} tags={tags} isSelected={isSelected}>
      {words.length === 0 ? null : (
        <p>
          {joined(
            'sentences',
            words.map(({ key, values }) => t(key, values)),
          )}
        </p>
      )}
      {worker === undefined ? null : <Running worker={worker} />}
      {worker === undefined || place.form !== 'full' ? null : <Waiting worker={worker} />}
    </ProcessCard>
  );
}

function Running({ worker }: { worker: WorkerSection }) {
  const { t } = useTranslation();
  const { running } = worker;
  if (running === null) {
    return (
      <div className={styles.row}>
        <span className={styles.quiet}>{t('application.runsNothing')}</span>
      </div>
    );
  }
  const { task, kind, text, needs, step, steps, doing } = running;
  return (
    <div className={styles.row}>
      {t('application.runs')}
      <TaskTicket task={task} kind={kind} text={text} needs={needs} />
      {doing === 'steps' ? (
        <>
          <span>{t('application.step', { step: Math.min(step + 1, steps), steps })}</span>
          {steps > BOXES_MAX ? null : (
            <span className={styles.steps} aria-hidden>
              {Array.from({ length: steps }, (_, i) => i + 1).map((n) => (
                <i key={n} className={n <= step ? styles.gone : n === step + 1 ? styles.now : ''} />
              ))}
            </span>
          )}
        </>
      ) : (
        <span>{t(`application.run.${doing}`)}</span>
      )}
    </div>
  );
}

function Ability({ can }: { can?: string }) {
  const { t } = useTranslation();
  if (can === undefined) return null;
  return <span className={styles.ability}>{t('application.tag.can', { can })}</span>;
}

function Waiting({ worker }: { worker: WorkerSection }) {
  const { t } = useTranslation();
  return (
    <div className={styles.row}>
      <span className={worker.inbox.length === 0 ? styles.quiet : ''}>
        {t(worker.inbox.length === 0 ? 'application.inboxEmpty' : 'application.inbox')}
      </span>
      <ul className={styles.inbox} aria-label="inbox">
        {worker.inbox.map(({ task, kind, text, needs }) => (
          <li key={task}>
            <TaskTicket task={task} kind={kind} text={text} needs={needs} />
          </li>
        ))}
      </ul>
      <Ability can={worker.can} />
    </div>
  );
}
