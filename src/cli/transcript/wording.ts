/**
 * One trace entry in words: what happened, in ZooKeeper's terms, for somebody
 * who knows ZooKeeper and not this code.
 */
import { isServer, shortName } from '../../bridge/names';
import type { RequestRef, TraceEntry } from '../../bridge/traceEntry';
import { sessionText, zxidText, type SessionId } from '../../zk/ids';

/** Letters of sessions as far as they are known: the client's, with a number from its second session on. */
export type SessionLetters = Readonly<Record<SessionId, string>>;

/** `setData /a (a:3)`: operation, path, session and cxid. */
export function requestText(request: RequestRef, letters: SessionLetters): string {
  const path = request.path === undefined ? '' : ` ${request.path}`;
  const letter = letters[request.sessionId] ?? sessionText(request.sessionId);
  return request.cxid > 0
    ? `${request.op}${path} (${letter}:${request.cxid})`
    : `${request.op}${path} (${letter})`;
}

/** The words for an entry; undefined for what a reader can do without. */
export function wordsFor(entry: TraceEntry, letters: SessionLetters): string | undefined {
  const about = aboutText(entry, letters);
  const err = entry.err === undefined || entry.err === 'OK' ? '' : ` ${entry.err}`;
  switch (entry.type) {
    case 'deliver':
      return `receives ${entry.kind}${about} from ${entry.peer}`;
    case 'send':
      return `sends ${entry.kind}${about} to ${entry.peer}`;
    case 'enqueue':
      return `=> ${queueName(entry)}${about}`;
    case 'call':
      return `-> ${entry.name}${about}`;
    case 'append':
      return err === '' ? `appends${about}` : `cannot append${about}:${err}`;
    case 'fsync':
      return entry.zxid === undefined ? undefined : `fsync: durable up to ${zxidText(entry.zxid)}`;
    case 'fsyncFailed':
      return `fsync fails${about}`;
    case 'snapshot':
      return `writes snapshot${about}`;
    case 'truncate':
      return `truncates its log to${about}`;
    case 'load':
      return entry.name === 'start'
        ? `has loaded its database: state${about}`
        : `state after ${entry.name}:${about}`;
    case 'propose':
      return `proposes${about}`;
    case 'ack':
      return `acknowledges${entry.name === undefined ? '' : ` ${entry.name}`}${about}`;
    case 'commit':
      return `commits${about}`;
    case 'apply':
      return `applies${about}${err}`;
    case 'reply':
      return `answers${about}${err}`;
    case 'result':
      return `result of${about}: ${entry.err ?? 'OK'}`;
    case 'violation':
      return `VIOLATION ${entry.name ?? ''}${about}`;
    default:
      return stateWords(entry, about, err);
  }
}

function stateWords(entry: TraceEntry, about: string, err: string): string | undefined {
  const { name, epoch } = entry;
  switch (entry.type) {
    case 'start':
      return 'starts';
    case 'exit':
      return `exits: ${name ?? ''}`.trimEnd();
    case 'serverState':
    case 'zabState':
      return `${entry.type} ${name}`;
    case 'acceptedEpoch':
    case 'currentEpoch':
      return `${entry.type} ${epoch}`;
    case 'vote':
      return `votes for ${entry.sid} (epoch ${epoch}${about})${name ? ` because: ${name}` : ''}`;
    case 'elected':
      return `election over: ${entry.sid} leads`;
    case 'lead':
      return `a quorum accepted epoch ${epoch}`;
    case 'established':
      return `established as leader of epoch ${epoch}`;
    case 'syncMode':
      return `synchronizes ${entry.sid ?? entry.peer} by ${name}${about}`;
    case 'serving':
      return 'serves clients';
    case 'notServing':
      return 'serves no clients';
    case 'sessionOpen':
      return name === 'tracked' ? undefined : `session opens${about}`;
    case 'sessionClosing':
      return `session is closing${about}`;
    case 'sessionClose':
      return `session closed${about}`;
    case 'touch':
      return err === '' ? undefined : `drops${about}:${err}`;
    case 'clientState':
      return `client is ${name}`;
    case 'closed':
      return `loses its connection to ${entry.peer} (${entry.channel})`;
    case 'close':
      return name === undefined ? undefined : `closes a connection: ${name}`;
    case 'app':
      return appWords(entry);
    case 'console':
      return `types: ${entry.detail?.['line'] ?? ''}`;
    default:
      return undefined;
  }
}

/** `choose task task-0000000001, worker w-2`. A step of a task is no milestone. */
function appWords({ name, detail }: TraceEntry): string | undefined {
  if (name === undefined || name === 'step') return undefined;
  const facts = Object.entries(detail ?? {}).map(([key, value]) => `${key} ${value}`);
  return `${name} ${facts.join(', ')}`.trimEnd();
}

function aboutText(entry: TraceEntry, letters: SessionLetters): string {
  const zxid = entry.zxid === undefined || entry.zxid < 0 ? '' : ` ${zxidText(entry.zxid)}`;
  const request = entry.request === undefined ? '' : ` ${requestText(entry.request, letters)}`;
  return zxid + request;
}

function queueName(entry: TraceEntry): string {
  const both = entry.name?.startsWith('queued') ? ` and ${entry.name}` : '';
  return `${entry.thread}.${entry.queue}${both}`;
}

/** The thread on which an event happens, as far as its head tells. */
export function threadOf(head: TraceEntry): string {
  if (!isServer(head.process)) return '';
  if (head.thread !== undefined) return head.thread;
  if (head.type === 'timer') return head.name ?? '';
  switch (head.channel) {
    case 'client':
      return 'NIOWorkerThread';
    case 'election':
      return 'WorkerReceiver';
    default:
      return head.channel === undefined ? '' : 'QuorumPeer';
  }
}

/** `client a` and servers by sid, as the first column has them. */
export function whoText(entry: TraceEntry): string {
  return isServer(entry.process) ? shortName(entry.process) : entry.process;
}
