/**
 * From a law about one ensemble to a `Check` over a whole run: finds the
 * ensemble that an entry belongs to, keeps the number of the event, and holds
 * on to the first break.
 */
import { assert } from '../../base/assert';
import type { Broken, Check } from '../../bridge/check';
import { appName, clientName, readAppName } from '../../bridge/names';
import type { WorldConfig } from '../../bridge/recording';
import type { Said } from '../../bridge/sentences/sentence';
import type { TraceEntry } from '../../bridge/traceEntry';
import type { Sid } from '../../zk/ids';

export type EntryType = TraceEntry['type'];

/** What a law knows of its ensemble before anything happened. */
export interface EnsembleFacts {
  /** Voters, ascending; an index into it stands for a server below. */
  sids: readonly Sid[];
  /** `tickTime`, microseconds. */
  tickMicros: number;
}

export interface Law<S> {
  name: string;
  /** It is about the application: it reads and is listed from the first process of one on. */
  isOfApp?: true;
  /** Entries of other types are not looked at. */
  types: readonly EntryType[];
  initial(facts: EnsembleFacts): S;
  /** `server` is the index of the entry's process in the ensemble; -1 for a client. Returns why the law is broken. */
  step(state: S, entry: TraceEntry, server: number): Said | undefined;
  /** A number instead of a law, summed up over the ensembles. */
  count?(state: S): number;
}

export interface LawState<S> {
  /** By process: ensemble * 256 + index of the server + 1 (0 for a client or the application). */
  places: Record<string, number>;
  ensembles: S[];
  /** A process of the application has been begun. */
  hasApp: boolean;
  /** Global number of the event that is being read. */
  event: number;
  broken?: Broken;
}

/** Of a place: which server of the ensemble. */
const SERVER_BITS = 255;

/** By type of entry: a bit for each check that asks for it. */
const READERS: Record<string, number> = {};
const CHECKS_MAX = 31;
let defined = 0;

/** What a law keeps is its own business: outside it is only state of that check. */
export function defineCheck<S>(law: Law<S>): Check {
  assert(defined < CHECKS_MAX, 'a check has a bit of its own');
  const bit = 1 << defined;
  defined += 1;
  for (const type of law.types) READERS[type] = (READERS[type] ?? 0) | bit;
  const check: Check<LawState<S>> = {
    name: law.name,
    initial: (config) => ({
      places: placesIn(config),
      ensembles: config.ensembles.map(({ servers }) =>
        law.initial({
          sids: [...servers].sort((a, b) => a - b),
          tickMicros: config.config.tickTime * 1000,
        }),
      ),
      hasApp: (config.apps?.length ?? 0) > 0,
      event: 0,
    }),
    feed(state, entries) {
      const { picked, masks, events, lastEvent, appFrom } = pick(entries);
      const from = law.isOfApp && !state.hasApp ? appFrom : 0;
      state.hasApp ||= appFrom < picked.length;
      for (let i = from; i < picked.length; i += 1) {
        if (((masks[i] as number) & bit) === 0 || state.broken !== undefined) continue;
        const event = events[i] as number;
        see(law, state, picked[i] as TraceEntry, event > 0 ? event : state.event);
      }
      if (lastEvent > 0) state.event = lastEvent;
    },
    broken: (state) => state.broken,
  };
  const { count } = law;
  if (law.isOfApp) check.isListed = ({ hasApp }) => hasApp;
  if (count !== undefined) {
    check.count = ({ ensembles }) => ensembles.reduce((sum, state) => sum + count(state), 0);
  }
  return check;
}

function see<S>(law: Law<S>, state: LawState<S>, entry: TraceEntry, event: number): void {
  const place = placeOfEntry(state.places, entry);
  const ensemble = state.ensembles[place >> 8];
  if (ensemble === undefined) return;
  const why = law.step(ensemble, entry, (place & SERVER_BITS) - 1);
  if (why === undefined) return;
  state.broken = { event, explanation: why.message, sentence: why.sentence };
}

/** The entries of a batch that some check asks for. */
interface Batch {
  /** The batch itself, to know it again. */
  of: readonly TraceEntry[];
  picked: TraceEntry[];
  masks: number[];
  /** Global numbers of their events; 0 in front of the first head. */
  events: number[];
  lastEvent: number;
  /** Where the first process of the application starts in it; behind all of them: nowhere. */
  appFrom: number;
}

function emptyBatch(of: readonly TraceEntry[]): Batch {
  return { of, picked: [], masks: [], events: [], lastEvent: 0, appFrom: -1 };
}

let newest: Batch = { ...emptyBatch([]), appFrom: 0 };

/**
 * Most entries are asked for by no check, and all checks are fed the same batch
 * one after the other: so it is looked through once. A mere memo, on which no
 * result depends as long as nobody changes a batch that he has fed.
 */
function pick(entries: readonly TraceEntry[]): Batch {
  if (newest.of === entries && newest.of.length === entries.length) return newest;
  const batch = emptyBatch(entries);
  for (let i = 0; i < entries.length; i += 1) {
    const entry = entries[i] as TraceEntry;
    if (entry.event !== undefined) batch.lastEvent = entry.event;
    const mask = READERS[entry.type];
    if (mask === undefined) continue;
    const isApp = entry.type === 'start' && readAppName(entry.process) !== undefined;
    if (isApp && batch.appFrom < 0) batch.appFrom = batch.picked.length;
    batch.picked.push(entry);
    batch.masks.push(mask);
    batch.events.push(batch.lastEvent);
  }
  if (batch.appFrom < 0) batch.appFrom = batch.picked.length;
  newest = batch;
  return batch;
}

function placesIn(config: WorldConfig): Record<string, number> {
  const places: Record<string, number> = {};
  config.ensembles.forEach(({ servers }, ensemble) => {
    [...servers]
      .sort((a, b) => a - b)
      .forEach((sid, index) => {
        places[String(sid)] = ensemble * 256 + index + 1;
      });
  });
  const ensembleOf = (hosts: readonly Sid[] | undefined) =>
    (places[String(hosts?.[0])] ?? 0) & ~SERVER_BITS;
  for (const { letter, hosts } of config.clients) places[clientName(letter)] = ensembleOf(hosts);
  for (const { role, id, ...app } of config.apps ?? []) {
    // A storage belongs where those are who write to it.
    const user = config.apps?.find((other) => 'storage' in other && other.storage === id);
    const of = 'hosts' in app ? app : user;
    places[appName(role, id)] = ensembleOf(
      of !== undefined && 'hosts' in of ? of.hosts : undefined,
    );
  }
  return places;
}

/** Whoever a command added later belongs where his messages go to and come from. */
function placeOfEntry(places: Record<string, number>, entry: TraceEntry): number {
  const known = places[entry.process];
  if (known !== undefined) return known;
  const peer = entry.peer === undefined ? undefined : places[entry.peer];
  if (peer === undefined) return 0;
  places[entry.process] = peer & ~SERVER_BITS;
  return peer & ~SERVER_BITS;
}
