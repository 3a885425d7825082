/** Messages in flight: what they are called, whether a hold stops them, and how to take them out of a heap. */
import { type Agenda, pushItem } from '../../base/agenda';
import type { Flight, Lane } from './worldState';

/** Removes all flights of that origin and returns them in their order; needed only when a connection or a link changes. */
export function takeFlights(inbound: Agenda<Flight['value']>, origin: string): Flight[] {
  const taken: Flight[] = [];
  for (const item of inbound) if (item.origin === origin) taken.push(item as Flight);
  if (taken.length === 0) return taken;
  const rest = inbound.filter((item) => item.origin !== origin);
  // The array itself stays: lanes share it.
  inbound.length = 0;
  for (const item of rest) pushItem(inbound, item);
  return taken.sort((x, y) => x.n - y.n);
}

/** Whether a hold begins at this message. */
export function isHeld(lane: Lane, flight: Flight): boolean {
  return lane.held && (lane.only === undefined || kindOf(flight) === lane.only);
}

/** The word on the capsule. */
export function kindOf(flight: Flight): string {
  switch (flight.value.type) {
    case 'message':
      return flight.value.packet.kind;
    case 'connect':
      return 'SYN';
    case 'accepted':
      return 'ACCEPT';
    case 'refused':
      return 'REFUSE';
    case 'closed':
      return flight.reset ? 'RST' : 'FIN';
  }
}
