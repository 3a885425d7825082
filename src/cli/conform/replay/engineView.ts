/** What the runner reads of a run in process: roles of servers, what probes received, messages. */
import type { ProcessName } from '../../../bridge/names';
import type { Packet } from '../../../zk/packets';
import type { ConnectionKind } from '../../../zk/packets';

/** A message that arrived at its process. */
export interface Delivered {
  readonly at: number;
  readonly from: ProcessName;
  readonly to: ProcessName;
  readonly channel: ConnectionKind;
  readonly packet: Packet;
}
