/** One server on the stage: its title line, and below it what it is doing now. */
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { LogSection, ProcessView, RoleSection } from '../../../../bridge/frame';
import { type Sid, type Zxid, zxidText } from '../../../../zk/ids';
import { Group } from '../../../parts/Group';
import { processorsOf, sectionOf } from '../../../parts/sections';
import { chainFor } from '../geometry/chain';
import type { CardPlace } from '../geometry/stageLayout';
import { useStageActions } from '../stageContext';
import { ChainBody } from '../line/ChainBody';
import { CompactBody } from './CompactBody';
import { LogStrip } from '../data/LogStrip';
import { LookingBody } from './LookingBody';
import styles from './ServerCard.module.css';
import { ServerControls } from './ServerControls';
import type { Differing } from '../data/differences';

export interface ServerCardProps {
  process: ProcessView;
  sid: Sid;
  place: CardPlace;
  isSelected: boolean;
  differing?: Differing;
  /** Voters whose ACK is in flight to this server, by zxid. */
  flying: Readonly<Record<number, readonly Sid[]>>;
}

/** Narrower than this a card says the least: its controls come with the pointer. */
const TINY = 190;

export const ServerCard = memo(function ServerCard(props: ServerCardProps) {
  const { process, sid, place, isSelected } = props;
  const { t } = useTranslation();
  const { onSelect } = useStageActions();
  const role = sectionOf(process, 'role', 'role');
  const log = sectionOf(process, 'log', 'log');
  const isDown = process.status === 'down';
  const isCompact = place.form === 'compact';
  const classes = [styles.card];
  if (isDown) classes.push(styles.dead);
  if (isSelected) classes.push(styles.selected);
  if (isCompact) classes.push(styles.compact);
  if (place.w < TINY) classes.push(styles.tiny);
  if (role?.serverState === 'LEADING' && !isDown) classes.push(styles.leading);
  const select = () => onSelect({ type: 'server', name: process.name });
  const describedBy = `server-${sid}-role`;
  return (
    <Group
      aria-label={t('stage.server', { sid })}
      aria-describedby={describedBy}
      className={classes.join(' ')}
      data-card={sid}
      style={{ left: place.x, top: place.y, width: place.w, height: place.h }}
      onPointerUp={(event) => {
        if (event.target === event.currentTarget) select();
      }}
    >
      <header className={styles.header}>
        <button
          type="button"
          className={styles.title}
          aria-label={t('stage.inspect', { sid })}
          onClick={select}
        >
          <span className={styles.sid}>{sid}</span>
        </button>
        <span id={describedBy} className={styles.description}>
          <span className={styles.role}>{roleText(t, process, role)}</span>{' '}
          {role !== undefined && !isDown && !role.standalone ? (
            <span className={place.w > 800 ? styles.state : styles.spoken}>
              {role.serverState} ·{' '}
            </span>
          ) : null}
          <State process={process} role={role} isCompact={isCompact} isNarrow={place.w < 250} />
        </span>
        {process.status === 'paused' ? (
          <span className={styles.paused}>{t('stage.paused')}</span>
        ) : null}
        <span className={styles.space} />
        {log !== undefined && !isCompact ? (
          <LogStrip section={log} cells={cellsFor(place.w, log)} full={place.w > 800} />
        ) : null}
        <ServerControls process={process} sid={sid} />
      </header>
      <Body {...props} log={log} role={role} />
    </Group>
  );
});

function Body(props: ServerCardProps & { log?: LogSection; role?: RoleSection }) {
  const { process, sid, place, differing, flying, log, role } = props;
  if (place.form === 'compact') {
    return <CompactBody process={process} sid={sid} log={log} role={role} place={place} />;
  }
  if (process.status === 'down') return <DeadBody process={process} role={role} log={log} />;
  const chain = chainFor(processorsOf(process), place.w, place.h);
  if (chain === undefined) {
    return (
      <LookingBody process={process} sid={sid} role={role} place={place} differing={differing} />
    );
  }
  return (
    <ChainBody process={process} sid={sid} chain={chain} differing={differing} flying={flying} />
  );
}

