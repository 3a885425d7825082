/** The card of the selected thing, at the right over the stage. */
import type { Command } from '../../../bridge/command';
import type { Frame } from '../../../bridge/frame';
import type { TraceEntry } from '../../../bridge/traceEntry';
import type { Selection } from '../../selection';

export interface InspectorProps {
  frame: Frame;
  selection: Selection;
  trace: readonly TraceEntry[];
  onSelect: (selection: Selection | undefined) => void;
  onCommand: (command: Command) => void;
}

export function Inspector(_props: InspectorProps) {
  return null;
}
