/** The lines between cards, and on each line its controls: cut and heal, and the label of what is broken. */
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { LinkView } from '../../../../bridge/frame';
import { type ProcessName, shortName } from '../../../../bridge/names';
import { Group } from '../../../parts/Group';
import { pathOf, type Point, type Polyline } from '../geometry/shapes';
import { useStageActions } from '../stageContext';
import styles from './Links.module.css';
import { faultBetween, faultText } from './linkFaults';

export interface LineView {
  a: ProcessName;
  b: ProcessName;
  look: 'lanes' | 'line' | 'dotted' | 'none' | 'rim' | 'thinRim';
  line: Polyline;
  label: Point;
  /** One of its ends is dead. */
  isDead: boolean;
}

interface LinksProps {
  lines: readonly LineView[];
  faults: readonly LinkView[];
}

export const Links = memo(function Links({ lines, faults }: LinksProps) {
  return (
    <>
      <svg aria-hidden className={styles.lines}>
        {lines.map((line) => (
          <Line key={`${line.a}-${line.b}`} line={line} faults={faults} />
        ))}
      </svg>
      {lines.map((line) => (
        <LinkControls key={`${line.a}-${line.b}`} line={line} faults={faults} />
      ))}
    </>
  );
});

function Line({ line, faults }: { line: LineView; faults: readonly LinkView[] }) {
  const d = pathOf(line.line);
  const fault = faultBetween(faults, line.a, line.b);
  const isBroken = fault !== undefined && fault.kind !== 'held';
  const dead = line.isDead ? styles.dead : '';
  return (
    <g className={dead}>
      {line.look === 'lanes' ? (
        <>
          <path d={d} className={styles.laneEdge} />
          <path d={d} className={styles.laneFill} />
        </>
      ) : line.look === 'none' ? null : (
        <path d={d} className={styles[line.look]} />
      )}
      {isBroken ? <path d={d} className={styles.broken} /> : null}
    </g>
  );
}

function LinkControls({ line, faults }: { line: LineView; faults: readonly LinkView[] }) {
  const { t } = useTranslation();
  const { onCommand } = useStageActions();
  const { a, b, label } = line;
  const fault = faultBetween(faults, a, b);
  const isWhole = fault === undefined || fault.kind === 'held';
  const text = fault === undefined ? undefined : faultText(fault, shortName(a), shortName(b));
  return (
    <Group
      aria-label={t('stage.link', { a, b })}
      className={`${styles.controls} ${fault === undefined ? '' : styles.faulty}`}
      style={{ left: label.x, top: label.y }}
    >
      {text === undefined ? null : (
        <span className={fault?.kind === 'held' ? styles.held : styles.mark}>
          {t(text.key, text.values)}
        </span>
      )}
      {isWhole ? (
        <button
          type="button"
          className={styles.button}
          title={`${t('stage.cut')} ${a} – ${b}`}
          onClick={() => onCommand({ type: 'cut', a, b })}
        >
          {t('stage.cut')}
        </button>
      ) : null}
      {fault === undefined ? null : (
        <button
          type="button"
          className={styles.button}
          title={`${t('stage.heal')} ${a} – ${b}`}
          onClick={() => onCommand({ type: 'heal', a, b })}
        >
          {t('stage.heal')}
        </button>
      )}
    </Group>
  );
}
