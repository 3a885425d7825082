/** The frame of every card: who it is, how it stands, what one can do to it. */
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProcessView } from '../../../../bridge/frame';
import { shortName } from '../../../../bridge/names';
import { Group } from '../../../parts/Group';
import { processTitle } from '../../../parts/processTitle';
import { LetterMark } from '../../../parts/SessionMark';
import { useStageActions } from '../../stage/stageContext';
import type { CardBox } from '../geometry/appLayout';
import { CardControls } from './CardControls';
import styles from './ProcessCard.module.css';

export interface Tag {
  text: string;
  /** `unseen`: said to screen readers only; the card shows it by itself. */
  look?: 'good' | 'bad' | 'slow' | 'unseen';
}

interface ProcessCardProps {
  process: ProcessView;
  place: CardBox;
  tags: readonly Tag[];
  isSelected: boolean;
  /** Without a session, so without a mark. */
  isOutside?: boolean;
  children: ReactNode;
}

export function ProcessCard(props: ProcessCardProps) {
  const { process, place, tags, isSelected, isOutside, children } = props;
  const { t } = useTranslation();
  const { onSelect } = useStageActions();
  const id = shortName(process.name);
  const { status } = process;
  const classes = [styles.card, styles[place.form]];
  if (status === 'down') classes.push(styles.dead);
  if (status === 'paused') classes.push(styles.still);
  if (isSelected) classes.push(styles.selected);
  const describedBy = `app-${id}-state`;
  const title = processTitle(t, process.name);
  return (
    <Group
      aria-label={title}
      aria-describedby={describedBy}
      className={classes.join(' ')}
      data-card={process.name}
      style={{ left: place.x, top: place.y, width: place.w, height: place.h }}
    >
      <header className={styles.header}>
        {isOutside ? (
          <span className={styles.name}>{title}</span>
        ) : (
          <button
            type="button"
            className={styles.title}
            aria-label={t('application.inspect', { name: processTitle(t, process.name, 'of') })}
            onClick={() => onSelect({ type: 'client', name: process.name })}
          >
            <LetterMark letter={id} />
            <span className={styles.name}>{title}</span>
          </button>
        )}
        <span id={describedBy} className={styles.tags}>
          {tags.map(({ text, look }) => (
            <span key={text} className={`${styles.tag} ${look === undefined ? '' : styles[look]}`}>
              {text}
            </span>
          ))}
        </span>
        <span className={styles.space} />
        <CardControls process={process} />
      </header>
      {place.form === 'line' ? null : children}
    </Group>
  );
}
