/** Stands in for a Worker: messages are cloned and come late, each port in its own rhythm. */
import { MACHINES } from '../engine/world/machines';
import type { MachineTable } from '../engine/world/machineTable';
import { type FromProcess, hostProcess, type ProcessPort, type ToProcess } from './processPort';

export interface FakePorts {
  open: (name: string) => ProcessPort;
  /** Processes whose port is open. */
  alive: () => string[];
  /** Messages of terminated workers that were still sent. */
  late: number;
}

export function fakePorts(machines: MachineTable = MACHINES): FakePorts {
  const living = new Set<{ name: string }>();
  const alive = () => [...living].map(({ name }) => name).sort();
  const fake: FakePorts = { alive, late: 0, open };
  let opened = 0;

  function open(name: string): ProcessPort {
    opened += 1;
    let rhythm = opened;
    let terminated = false;
    const seat = { name };
    // In order within one direction, as a port is; how late, differs.
    const lane = () => {
      let last = Promise.resolve();
      return (then: () => void) => {
        rhythm = (rhythm * 7 + 3) % 11;
        const late = rhythm >= 9;
        last = last
          .then(() => (late ? new Promise<void>((resolve) => setTimeout(resolve, 0)) : undefined))
          .then(then);
      };
    };
    const [inward, outward] = [lane(), lane()];
    const handle = hostProcess(machines, (message: FromProcess) => {
      const copy = structuredClone(message);
      outward(() => {
        if (terminated) fake.late += 1;
        // Sent all the same: the driver must not listen.
        port.onMessage(copy);
      });
    });
    const port: ProcessPort = {
      post(message: ToProcess) {
        const copy = structuredClone(message);
        inward(() => handle(copy));
      },
      onMessage: () => {},
      terminate() {
        terminated = true;
        living.delete(seat);
      },
    };
    living.add(seat);
    return port;
  }
  return fake;
}
