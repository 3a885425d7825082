/** Entry of the worker that holds one process: a server, a client, or a probe. */
import type { MachineTable } from '../engine/world/machineTable';
import { loadMachine } from './loadMachines';
import { hostProcess, type ToProcess } from './processPort';

/** Has the one machine that this process runs, from its first message on. */
const machines = {} as Record<keyof MachineTable, unknown>;
const handle = hostProcess(machines as unknown as MachineTable, (message) =>
  self.postMessage(message),
);

/** Messages are handled in their order, the first of them when its machine is there. */
let last: Promise<void> = Promise.resolve();

self.onmessage = (event: MessageEvent<ToProcess>) => {
  last = last.then(() => take(event.data)).catch(report);
};

async function take(message: ToProcess): Promise<void> {
  const spec =
    message.type === 'start'
      ? message.spec
      : message.type === 'adopt'
        ? message.state.spec
        : undefined;
  if (spec !== undefined) machines[spec.type] = await loadMachine(spec.type);
  handle(message);
}

/** A part that could not be loaded; what breaks inside the machine is a message already. */
function report(error: unknown): void {
  const message = error instanceof Error ? error.message : String(error);
  self.postMessage({ type: 'error', message });
}