/** Its ZabState, and the epoch or, in an election, the round; a compact card shows the more telling of the two. */
function State({
  process,
  role,
  isCompact,
  isNarrow,
}: {
  process: ProcessView;
  role?: RoleSection;
  isCompact: boolean;
  /** No room for either. */
  isNarrow: boolean;
}) {
  const { t } = useTranslation();
  if (role === undefined) return null;
  const { zabState, currentEpoch } = role;
  if (process.status === 'down') {
    if (isCompact) return null;
    return <span className={styles.state}>{t('stage.state.dead', { epoch: currentEpoch })}</span>;
  }
  if (role.standalone) return <span className={styles.state}>{t('stage.state.standalone')}</span>;
  const round = sectionOf(process, 'election', 'election')?.round;
  const when =
    role.serverState === 'LOOKING' && round !== undefined
      ? t('stage.state.round', { round })
      : t('stage.state.epoch', { epoch: currentEpoch });
  const isSettled = zabState === 'BROADCAST' || zabState === 'ELECTION';
  return (
    <>
      <span className={isNarrow || (isCompact && isSettled) ? styles.spoken : styles.state}>
        {zabState}
      </span>
      <span className={isNarrow || (isCompact && !isSettled) ? styles.spoken : styles.state}>
        <span className={isCompact ? styles.spoken : ''}>· </span>
        {when}
      </span>
    </>
  );
}

/** What a dead server leaves: the epochs and the log on its disk. */
function DeadBody({
  process,
  role,
  log,
}: {
  process: ProcessView;
  role?: RoleSection;
  log?: LogSection;
}) {
  const { t } = useTranslation();
  return (
    <div className={styles.deadBody}>
      {process.exit === undefined ? null : (
        <p>{t('stage.exit', { code: process.exit.code, reason: process.exit.reason })}</p>
      )}
      {role === undefined ? null : (
        <p>
          acceptedEpoch {role.acceptedEpoch} · currentEpoch {role.currentEpoch}
        </p>
      )}
      <ul>
        {log?.files.slice(-5).map(({ name, records, synced }) => (
          <li key={name}>
            {name}{' '}
            <em>
              {t(synced === records ? 'stage.fileWhole' : 'stage.file', { count: records, synced })}
            </em>
          </li>
        ))}
        {snapshotsBeside(log).map((zxid) => (
          <li key={zxid}>snapshot.{zxidText(zxid).slice(2)}</li>
        ))}
      </ul>
    </div>
  );
}

/** Those that are not listed as files. */
function snapshotsBeside(log: LogSection | undefined): readonly Zxid[] {
  const names = (log?.files ?? []).map(({ name }) => name);
  return (log?.snapshots ?? [])
    .filter((zxid) => !names.some((name) => name.endsWith(`/snapshot.${zxidText(zxid).slice(2)}`)))
    .slice(-2);
}

type Translate = (key: string, values?: Record<string, unknown>) => string;

function roleText(t: Translate, process: ProcessView, role: RoleSection | undefined): string {
  if (process.status === 'down') {
    // Not even a disk was ever used.
    if (role === undefined) return t('stage.role.notStarted');
    return t(process.exit === undefined ? 'stage.role.crashed' : 'stage.role.exited');
  }
  if (role === undefined) return t('stage.role.starting');
  if (role.standalone) return t('stage.role.standalone');
  switch (role.serverState) {
    case 'LEADING':
      return t('stage.role.leader');
    case 'FOLLOWING':
      return t('stage.role.follower');
    case 'OBSERVING':
      return t('stage.role.observer');
    case 'LOOKING':
      return t('stage.role.looking');
  }
}

/** Cells that fit between the description and the controls of a card. */
function cellsFor(width: number, log: LogSection): number {
  const digits = Math.max(
    1,
    ...log.records.slice(-1).map((r) => r.zxid.toString(16).slice(-8).replace(/^0+/, '').length),
  );
  const cell = Math.max(18, 6 + digits * 6.5) + 2;
  const room = width - (width > 800 ? 500 : 430) - (log.disk.fault === 'ok' ? 0 : 76);
  return Math.max(4, Math.min(24, Math.floor(room / cell)));
}
