/** The machine of the application's processes: which one, the role says. */
import type { AppRole } from '../../bridge/app';
import type { AppSpec, Machine } from '../../bridge/process';
import { masterMachine } from './master';
import { storageMachine } from './storage';
import { taskClientMachine } from './taskClient';
import { workerMachine } from './worker';

/** A state that only its own machine looks into. */
type AppState = { role: AppRole };

// biome-ignore lint/suspicious/noExplicitAny: each machine knows the state that it made
const MACHINES: Readonly<Record<AppRole, Machine<AppSpec, any>>> = {
  master: masterMachine,
  worker: workerMachine,
  taskclient: taskClientMachine,
  storage: storageMachine,
};

export const appMachine: Machine<AppSpec, AppState> = {
  start: (spec, effects) => MACHINES[spec.settings.role].start(spec, effects),
  step: (state, event, effects) => MACHINES[state.role].step(state, event, effects),
  project: (state, section) => MACHINES[state.role].project(state, section),
  check: (state) => MACHINES[state.role].check(state),
};
