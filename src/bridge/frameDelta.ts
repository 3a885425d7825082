/**
 * A frame on its way to the page without what the page has: most of a frame is
 * the same as the one before, and a copy of it costs both ends more than the
 * step itself. The page puts the parts together again; what did not change is
 * then the same object as before, so that nothing that shows it is drawn anew.
 *
 * Both ends must speak of the same frame before: the one that was sent last.
 */
import { shareEqual } from '../base/shareEqual';
import type { Frame, MessageView, ProcessView, Section } from './frame';

/** What was left out of a frame because the frame before has it. */
export interface Kept {
  /** By process: names of all its sections, in their order; those that are absent are kept. */
  sections: Record<string, string[]>;
  /** A place in `messages` of the frame before, or -1 for the next of those that came along. */
  messages: number[];
}

export interface ThinFrame {
  frame: Frame;
  kept: Kept;
}

/** `frame` without what `before` has too: the same section objects, the same messages in flight. */
export function thinFrame(frame: Frame, before: Frame): ThinFrame {
  const processes: Record<string, ProcessView> = {};
  const kept: Kept = { sections: {}, messages: [] };
  for (const [name, view] of Object.entries(frame.processes)) {
    const old = before.processes[name]?.sections ?? {};
    const names = Object.keys(view.sections);
    const changed: Record<string, Section> = {};
    for (const key of names) {
      const section = view.sections[key] as Section;
      if (section !== old[key]) changed[key] = section;
    }
    processes[name] = { ...view, sections: changed };
    kept.sections[name] = names;
  }
  const places = new Map(before.messages.map((message, i) => [message.id, i]));
  const messages: MessageView[] = [];
  for (const message of frame.messages) {
    const place = places.get(message.id) ?? -1;
    const old = before.messages[place];
    const isKept = old !== undefined && isSameMessage(message, old);
    kept.messages.push(isKept ? place : -1);
    if (!isKept) messages.push(message);
  }
  return { frame: { ...frame, processes, messages }, kept };
}

/**
 * The whole frame again; what came along but says the same as before is the object from before as well. Throws when
 * `before` is not the frame that was left out from.
 */
export function wholeFrame({ frame, kept }: ThinFrame, before: Frame): Frame {
  const processes: Record<string, ProcessView> = {};
  for (const [name, view] of Object.entries(frame.processes)) {
    const old = before.processes[name];
    const sections: Record<string, Section> = {};
    for (const key of kept.sections[name] ?? []) {
      const [then, now] = [old?.sections[key], view.sections[key]];
      const section =
        then !== undefined && now !== undefined ? shareEqual(then, now) : (now ?? then);
      if (section === undefined) throw new Error(`the frame before has no ${key} of ${name}`);
      sections[key] = section;
    }
    const whole = { ...view, sections };
    processes[name] = old !== undefined && isSameProcess(whole, old) ? old : whole;
  }
  let next = 0;
  const messages = kept.messages.map((place) => {
    const message = place >= 0 ? before.messages[place] : frame.messages[next++];
    if (message === undefined) throw new Error(`the frame before has no message ${place}`);
    return message;
  });
  const { links, connections, checks } = before;
  return {
    ...frame,
    processes,
    messages,
    links: shareEqual(links, frame.links),
    connections: shareEqual(connections, frame.connections),
    checks: shareEqual(checks, frame.checks),
  };
}

/** The packet of a flight is one object for as long as it flies: another run's is another one. */
function isSameMessage(a: MessageView, b: MessageView): boolean {
  return (
    a.packet === b.packet &&
    a.kind === b.kind &&
    a.from === b.from &&
    a.to === b.to &&
    a.sentAt === b.sentAt &&
    a.arrivesAt === b.arrivesAt &&
    a.waits === b.waits &&
    a.sent === b.sent
  );
}

function isSameProcess(a: ProcessView, b: ProcessView): boolean {
  const names = Object.keys(a.sections);
  return (
    a.kind === b.kind &&
    a.status === b.status &&
    a.incarnation === b.incarnation &&
    a.exit?.code === b.exit?.code &&
    a.exit?.reason === b.exit?.reason &&
    a.formerSessions === b.formerSessions &&
    names.length === Object.keys(b.sections).length &&
    names.every((name) => a.sections[name] === b.sections[name])
  );
}
