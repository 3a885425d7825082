/** What every part of the stage may need without handing it down: the frame's facts and the callbacks. */
import { createContext, useContext, useMemo } from 'react';
import type { Command } from '../../../bridge/command';
import type { RequestRef } from '../../../bridge/traceEntry';
import type { Selection } from '../../selection';

export interface StageActions {
  onSelect(selection: Selection): void;
  onRequest(request: RequestRef): void;
  onCommand(command: Command): void;
}

export const StageActionsContext = createContext<StageActions>({
  onSelect: () => {},
  onRequest: () => {},
  onCommand: () => {},
});

/** What a drawing hands down, the same while its callbacks are. */
export function useActions(
  onSelect: StageActions['onSelect'],
  onCommand: StageActions['onCommand'],
): StageActions {
  return useMemo(
    () => ({
      onSelect,
      onRequest: (request) => onSelect({ type: 'request', request }),
      onCommand,
    }),
    [onSelect, onCommand],
  );
}

export function useStageActions(): StageActions {
  return useContext(StageActionsContext);
}
