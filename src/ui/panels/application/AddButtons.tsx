/** One more of a role: it begins with the number behind the last, and all servers of its ensemble in its list. */
import { useTranslation } from 'react-i18next';
import type { AppSettings, AppStyle } from '../../../bridge/app';
import type { Frame } from '../../../bridge/frame';
import { APP_ROLES, readAppName } from '../../../bridge/names';
import { appsOf } from '../../parts/sections';
import type { Box } from '../stage/geometry/shapes';
import { useStageActions } from '../stage/stageContext';
import styles from './Application.module.css';
import { type AppGroup, appGroups } from './views/groups';

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
  const group = poorestIn(frame, role);
  const storage = appsOf(frame, 'storage').find(({ name }) => group.processes.includes(name));
  const base = {
    id: `${letter}-${number}`,
    hosts: [...group.servers],
    timeoutMs: 10_000,
    style: styleOf(frame, group),
  };
  if (role === 'taskclient') return { role, ...base };
  const writes = storage === undefined ? undefined : readAppName(storage.name)?.id;
  return { role, ...base, ...(writes === undefined ? {} : { storage: writes }) };
}

/** Of ensembles side by side the one with the fewest of that role; of equals the first. */
function poorestIn(frame: Frame, role: Role): AppGroup {
  const count = ({ processes }: AppGroup) =>
    processes.filter((name) => readAppName(name)?.role === role).length;
  return appGroups(frame).reduce((best, one) => (count(one) < count(best) ? one : best));
}

/** The version that runs; of a mixed run the first one's. */
export function styleOf(frame: Frame, group?: AppGroup): AppStyle {
  for (const { name, sections } of Object.values(frame.processes)) {
    if (group !== undefined && !group.processes.includes(name)) continue;
    for (const section of [sections['master'], sections['worker'], sections['taskclient']]) {
      if (section !== undefined && 'style' in section) return section.style;
    }
  }
  return 'book';
}
