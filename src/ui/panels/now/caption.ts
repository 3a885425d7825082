/**
 * The sentence of one event: from its trace entries to a key of the catalogue
 * and its values. Pure; the engine speaks no human language, so every kind of
 * event that it can write has its own sentence here.
 */
import type { Frame } from '../../../bridge/frame';
import { isServer, type ProcessName, readAppName, shortName } from '../../../bridge/names';
import type { RequestRef, TraceEntry } from '../../../bridge/traceEntry';
import { counterOf, type Zxid, zxidText } from '../../../zk/ids';
import { appCaption } from './captionApp';
import { deliverCaption } from './captionDeliver';
import { linkCaption, orderCaption, timerCaption } from './captionOutside';
import type { Caption, Happening, Phrase, Surroundings } from './captionTypes';
import { diskCaption, workCaption } from './captionWork';

/** The mark that stands for the chip in a finished sentence. */
export const REQUEST_MARK = '\u0001';

/** Key of the sentence that means: no rule knew this event. A test sees to it that it never comes. */
export const UNKNOWN = 'caption.unknown';

/** Undefined for an event without entries. */
export function captionOf(
  entries: readonly TraceEntry[],
  around: Surroundings,
): Caption | undefined {
  const head = entries[0];
  if (head === undefined) return undefined;
  const event = happening(head, entries.slice(1), around);
  return ruleOf(event) ?? event.say(UNKNOWN, { what: describe(head) });
}

function ruleOf(event: Happening): Caption | undefined {
  if (readAppName(event.head.process) !== undefined) {
    const told = appCaption(event);
    if (told !== undefined) return told;
  }
  switch (event.head.type) {
    case 'deliver':
      return deliverCaption(event);
    case 'work':
      return workCaption(event);
    case 'disk':
      return diskCaption(event);
    case 'timer':
      return timerCaption(event);
    case 'command':
    case 'start':
      return orderCaption(event);
    case 'connect':
    case 'accepted':
    case 'refused':
    case 'closed':
      return linkCaption(event);
    default:
      return undefined;
  }
}

function happening(
  head: TraceEntry,
  steps: readonly TraceEntry[],
  around: Surroundings,
): Happening {
  return {
    head,
    steps,
    around,
    step: (type, is) => steps.find((s) => s.type === type && (is === undefined || is(s))),
    say(key, values, about) {
      const entry = about ?? head;
      const { request } = entry;
      const zxid = entry.zxid ?? head.zxid;
      return {
        key,
        values: {
          who: processPhrase(head.process, around, 'who'),
          self: processPhrase(head.process, around, 'whom'),
          ...(head.peer === undefined ? {} : { peer: processPhrase(head.peer, around, 'whom') }),
          ...(zxid === undefined ? {} : { zxid: zxidText(zxid) }),
          ...(entry.epoch === undefined ? {} : { epoch: entry.epoch }),
          ...values,
        },
        ...(request === undefined ? {} : { request: withZxid(request, entry.zxid) }),
      };
    },
  };
}

function withZxid(request: RequestRef, zxid: Zxid | undefined) {
  return zxid === undefined || zxid < 0 || counterOf(zxid) === 0 ? request : { ...request, zxid };
}

/** `who` begins a sentence, `whom` stands in it. */
export function processPhrase(
  name: ProcessName,
  around: Surroundings,
  place: 'who' | 'whom',
): Phrase {
  const app = readAppName(name)?.role;
  const role = app ?? around.roles[name] ?? (isServer(name) ? 'server' : 'client');
  return { key: `caption.${place}.${role}`, values: { name: shortName(name) } };
}

function describe({ type, name, thread, kind }: TraceEntry): string {
  return [type, name, thread, kind].filter((word) => word !== undefined).join(' ');
}

/** What the frame says of its processes. */
export function surroundingsOf(frame: Frame): Surroundings {
  const roles: Record<string, 'leader' | 'follower' | 'server' | 'client'> = {};
  const letters: Record<string, string> = {};
  let quorum = 1;
  for (const process of Object.values(frame.processes)) {
    const { role, client } = process.sections;
    roles[process.name] = process.kind === 'server' ? 'server' : 'client';
    if (client?.type === 'client') letters[client.sessionId] = client.letter;
    if (role?.type !== 'role') continue;
    quorum = Math.floor(role.voters.length / 2) + 1;
    if (process.status === 'down' || role.standalone) continue;
    if (role.serverState === 'LEADING') roles[process.name] = 'leader';
    if (role.serverState === 'FOLLOWING') roles[process.name] = 'follower';
  }
  return { roles, letters, quorum };
}

/** Puts a caption into words: phrases inside it first. */
export function wordsOf(
  caption: Phrase,
  t: (key: string, values: Record<string, string | number>) => string,
): string {
  const values: Record<string, string | number> = { request: REQUEST_MARK };
  for (const [name, value] of Object.entries(caption.values)) {
    values[name] = typeof value === 'object' ? wordsOf(value, t) : value;
  }
  return t(caption.key, values);
}
