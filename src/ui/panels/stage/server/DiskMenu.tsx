/** The menu of a server's disk. Loaded when it is first opened; open from its first moment on. */
import { DropdownMenu } from 'radix-ui';
import { useTranslation } from 'react-i18next';
import type { Command } from '../../../../bridge/command';
import type { ProcessName } from '../../../../bridge/names';
import type { Sid } from '../../../../zk/ids';
import { useStageActions } from '../stageContext';
import styles from './DiskMenu.module.css';
import controls from './ServerControls.module.css';

type DiskFault = Extract<Command, { type: 'disk' }>['fault'];

const FAULTS: readonly (readonly [text: string, fault: DiskFault, ms?: number])[] = [
  ['stage.disk.slow', 'slow', 500],
  ['stage.disk.failFsync', 'fail-fsync'],
  ['stage.disk.failAppend', 'fail-append'],
  ['stage.disk.full', 'full'],
  ['stage.disk.ok', 'ok'],
];

interface DiskMenuProps {
  process: ProcessName;
  sid: Sid;
  onClose: () => void;
}

export function DiskMenu({ process, sid, onClose }: DiskMenuProps) {
  const { t } = useTranslation();
  const { onCommand } = useStageActions();
  return (
    <DropdownMenu.Root open onOpenChange={(isOpen) => (isOpen ? undefined : onClose())}>
      <DropdownMenu.Trigger
        className={`${controls.control} ${controls.always}`}
        aria-label={t('stage.more', { sid })}
      >
        ⋯
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className={styles.menu} align="end" sideOffset={4}>
          {FAULTS.map(([text, fault, ms]) => (
            <DropdownMenu.Item
              key={fault}
              className={styles.item}
              onSelect={() =>
                onCommand({ type: 'disk', process, fault, ...(ms === undefined ? {} : { ms }) })
              }
            >
              {t(text)}
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
