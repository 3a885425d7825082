/** One more of a role: it begins with the number behind the last, and all servers in its list. */
import { useTranslation } from 'react-i18next';
import type { AppSettings, AppStyle } from '../../../bridge/app';
import type { Frame } from '../../../bridge/frame';
import { APP_ROLES, readAppName } from '../../../bridge/names';
import { appsOf, serversOf } from '../../parts/sections';
import type { Box } from '../stage/geometry/shapes';
import { useStageActions } from '../stage/stageContext';
import styles from './Application.module.css';

type Role = 'master' | 'worker' | 'taskclient';

interface AddButtonsProps {
  frame: Frame;
  box: Box;
  roles: readonly Role[];
}

export function AddButtons({ frame, box, roles }: AddButtonsProps) {
  const { t } = useTranslation();
  const { onCommand } = useStageActions();
  return (
    <div className={styles.add} style={{ left: box.x, top: box.y, width: box.w, height: box.h }}>
      {roles.map((role) => {
        const settings = nextSettings(frame, role);
        return settings === undefined ? null : (
          <button
            key={role}
            type="button"
            aria-label={t(`application.add.${role}`)}
            title={t(`application.add.${role}`)}
            onClick={() => onCommand({ type: 'app', settings })}
          >
            + {t(`application.role.${role}`)}
          </button>
        );
      })}
    </div>
  );
}

/** Undefined: there are as many as there may be. */
export function nextSettings(frame: Frame, role: Role): AppSettings | undefined {
  const { letter, max } = APP_ROLES[role] ?? { letter: '', max: 0 };
  const numbers = appsOf(frame, role).map(({ name }) => readAppName(name)?.number ?? 0);
  const number = Math.max(0, ...numbers) + 1;
  if (number > max) return undefined;
  const storage = appsOf(frame, 'storage')[0];
  const base = {
    id: `${letter}-${number}`,
    hosts: serversOf(frame),
    timeoutMs: 10_000,
    style: styleOf(frame),
  };
  if (role === 'taskclient') return { role, ...base };
  const writes = storage === undefined ? undefined : readAppName(storage.name)?.id;
  return { role, ...base, ...(writes === undefined ? {} : { storage: writes }) };
}

/** The version that runs; of a mixed run the first one's. */
export function styleOf(frame: Frame): AppStyle {
  for (const { sections } of Object.values(frame.processes)) {
    for (const section of [sections['master'], sections['worker'], sections['taskclient']]) {
      if (section !== undefined && 'style' in section) return section.style;
    }
  }
  return 'book';
}
