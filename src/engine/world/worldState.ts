/**
 * The state of a world: its processes as seen from outside, the connections
 * between them, what is in flight, and the inputs that made it so. Plain data
 * without a circle; arrays are shared on purpose (a lane knows the heap that its
 * messages fly to), which a structured clone keeps.
 */
import type { Agenda, EventKey } from '../../base/agenda';
import type { AppSettings } from '../../bridge/app';
import type { RecordedCommand } from '../../bridge/command';
import type { FormerSession, Section } from '../../bridge/frame';
import type { ConnId, ProcessName } from '../../bridge/names';
import type {
  ClientSpec,
  DiskImage,
  InboxItem,
  MachineEvent,
  ProcessSpec,
} from '../../bridge/process';
import type { WorldConfig } from '../../bridge/recording';
import type { RequestRef } from '../../bridge/traceEntry';
import type { Sid } from '../../zk/ids';
import type { ConnectionKind } from '../../zk/packets';

/** A delivery on its way, with the key that it will have: `time` is the arrival. */
export interface Flight extends InboxItem {
  value: Exclude<MachineEvent, { type: 'command' } | { type: 'local' }>;
  sentAt: number;
  /** As its send entry says. */
  request?: RequestRef;
  /** A `closed` that is a reset or a death, no orderly end. */
  reset?: true;
  /** A person ordered it through: no hold and no cut stops it. */
  forced?: true;
}

/** One direction of a connection. */
export interface Lane {
  /** `<conn>>` or `<conn><`: origin of the keys of its deliveries. */
  origin: string;
  from: ProcessName;
  to: ProcessName;
  /** Number of the next message. */
  n: number;
  /** Nothing arrives before this: messages do not overtake each other. */
  lastArrival: number;
  /** FIN or RST was sent: nothing follows. */
  ended: boolean;
  /** The far end is closed or dead: what is sent gets lost. */
  gone: boolean;
  /** Heap of the far end. */
  inbound: Agenda<Flight['value']>;
  /** Held or cut, in order; everything behind the first of them is here too. */
  waiting: Flight[];
  /* What the link does to this lane, copied here whenever the link changes. */
  cut: boolean;
  partitioned: boolean;
  held: boolean;
  /** With held: wait from the first message of that kind on. */
  only?: string;
  latency: number;
  jitter: number;
}

export interface Connection {
  id: ConnId;
  channel: ConnectionKind;
  /** Opener. */
  a: ProcessName;
  b: ProcessName;
  /** There is somebody at this end. `b` is false until the SYN is there. */
  aEnd: boolean;
  bEnd: boolean;
  synSeen: boolean;
  acceptSent: boolean;
  /** The ACCEPT is there. */
  opened: boolean;
  /** a to b. */
  forth: Lane;
  back: Lane;
}

/** Faults of one direction between two processes. */
export interface Link {
  from: ProcessName;
  to: ProcessName;
  cut: ConnectionKind[];
  held: { channel: ConnectionKind; only?: string }[];
  partitioned: boolean;
  /** Microseconds; undefined: the world's. */
  latency?: number;
  jitter?: number;
}

export type ProcessKind = 'server' | 'client' | 'app' | 'probe';

/** A process as the world knows it; it outlives incarnations. */
export interface ProcessRecord {
  name: ProcessName;
  /** Its place in every order. */
  index: number;
  kind: ProcessKind;
  status: 'running' | 'paused' | 'down';
  /** -1 before the first start. */
  incarnation: number;
  /** Key of the next event of its own agenda, what lies in `inbox` included. */
  next?: EventKey;
  /** Commands to hand over with the next advance, in order; behind a resume, what is overdue. */
  inbox: InboxItem[];
  /** Messages on their way to it that nothing stops; a heap. */
  inbound: Agenda<Flight['value']>;
  /** Servers: what lies on its disk, kept by replaying diskOps. */
  disk: DiskImage;
  /** What ails the disk; a fault for one write goes when it has struck. */
  diskFault?: { fault: 'slow' | 'fail-append' | 'fail-fsync' | 'full'; extraMicros?: number };
  /** Given by `set`; a new incarnation gets them again. */
  settings: Record<string, string>;
  exit?: { code: number; reason: string };
  /** Last projections; of a dead process what its disk still says. */
  sections: Record<string, Section>;
  /** Sessions of incarnations before, oldest first, as far as sections were projected. */
  formerSessions?: readonly FormerSession[];
  /** Servers: voters of its ensemble. */
  voters: Sid[];
  /** Clients. */
  client?: Pick<ClientSpec, 'letter' | 'hosts' | 'chroot' | 'readOnly' | 'batch'> & {
    timeoutMs?: number;
  };
  /** Processes of the application. */
  app?: AppSettings;
}

export interface World {
  config: WorldConfig;
  /** Playhead, virtual microseconds. */
  now: number;
  /** Events that have happened. */
  events: number;
  /** Rolling hash of the trace. */
  fingerprint: number;
  /** By ascending index. */
  processes: ProcessRecord[];
  connections: Record<ConnId, Connection>;
  /** By `<from>><to>`. */
  links: Record<string, Link>;
  /** Messages to processes that do not exist. */
  nowhere: Agenda<Flight['value']>;
  /** Shortest way of one process's influence on another, microseconds: the length of a window. */
  lookahead: number;
  commands: RecordedCommand[];
  /** Counts orders to processes, for their keys. */
  orders: number;
  /** Entries that the world itself wrote. */
  entries: number;
  /** Processes that the driver must start, or end, before it goes on; oldest first. */
  lifecycle: LifecycleStep[];
}

export type LifecycleStep =
  | { type: 'start'; spec: ProcessSpec }
  | { type: 'end'; process: ProcessName; incarnation: number };

/** Lookup by name; undefined: there is no such process. */
export function processOf(world: World, name: ProcessName): ProcessRecord | undefined {
  for (const record of world.processes) if (record.name === name) return record;
  return undefined;
}
