/** The card of the selected thing, at the right over the stage. */
import { useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { unreachable } from '../../../base/assert';
import type { Command } from '../../../bridge/command';
import type { Frame } from '../../../bridge/frame';
import type { TraceEntry } from '../../../bridge/traceEntry';
import { SessionLettersContext, sessionLetters } from '../../parts/sessions';
import type { Selection } from '../../selection';
import { ClientCard } from './cards/ClientCard';
import { MessageCard } from './cards/MessageCard';
import { ProcessorCard } from './cards/ProcessorCard';
import { RequestCard } from './cards/RequestCard';
import { ServerInspection } from './cards/ServerInspection';
import { TaskCard } from './cards/TaskCard';
import { TreeCard } from './cards/TreeCard';
import { ZnodeCard } from './cards/ZnodeCard';
import styles from './Inspector.module.css';

export interface InspectorProps {
  frame: Frame;
  selection: Selection;
  /** All entries that are kept, in total order; a journey is made from them. */
  trace: readonly TraceEntry[];
  onSelect: (selection: Selection | undefined) => void;
  onCommand: (command: Command) => void;
}

export function Inspector(props: InspectorProps) {
  const { frame, onSelect } = props;
  const { t } = useTranslation();
  const letters = useMemo(() => sessionLetters(frame), [frame]);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.defaultPrevented) onSelect(undefined);
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [onSelect]);
  return (
    <SessionLettersContext value={letters}>
      <aside
        className={`${styles.inspector} ${props.selection.type === 'message' ? styles.wide : ''}`}
        aria-label={t('inspector.name')}
      >
        <button
          type="button"
          className={styles.close}
          aria-label={t('inspector.close')}
          title={t('inspector.close')}
          onClick={() => onSelect(undefined)}
        >
          ×
        </button>
        <Card {...props} />
      </aside>
    </SessionLettersContext>
  );
}

function Card(props: InspectorProps) {
  const { frame, selection, trace, onSelect, onCommand } = props;
  switch (selection.type) {
    case 'server':
      return <ServerInspection frame={frame} name={selection.name} onSelect={onSelect} />;
    case 'client':
      return (
        <ClientCard frame={frame} name={selection.name} onSelect={onSelect} onCommand={onCommand} />
      );
    case 'processor':
      return (
        <ProcessorCard
          frame={frame}
          server={selection.server}
          name={selection.processor}
          onSelect={onSelect}
          onCommand={onCommand}
        />
      );
    case 'request':
      return (
        <RequestCard trace={trace} request={selection.request} frame={frame} onSelect={onSelect} />
      );
    case 'task':
      return <TaskCard frame={frame} task={selection.task} onSelect={onSelect} />;
    case 'message':
      return (
        <MessageCard frame={frame} id={selection.id} onSelect={onSelect} onCommand={onCommand} />
      );
    case 'znode':
      return (
        <ZnodeCard
          frame={frame}
          server={selection.server}
          path={selection.path}
          onSelect={onSelect}
        />
      );
    case 'tree':
      return (
        <TreeCard
          frame={frame}
          server={selection.server}
          path={selection.path}
          onSelect={onSelect}
        />
      );
    default:
      return unreachable(selection);
  }
}
