/** The real machines: one ZooKeeper server, one client, one process of the application, one raw protocol client. */
import { appMachine } from '../apps/app';
import { clientMachine } from '../client/client';
import { probeMachine } from '../client/probe';
import { serverMachine } from '../server/server';
import type { MachineTable } from './machineTable';

export const MACHINES: MachineTable = {
  server: serverMachine,
  client: clientMachine,
  app: appMachine,
  probe: probeMachine,
};
