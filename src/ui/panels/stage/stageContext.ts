/** What every part of the stage may need without handing it down: the frame's facts and the callbacks. */
import { createContext, useContext } from 'react';
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

export function useStageActions(): StageActions {
  return useContext(StageActionsContext);
}
