/** The ensemble in small: who leads, what is logged, and the way to its own view. */
import { useTranslation } from 'react-i18next';
import type { Frame, ProcessView } from '../../../../bridge/frame';
import type { Sid } from '../../../../zk/ids';
import { Group } from '../../../parts/Group';
import { sectionOf, serverOf } from '../../../parts/sections';
import { LogStrip } from '../../stage/data/LogStrip';
import type { Box } from '../../stage/geometry/shapes';
import { ServerControls } from '../../stage/server/ServerControls';
import styles from './EnsembleCards.module.css';

interface EnsembleCardsProps {
  frame: Frame;
  boxes: Readonly<Record<Sid, Box>>;
  onEnsemble: (sid: Sid) => void;
}

export function EnsembleCards({ frame, boxes, onEnsemble }: EnsembleCardsProps) {
  return Object.entries(boxes).map(([sid, box]) => {
    const process = serverOf(frame, Number(sid));
    return process === undefined ? null : (
      <SmallServer
        key={sid}
        process={process}
        sid={Number(sid)}
        box={box}
        onEnsemble={onEnsemble}
      />
    );
  });
}

interface SmallServerProps {
  process: ProcessView;
  sid: Sid;
  box: Box;
  onEnsemble: (sid: Sid) => void;
}

function SmallServer({ process, sid, box, onEnsemble }: SmallServerProps) {
  const { t } = useTranslation();
  const role = sectionOf(process, 'role', 'role');
  const log = sectionOf(process, 'log', 'log');
  const isDown = process.status === 'down';
  const word = isDown
    ? t('stage.role.crashed')
    : role === undefined
      ? t('stage.role.starting')
      : role.standalone
        ? t('stage.role.standalone')
        : t(`stage.role.${ROLES[role.serverState]}`);
  const isStill = process.status === 'paused';
  const classes = [styles.card, isDown ? styles.dead : '', isStill ? styles.still : ''];
  return (
    <Group
      aria-label={t('stage.server', { sid })}
      className={classes.join(' ')}
      data-card={sid}
      style={{ left: box.x, top: box.y, width: box.w, height: box.h }}
    >
      <header>
        <button
          type="button"
          className={styles.open}
          aria-label={t('application.toEnsemble', { sid })}
          title={t('application.toEnsemble', { sid })}
          onClick={() => onEnsemble(sid)}
        >
          <span className={styles.sid}>{sid}</span>
          <b>{word}</b>
        </button>
        {isStill ? <em>{t('application.tag.paused')}</em> : null}
        {role !== undefined && !isDown && role.serverState === 'LEADING' ? (
          <em>{t('stage.state.epoch', { epoch: role.currentEpoch })}</em>
        ) : null}
        <span className={styles.controls}>
          <ServerControls process={process} sid={sid} />
        </span>
      </header>
      {log === undefined ? null : (
        <LogStrip section={log} cells={Math.max(2, Math.floor((box.w - 84) / 24))} bare />
      )}
    </Group>
  );
}

const ROLES = {
  LEADING: 'leader',
  FOLLOWING: 'follower',
  OBSERVING: 'observer',
  LOOKING: 'looking',
} as const;
