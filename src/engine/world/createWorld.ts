/** From a configuration to a world at virtual time 0, before its first event. */
import { assert } from '../../base/assert';
import { CLASS_COMMAND } from '../../base/agenda';
import type { AppSettings } from '../../bridge/app';
import {
  appName,
  clientName,
  type ProcessName,
  processIndex,
  serverName,
} from '../../bridge/names';
import type { DiskImage, InboxItem, ProcessCommand, ProcessSpec } from '../../bridge/process';
import type { WorldConfig } from '../../bridge/recording';
import type { ProcessKind, ProcessRecord, World } from './worldState';

/** Wanted by a client that names no session timeout, ms (zkCli's default). */
const SESSION_TIMEOUT_MS = 30_000;

/** The bugs that the recordings of 3.8.0 show. */
const SWITCHES_AS_RECORDED = ['epochBeforeLog', 'ackNewLeaderBeforeFsync', 'checkOutsideMulti'];

/** Throws when the configuration breaks a law of its type (a check of outside input comes before). */
export function createWorld(config: WorldConfig): World {
  assert(
    Number.isInteger(config.linkMicros) && config.linkMicros >= 1,
    'a link takes 1 us or more',
  );
  assert(Number.isInteger(config.jitterMicros) && config.jitterMicros >= 0, 'jitter is 0 or more');
  const world: World = {
    config,
    now: 0,
    events: 0,
    fingerprint: 0,
    processes: [],
    connections: {},
    links: {},
    nowhere: [],
    lookahead: config.linkMicros,
    commands: [],
    orders: 0,
    entries: 0,
    lifecycle: [],
  };
  for (const { servers } of config.ensembles) {
    const voters = [...servers].sort((x, y) => x - y);
    for (const sid of voters) {
      const record = addProcess(world, serverName(sid), 'server');
      record.voters = voters;
    }
  }
  for (const client of config.clients) {
    const record = addProcess(world, clientName(client.letter), 'client');
    record.client = client;
  }
  for (const settings of config.apps ?? []) addApp(world, settings);
  for (const record of world.processes) {
    const isDown = record.kind === 'server' && config.down?.includes(record.index);
    if (!isDown) startProcess(world, record);
  }
  return world;
}

/** A process that is down. Nobody may have opened a connection to that name before. */
export function addProcess(world: World, name: ProcessName, kind: ProcessKind): ProcessRecord {
  const index = processIndex(name);
  assert(!world.processes.some((p) => p.index === index), 'each process has a name of its own');
  const record: ProcessRecord = {
    name,
    index,
    kind,
    status: 'down',
    incarnation: -1,
    inbox: [],
    inbound: [],
    disk: {},
    settings: {},
    sections: {},
    voters: [],
  };
  world.processes.push(record);
  world.processes.sort((x, y) => x.index - y.index);
  return record;
}

/** A process of the application that is down. */
export function addApp(world: World, settings: AppSettings): ProcessRecord {
  const record = addProcess(world, appName(settings.role, settings.id), 'app');
  record.app = settings;
  return record;
}

/** Begins a new incarnation at the playhead. Its start is an event and still to come. */
export function startProcess(world: World, record: ProcessRecord): void {
  record.status = 'running';
  record.incarnation += 1;
  record.exit = undefined;
  record.sections = {};
  record.inbox.length = 0;
  record.next = { time: world.now, class: CLASS_COMMAND, origin: '', n: 0 };
  world.lifecycle.push({ type: 'start', spec: specOf(world, record) });
  if (record.diskFault !== undefined)
    orderProcess(world, record, { type: 'disk', ...record.diskFault });
  for (const key of Object.keys(record.settings).sort()) {
    orderProcess(world, record, { type: 'set', key, value: record.settings[key] as string });
  }
}

/** Puts an order into a process's inbox, to happen at the playhead. */
export function orderProcess(world: World, record: ProcessRecord, command: ProcessCommand): void {
  pushOrder(world, record, { type: 'command', command });
}

export function pushOrder(world: World, record: ProcessRecord, value: InboxItem['value']): void {
  world.orders += 1;
  const item: InboxItem = {
    time: world.now,
    class: CLASS_COMMAND,
    origin: '',
    n: world.orders,
    value,
  };
  record.inbox.push(item);
  // A paused process hears of it when it resumes.
  if (record.status === 'paused' && value.type !== 'pause' && value.type !== 'resume') return;
  const { next } = record;
  // An order of class 0 comes first at its time, unless the start or an earlier order stands before it.
  if (next === undefined || next.time > item.time || next.class !== CLASS_COMMAND) {
    record.next = { time: item.time, class: item.class, origin: '', n: item.n };
  }
}

function specOf(world: World, record: ProcessRecord): ProcessSpec {
  const { config } = world;
  const base = {
    name: record.name,
    incarnation: record.incarnation,
    startAt: world.now,
    seed: config.seed,
    timing: config.timing,
  };
  switch (record.kind) {
    case 'server':
      return {
        type: 'server',
        ...base,
        sid: record.index,
        voters: record.voters,
        config: config.config,
        switches: config.profile === 'as-recorded' ? SWITCHES_AS_RECORDED : [],
        disk: copyDisk(record.disk),
      };
    case 'client': {
      const client = record.client;
      assert(client !== undefined, 'a client process has its settings');
      const { timeoutMs, ...given } = client;
      const sessionTimeout = timeoutMs ?? SESSION_TIMEOUT_MS;
      return { type: 'client', ...base, ...given, sessionTimeout };
    }
    case 'app': {
      assert(record.app !== undefined, 'a process of the application has its settings');
      return { type: 'app', ...base, settings: record.app };
    }
    case 'probe':
      return { type: 'probe', ...base };
  }
}

/** The lists of records are the process's own; a record itself never changes. */
function copyDisk(disk: DiskImage): DiskImage {
  const copy: DiskImage = {};
  for (const file in disk) {
    const { records, synced } = disk[file] as DiskImage[string];
    copy[file] = { records: records.slice(), synced };
  }
  return copy;
}
