/**
 * From a law about one ensemble to a `Check` over a whole run: finds the
 * ensemble that an entry belongs to, keeps the number of the event, and holds
 * on to the first break.
 */
import { assert } from '../../base/assert';
import type { Broken, Check } from '../../bridge/check';
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
  /** Entries of other types are not looked at. */
  types: readonly EntryType[];
  initial(facts: EnsembleFacts): S;
  /** `server` is the index of the entry's process in the ensemble; -1 for a client. Returns why the law is broken. */
  step(state: S, entry: TraceEntry, server: number): Said | undefined;
}

export interface LawState<S> {
  /** By process: ensemble * 256 + index of the server + 1 (0 for a client). */
  places: Record<string, number>;
  ensembles: S[];
  /** Global number of the event that is being read. */
  event: number;
  broken?: Broken;
}

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
      event: 0,
    }),
    feed(state, entries) {
      const { picked, masks, events, lastEvent } = pick(entries);
      for (let i = 0; i < picked.length; i += 1) {
        if (((masks[i] as number) & bit) === 0 || state.broken !== undefined) continue;
        const event = events[i] as number;
        see(law, state, picked[i] as TraceEntry, event > 0 ? event : state.event);
      }
      if (lastEvent > 0) state.event = lastEvent;
    },
    broken: (state) => state.broken,
  };
  return check;
}

function see<S>(law: Law<S>, state: LawState<S>, entry: TraceEntry, event: number): void {
  const place = placeOfEntry(state.places, entry);
  const ensemble = state.ensembles[place >> 8];
  if (ensemble === undefined) return;
  const why = law.step(ensemble, entry, (place & 255) - 1);
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
}

let newest: Batch = { of: [], picked: [], masks: [], events: [], lastEvent: 0 };

/**
 * Most entries are asked for by no check, and all checks are fed the same batch
 * one after the other: so it is looked through once. A mere memo, on which no
 * result depends as long as nobody changes a batch that he has fed.
 */
function pick(entries: readonly TraceEntry[]): Batch {
  if (newest.of === entries && newest.of.length === entries.length) return newest;
  const batch: Batch = { of: entries, picked: [], masks: [], events: [], lastEvent: 0 };
  for (let i = 0; i < entries.length; i += 1) {
    const entry = entries[i] as TraceEntry;
    if (entry.event !== undefined) batch.lastEvent = entry.event;
    const mask = READERS[entry.type];
    if (mask === undefined) continue;
    batch.picked.push(entry);
    batch.masks.push(mask);
    batch.events.push(batch.lastEvent);
  }
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
  for (const { letter, hosts } of config.clients) {
    places[`client ${letter}`] = (places[String(hosts[0])] ?? 0) & ~255;
  }
  return places;
}

/** A client that a command added later belongs where its messages come from. */
function placeOfEntry(places: Record<string, number>, entry: TraceEntry): number {
  const known = places[entry.process];
  if (known !== undefined) return known;
  return entry.peer === undefined ? 0 : (places[entry.peer] ?? 0) & ~255;
}
