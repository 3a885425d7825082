/** The machines as parts that load apart: a server's worker needs no client, the world none until one looks back. */
import type { ProcessSpec } from '../bridge/process';
import type { MachineTable } from '../engine/world/machineTable';

/** The machine that processes of that type run. */
export async function loadMachine<T extends ProcessSpec['type']>(
  type: T,
): Promise<MachineTable[T]> {
  const machine: Promise<MachineTable[ProcessSpec['type']]> =
    type === 'server'
      ? import('../engine/server/server').then((module) => module.serverMachine)
      : type === 'client'
        ? import('../engine/client/client').then((module) => module.clientMachine)
        : type === 'app'
          ? import('../engine/apps/app').then((module) => module.appMachine)
          : import('../engine/client/probe').then((module) => module.probeMachine);
  return (await machine) as MachineTable[T];
}

export async function loadMachines(): Promise<MachineTable> {
  const [server, client, app, probe] = await Promise.all([
    loadMachine('server'),
    loadMachine('client'),
    loadMachine('app'),
    loadMachine('probe'),
  ]);
  return { server, client, app, probe };
}
