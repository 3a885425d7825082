/** The lines of the page of the application with how they stand: connected, looking for a server, dead. */
import type { Frame } from '../../../../bridge/frame';
import { type ProcessName, serverName } from '../../../../bridge/names';
import { sectionOf } from '../../../parts/sections';
import { lengthOf, type Point, pointAt } from '../../stage/geometry/shapes';
import type { LineView } from '../../stage/links/Links';
import { faultBetween } from '../../stage/links/linkFaults';
import { sessionState, type Truth } from '../views/truth';
import type { AppLayout } from './appLayout';

export interface AppLine extends LineView {
  /** Where the number of the server stands; none on a line to the storage. */
  sign?: Point;
  /** The leader knows its session no more, and it has not heard of that. */
  isLost?: true;
}

/** What is true for a process: what its own ensemble says. */
export type TruthFor = (name: ProcessName) => Truth;

export function appLines(frame: Frame, layout: AppLayout, truthFor: TruthFor): AppLine[] {
  return [...serverLines(frame, layout, truthFor), ...storageLines(frame, layout)];
}

function serverLines(frame: Frame, layout: AppLayout, truthFor: TruthFor): AppLine[] {
  return Object.entries(layout.toBoard).flatMap(([name, { line }]) => {
    const process = frame.processes[name];
    const client = sectionOf(process, 'client', 'client');
    const isDown = process === undefined || process.status === 'down';
    // A dead one has no server; the link that is out of order says which it was.
    const sid = client?.server ?? cutServer(frame, layout, name as ProcessName);
    const b = sid === undefined ? ('' as ProcessName) : serverName(sid);
    const isConnected = client?.state === 'CONNECTED' && !isDown;
    const view: AppLine = {
      a: name as ProcessName,
      b,
      look: isConnected ? 'rim' : 'thinRim',
      line,
      label: pointAt(line, 0.4),
      isDead: false,
    };
    const end = line.at(-1);
    if (isConnected && end !== undefined) view.sign = end;
    const session = sessionState(truthFor(name as ProcessName), client?.sessionId);
    if (!isDown && session === 'gone') view.isLost = true;
    return [view];
  });
}

function cutServer(frame: Frame, layout: AppLayout, name: ProcessName) {
  return Object.keys(layout.servers)
    .map(Number)
    .find((sid) => faultBetween(frame.links, name, serverName(sid)) !== undefined);
}

function storageLines(frame: Frame, layout: AppLayout): AppLine[] {
  return Object.entries(layout.toStorage).map(([ends, { line }]) => {
    const [a, b] = ends.split('>') as [ProcessName, ProcessName];
    const isOpen = frame.connections.some(
      (one) => one.channel === 'app' && one.a === a && one.b === b && one.state === 'open',
    );
    return {
      a,
      b,
      look: isOpen ? 'rim' : 'dotted',
      line,
      label: pointAt(line, Math.min(0.5, 40 / Math.max(1, lengthOf(line)))),
      isDead: false,
    };
  });
}
