/** What one can do to a process of the application: crash or restart, pause or resume, and the rest behind a menu. */
import { DropdownMenu } from 'radix-ui';
import { useTranslation } from 'react-i18next';
import type { Command } from '../../../../bridge/command';
import type { ProcessView } from '../../../../bridge/frame';
import { readAppName } from '../../../../bridge/names';
import { processTitle } from '../../../parts/processTitle';
import menu from '../../stage/server/DiskMenu.module.css';
import controls from '../../stage/server/ServerControls.module.css';
import { useStageActions } from '../../stage/stageContext';
import { useAppLinks } from '../appContext';

type Act = 'crash' | 'restart' | 'pause' | 'resume';

export function CardControls({ process }: { process: ProcessView }) {
  const { t } = useTranslation();
  const { onCommand } = useStageActions();
  const name = processTitle(t, process.name, 'of');
  const role = readAppName(process.name)?.role;
  if (role === 'storage') return null;
  const { status } = process;
  const button = (type: Act) => (
    <button
      key={type}
      type="button"
      className={`${controls.control} ${controls.always}`}
      data-crash={type === 'crash' ? '' : undefined}
      aria-label={t(`application.${type}`, { name })}
      title={t(`application.${type}`, { name })}
      onClick={(event) => {
        event.stopPropagation();
        onCommand({ type, process: process.name });
      }}
    >
      {t(`stage.${type}.short`)}
    </button>
  );
  return (
    <span className={controls.controls}>
      {status === 'paused' ? button('resume') : null}
      {status === 'down' ? button('restart') : null}
      {status === 'running' ? button('crash') : null}
      <More process={process} name={name} />
    </span>
  );
}

interface Item {
  text: string;
  orders: readonly Command[];
}

function More({ process, name }: { process: ProcessView; name: string }) {
  const { t } = useTranslation();
  const { onCommand } = useStageActions();
  const items = useItems(process);
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger
        className={`${controls.control} ${controls.always}`}
        aria-label={t('application.more', { name })}
        title={t('application.more', { name })}
      >
        ⋯
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className={menu.menu} align="end" sideOffset={4}>
          {items.map(({ text, orders }) => (
            <DropdownMenu.Item
              key={text}
              className={menu.item}
              onSelect={() => {
                for (const order of orders) onCommand(order);
              }}
            >
              {text}
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

/** Links first: a master or a worker talks to nobody but its server and the storage. */
function useItems(process: ProcessView): readonly Item[] {
  const { t } = useTranslation();
  const { server, servers, cut, storage, isStorageCut } = useAppLinks(process.name);
  const a = process.name;
  const name = processTitle(t, a, 'of');
  const acts: readonly Act[] =
    process.status === 'down'
      ? ['restart']
      : process.status === 'paused'
        ? ['resume', 'crash']
        : ['pause', 'crash'];
  const items: Item[] = acts.map((type) => ({
    text: t(`application.${type}`, { name }),
    orders: [{ type, process: a }],
  }));
  if (server !== undefined && !cut.includes(server)) {
    items.push({ text: t('application.cut', { server }), orders: [{ type: 'cut', a, b: server }] });
  }
  const whole = servers.filter((b) => !cut.includes(b));
  if (whole.length > 1) {
    items.push({
      text: t('application.cutAll'),
      orders: whole.map((b): Command => ({ type: 'cut', a, b })),
    });
  }
  if (cut.length > 0) {
    items.push({
      text: t('application.heal'),
      orders: cut.map((b): Command => ({ type: 'heal', a, b })),
    });
  }
  if (storage !== undefined) {
    items.push(
      isStorageCut
        ? { text: t('application.healStorage'), orders: [{ type: 'heal', a, b: storage }] }
        : { text: t('application.cutStorage'), orders: [{ type: 'cut', a, b: storage }] },
    );
  }
  const { worker } = process.sections;
  if (worker?.type === 'worker' && worker.running !== null && process.status !== 'down') {
    items.push({ text: t('application.fail'), orders: [{ type: 'fail', process: a }] });
  }
  return items;
}
