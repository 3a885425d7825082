/**
 * What one can do to a server, on its card: crash or restart, pause while it
 * runs, wipe while it is down (a running server holds on to its disk), the disk
 * behind a menu.
 */
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Command } from '../../../../bridge/command';
import type { ProcessView } from '../../../../bridge/frame';
import type { Sid } from '../../../../zk/ids';
import { useStageActions } from '../stageContext';
import styles from './ServerControls.module.css';

const DiskMenu = lazy(() => import('./DiskMenu').then((module) => ({ default: module.DiskMenu })));

type Act = Extract<Command, { type: 'crash' | 'restart' | 'pause' | 'resume' | 'wipe' }>['type'];

export function ServerControls({ process, sid }: { process: ProcessView; sid: Sid }) {
  const { t } = useTranslation();
  const { onCommand } = useStageActions();
  const [isMenuOpen, setMenuOpen] = useState(false);
  const button = (type: Act, always = false) => (
    <button
      key={type}
      type="button"
      className={`${styles.control} ${always ? styles.always : ''}`}
      data-crash={type === 'crash' ? '' : undefined}
      aria-label={t(`stage.${type}`, { sid })}
      title={t(`stage.${type}`, { sid })}
      onClick={(event) => {
        event.stopPropagation();
        onCommand({ type, process: process.name });
      }}
    >
      {always ? t(`stage.${type}.short`) : <Icon type={type} />}
    </button>
  );
  const { status } = process;
  return (
    <span className={styles.controls}>
      {status === 'running' ? button('pause') : null}
      {status === 'down' ? button('wipe') : null}
      {status === 'paused' ? button('resume', true) : null}
      {status === 'down' ? button('restart', true) : button('crash', true)}
      {isMenuOpen ? (
        <Suspense fallback={<MoreButton sid={sid} />}>
          <DiskMenu process={process.name} sid={sid} onClose={() => setMenuOpen(false)} />
        </Suspense>
      ) : (
        <MoreButton sid={sid} onOpen={() => setMenuOpen(true)} />
      )}
    </span>
  );
}

function MoreButton({ sid, onOpen }: { sid: Sid; onOpen?: () => void }) {
  const { t } = useTranslation();
  return (
    <button
      type="button"
      aria-haspopup="menu"
      className={`${styles.control} ${styles.always}`}
      aria-label={t('stage.more', { sid })}
      title={t('stage.more', { sid })}
      onClick={onOpen}
    >
      ⋯
    </button>
  );
}

function Icon({ type }: { type: Act }) {
  return (
    <svg aria-hidden viewBox="0 0 12 12" className={styles.icon}>
      {type === 'pause' ? (
        <path d="M4 2.5v7M8 2.5v7" />
      ) : (
        <path d="M2 3.5h8M4.5 3.5v-1h3v1M3 3.5l.6 6.5h4.8L9 3.5" />
      )}
    </svg>
  );
}
