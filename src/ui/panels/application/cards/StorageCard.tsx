/** The storage outside ZooKeeper: what was written to it with which token, and what it made of that. */
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { StorageRow } from '../../../../bridge/app';
import type { ProcessView } from '../../../../bridge/frame';
import { shortName } from '../../../../bridge/names';
import { sectionOf } from '../../../parts/sections';
import { useStageActions } from '../../stage/stageContext';
import type { CardBox } from '../geometry/appLayout';
import { shortTask } from '../../../../bridge/taskData';
import { tokenText } from '../views/words';
import { ProcessCard } from './ProcessCard';
import styles from './StorageCard.module.css';

const ROW = 19;
const HEAD = 76;

export function StorageCard({ process, place }: { process: ProcessView; place: CardBox }) {
  const { t } = useTranslation();
  const { onCommand } = useStageActions();
  const section = sectionOf(process, 'storage', 'storage');
  if (section === undefined) return null;
  const { fencing, rows } = section;
  const count = Math.max(1, Math.floor((place.h - HEAD) / ROW));
  const shown = rows.slice(-count);
  const older = rows.length - shown.length + section.dropped;
  return (
    <ProcessCard process={process} place={place} tags={[]} isSelected={false} isOutside>
      <p className={styles.outside}>
        {t('application.tag.outsideZk')}
        {older > 0 ? ` · ${t('application.older', { count: older })}` : null}
      </p>
      <button
        type="button"
        role="switch"
        aria-checked={fencing}
        aria-label={t('application.fencing', { id: shortName(process.name) })}
        title={t('application.fencing.title')}
        className={`${styles.fencing} ${fencing ? styles.on : ''}`}
        onClick={() => onCommand({ type: 'fencing', process: process.name, on: !fencing })}
      >
        <i aria-hidden />
        {t(fencing ? 'application.fencing.on' : 'application.fencing.off')}
      </button>
      {rows.length === 0 ? <p>{t('application.storageEmpty')}</p> : null}
      <table className={styles.rows} aria-label="storage writes">
        <thead>
          <tr>
            <th>{t('application.col.token')}</th>
            <th>{t('application.col.write')}</th>
            <th>{t('application.col.outcome')}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((row, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: equal rows are told apart by their place
            <Row key={older + i} row={row} />
          ))}
        </tbody>
      </table>
    </ProcessCard>
  );
}

function Row({ row }: { row: StorageRow }) {
  const { t } = useTranslation();
  const { by, what, text, token, outcome, seen, key } = row;
  const task = /\btask-\d+/.exec(text)?.[0];
  const said = planWords(t, text.replace(`${by} `, '').replace(/\btask-\d+/g, shortTask));
  // Without fencing nothing stops what a token that was surpassed comes with.
  const isOld = outcome === 'accepted' && token < seen;
  const whole = t(`application.writes.${what}`, { by, text: said, key });
  return (
    <tr data-task={task}>
      <td>
        <code>{tokenText(token)}</code>
      </td>
      <td title={whole}>{whole}</td>
      <td className={styles[isOld ? 'refused' : outcome]}>
        {outcome === 'refused' || isOld
          ? t(`application.outcome.${isOld ? 'old' : 'refused'}`, { seen: tokenText(seen) })
          : t(`application.outcome.${outcome}`)}
      </td>
    </tr>
  );
}

/** A plan is a short text of the master's; what it says is said in the language of the page. */
function planWords(t: TFunction, text: string): string {
  if (text === 'takes over') return t('application.plan.takesOver');
  const [, task, worker] = /^(\S+) to (\S+)$/.exec(text) ?? [];
  return task === undefined ? text : t('application.plan.gives', { task, worker });
}
