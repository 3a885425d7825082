/** What a message says on this page: what it does, to what, and in which colour. */
import type { MessageView } from '../../../../bridge/frame';
import { shortPath, taskOfPath } from '../views/taskPaths';
import { tokenText } from '../views/words';

export interface MessageWords {
  /** `create`, `NodeDeleted`, `write`: what it is. */
  head: string;
  /** `/tasks/task-3`, `5 · task-3 to w-1`: to what; may be empty. */
  rest: string;
  hue: 'request' | 'reply' | 'event' | 'store' | 'good' | 'broken' | 'refused' | 'tcp' | 'packet';
  /** The task that it is about. */
  task?: string;
  isWrite?: boolean;
}

/** Answers that end something; others are in the course of things. */
const GRAVE: readonly string[] = ['SESSIONEXPIRED', 'CONNECTIONLOSS', 'SESSIONMOVED'];
/** Longer texts would cover what they fly to. */
const REST_MAX = 22;
const STORE_MAX = 15;

export function messageWords({ kind, packet, request }: MessageView): MessageWords {
  switch (packet?.kind) {
    case 'STORE': {
      const task = /^(task-\d+)/.exec(packet.text)?.[1];
      return {
        head: 'write',
        rest: cutEnd(
          `${tokenText(packet.token)} · ${shortTexts(packet.text).replace(/ to w-\d+$/, '')}`,
        ),
        hue: 'store',
        isWrite: true,
        ...(task === undefined ? {} : { task }),
      };
    }
    case 'STORED':
      return {
        head: packet.outcome,
        rest: packet.outcome === 'refused' ? `< ${tokenText(packet.seen)}` : '',
        hue: packet.outcome === 'refused' ? 'refused' : 'good',
      };
    case 'EVENT': {
      const task = taskOfPath(packet.path);
      return {
        head: packet.type.replace(/^Node/, ''),
        rest: cut(placeText(packet.path)),
        hue: 'event',
        ...(task === undefined ? {} : { task }),
      };
    }
    default:
  }
  if (kind === 'REQUEST' || kind === 'REPLY') {
    const path = request?.path;
    const parts = partsOf(packet);
    const task = taskOfPath(path) ?? parts.map(taskOfPath).find((found) => found !== undefined);
    const failed = packet?.kind === 'REPLY' && packet.err !== 'OK' ? packet.err : undefined;
    return {
      head: opWord(request?.op ?? kind),
      rest: failed ?? cut(placeText(path ?? parts[0] ?? '')),
      hue: kind === 'REQUEST' ? 'request' : GRAVE.includes(failed ?? '') ? 'refused' : 'reply',
      ...(request === undefined ? {} : { isWrite: request.isWrite }),
      ...(task === undefined ? {} : { task }),
    };
  }
  const isTcp = kind === 'SYN' || kind === 'ACCEPT' || kind === 'FIN';
  const isBroken = kind === 'RST' || kind === 'REFUSE';
  return { head: kind, rest: '', hue: isBroken ? 'broken' : isTcp ? 'tcp' : 'packet' };
}

/** Paths of the parts of a multi on its way. */
function partsOf(packet: MessageView['packet']): string[] {
  if (packet?.kind !== 'REQUEST' || !('body' in packet) || !('ops' in packet.body)) return [];
  const paths = packet.body.ops.map(({ path }) => path ?? '');
  // A check says least of what it is about.
  return [...paths.filter((path) => taskOfPath(path) !== undefined), ...paths];
}

/** As zkCli says it, where that is shorter. */
function opWord(op: string): string {
  if (op.startsWith('getChildren')) return 'ls';
  if (op === 'create2' || op === 'createTTL') return 'create';
  return op.replace(/^(get|set|add)Data$/, '$1');
}

function shortTexts(text: string): string {
  return text.replace(/\btask-0*(\d)/g, 'task-$1');
}

/** `task-3`, `w-1/task-3`, `status/task-3`: the root of what waits goes without saying. */
function placeText(path: string): string {
  const short = shortPath(path);
  return taskOfPath(path) === undefined ? short : short.replace(/^\/(tasks\/|assign\/|)/, '');
}

function cutEnd(text: string): string {
  return text.length <= STORE_MAX ? text : `${text.slice(0, STORE_MAX - 1)}…`;
}

function cut(text: string): string {
  return text.length <= REST_MAX ? text : `…${text.slice(1 - REST_MAX)}`;
}

/** What only sets connections up says enough as a dot. */
export function isQuiet({ idle, kind }: MessageView): boolean {
  return idle === true || kind === 'SYN' || kind === 'ACCEPT' || kind === 'FIN';
}

/** Estimated width of its capsule, design pixels. */
export function wordsWidth({ head, rest }: MessageWords): number {
  return 20 + head.length * 6.4 + (rest === '' ? 0 : 6 + rest.length * 6.7);
}
