/** The real machines: one ZooKeeper server, one client, one raw protocol client. */
import { clientMachine } from '../client/client';
import { probeMachine } from '../client/probe';
import { serverMachine } from '../server/server';
import type { MachineTable } from './machineTable';

export const MACHINES: MachineTable = {
  server: serverMachine,
  client: clientMachine,
  probe: probeMachine,
};
