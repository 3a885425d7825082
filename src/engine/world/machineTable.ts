/** Which machine lives in which kind of process. A shell picks by `spec.type`. */
import type {
  AppSpec,
  ClientSpec,
  Machine,
  ProbeSpec,
  ProcessSpec,
  ServerSpec,
} from '../../bridge/process';

/** A machine whose state only it looks into. */
// biome-ignore lint/suspicious/noExplicitAny: the shell keeps the state and never reads it
type AnyMachine<Spec extends ProcessSpec> = Machine<Spec, any>;

export interface MachineTable {
  server: AnyMachine<ServerSpec>;
  client: AnyMachine<ClientSpec>;
  app: AnyMachine<AppSpec>;
  probe: AnyMachine<ProbeSpec>;
}

/** The machine that a process of this spec runs. */
export function machineOf(table: MachineTable, spec: ProcessSpec): AnyMachine<ProcessSpec> {
  return table[spec.type] as AnyMachine<ProcessSpec>;
}
