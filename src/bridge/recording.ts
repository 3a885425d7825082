/** A run as its inputs: what a link, a file and a replay hold. */
import type { Sid } from '../zk/ids';
import type { ZooConfig } from '../zk/config';
import type { AppSettings } from './app';
import type { RecordedCommand } from './command';
import type { Timing } from './process';

/** `fixed`: the later fixed order of synchronisation (3.9.4). `as-recorded`: 3.8.0's own. */
export type Profile = 'fixed' | 'as-recorded';

export interface WorldConfig {
  seed: number;
  /** Usually one; sids are unique over all of them. */
  ensembles: { servers: Sid[] }[];
  /** Servers that are not started at time 0. */
  down?: Sid[];
  clients: {
    letter: string;
    hosts: Sid[];
    timeoutMs?: number;
    /** Path in front of all that it names. */
    chroot?: string;
    /** A read-only server will do. */
    readOnly?: boolean;
  }[];
  /** Processes of the master-worker application, started at time 0. */
  apps?: AppSettings[];
  config: ZooConfig;
  timing: Timing;
  /** One way, microseconds; 1 or more. */
  linkMicros: number;
  /** Added per message, 0 up to this, microseconds. */
  jitterMicros: number;
  profile: Profile;
}

export interface Recording {
  version: 1;
  engine: string;
  config: WorldConfig;
  commands: RecordedCommand[];
  /** Where the recording ends: events happened so far, virtual time (us). */
  events: number;
  at: number;
  /** Rolling hash of the trace up to there, 8 hex digits. */
  fingerprint: string;
}
