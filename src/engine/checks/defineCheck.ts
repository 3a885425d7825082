/**
 * From a law about one ensemble to a `Check` over a whole run: finds the
 * ensemble that an entry belongs to, keeps the number of the event, and holds
 * on to the first break.
 */
import type { Broken, Check } from '../../bridge/check';
import type { WorldConfig } from '../../bridge/recording';
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
  step(state: S, entry: TraceEntry, server: number): string | undefined;
}

export interface LawState<S> {
  /** By process: ensemble * 256 + index of the server + 1 (0 for a client). */
  places: Record<string, number>;
  ensembles: S[];
  /** Global number of the event that is being read. */
  event: number;
  broken?: Broken;
}

/** A check that can also be fed one entry at a time, so that one pass over the trace serves all of them. */
export interface LawCheck<S = unknown> extends Check<LawState<S>> {
  readonly types: readonly EntryType[];
  /** One entry of one of `types`, which belongs to `event`. */
  see(state: LawState<S>, entry: TraceEntry, event: number): void;
}

/** What a law keeps is its own business: outside it is only state of that check. */
export function defineCheck<S>(law: Law<S>): LawCheck {
  const check: LawCheck<S> = checkOf(law);
  return check;
}

function checkOf<S>(law: Law<S>): LawCheck<S> {
  const wanted: Record<string, boolean> = {};
  for (const type of law.types) wanted[type] = true;

  const see = (state: LawState<S>, entry: TraceEntry, event: number): void => {
    if (state.broken !== undefined) return;
    const place = placeOfEntry(state.places, entry);
    const ensemble = state.ensembles[place >> 8];
    if (ensemble === undefined) return;
    const why = law.step(ensemble, entry, (place & 255) - 1);
    if (why !== undefined) state.broken = { event, explanation: why };
  };

  return {
    name: law.name,
    types: law.types,
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
      for (const entry of entries) {
        if (entry.event !== undefined) state.event = entry.event;
        if (wanted[entry.type] === true) see(state, entry, state.event);
      }
    },
    broken: (state) => state.broken,
    see,
  };
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
