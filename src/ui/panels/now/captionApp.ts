/** Sentences for what the programs of the application write down, and for what only they meet. */
import type { AppTrace, AppTraceName } from '../../../bridge/app';
import type { TraceEntry } from '../../../bridge/traceEntry';
import { zxidShort } from '../../parts/requestText';
import type { Caption, Happening, Value } from './captionTypes';

/** Of what one event wrote down, the first of these is told. */
const TELLING: readonly AppTraceName[] = [
  'stored',
  'consumed',
  'found',
  'acknowledged',
  'uncertain',
  'reported',
  'failedRun',
  'executed',
  'effect',
  'step',
  'begin',
  'suspended',
  'resumed',
  'workerRegistered',
  'masterState',
  'recoverySkipped',
  'requeued',
  'anew',
  'dropped',
  'noWorker',
  'assigned',
  'choose',
  'masterPhase',
  'released',
  'submitted',
];

/** Undefined when the application has nothing to do with this event, or nothing to say. */
export function appCaption(event: Happening): Caption | undefined {
  const told = TELLING.map((name) =>
    [event.head, ...event.steps].find((entry) => entry.type === 'app' && entry.name === name),
  ).find((entry) => entry !== undefined);
  return told === undefined ? outside(event) : tell(event, told);
}

function tell({ say }: Happening, { name = '', detail = {} }: TraceEntry): Caption {
  const values = valuesOf(detail);
  switch (name as AppTraceName) {
    case 'masterState': {
      const { state, token } = detail as unknown as AppTrace['masterState'];
      return state === 'ELECTED' && token !== null
        ? say('caption.app.masterState.token', values)
        : say(`caption.app.masterState.${state}`, values);
    }
    case 'masterPhase':
      return say(`caption.app.masterPhase.${detail['phase']}`, values);
    case 'requeued':
      return say(detail['isEmpty'] ? 'caption.app.requeuedEmpty' : 'caption.app.requeued', values);
    case 'dropped':
      return say(`caption.app.dropped.${detail['why']}`, values);
    case 'recoverySkipped':
      return say(`caption.app.recoverySkipped.${detail['why']}`, values);
    case 'workerRegistered':
      return detail['can'] === null
        ? say('caption.app.workerRegistered', values)
        : say('caption.app.workerRegistered.can', values);
    case 'reported':
      return say(`caption.app.reported.${detail['status']}`, values);
    case 'consumed':
      return detail['status'] === 'swept'
        ? say('caption.app.consumed.swept', values)
        : say('caption.app.consumed', values);
    case 'submitted':
      return say(`caption.app.submitted.${detail['kind']}`, values);
    case 'stored':
      return say(`caption.app.stored.${detail['outcome']}`, {
        ...values,
        what: { key: `caption.app.what.${detail['what']}`, values: {} },
      });
    default:
      return say(`caption.app.${name}`, values);
  }
}

/** Numbers of znodes without their zeros, tokens in short. */
function valuesOf(detail: NonNullable<TraceEntry['detail']>): Record<string, Value> {
  const values: Record<string, Value> = {};
  for (const [key, value] of Object.entries(detail)) {
    if (typeof value === 'number') {
      const isToken = key === 'token' || key === 'seen';
      values[key] = isToken && value >= 2 ** 32 ? zxidShort(value as never) : value;
    } else if (typeof value === 'string') {
      values[key] = value.replace(/-0*(\d+)$/, '-$1').replace(/^worker-(?=w-)/, '');
    }
  }
  return values;
}

/** What comes to a program from outside and leads to no word of its own. */
function outside({ head, say, step }: Happening): Caption | undefined {
  if (head.channel === 'app') {
    switch (head.type) {
      case 'deliver':
        return say('caption.app.answered');
      case 'connect':
        return say(step('accept') ? 'caption.app.link.accepts' : 'caption.app.link.refuses');
      case 'accepted':
        return say('caption.app.link.accepted');
      case 'refused':
      case 'closed':
        return say('caption.app.link.closed');
      default:
        return undefined;
    }
  }
  if (head.type === 'start') {
    return head.process.startsWith('storage ') ? say('caption.app.start.storage') : undefined;
  }
  if (head.type === 'command' && head.head === true && ORDERS.includes(head.name ?? '')) {
    return say(`caption.app.order.${head.name}`);
  }
  if (head.type !== 'timer') return undefined;
  const sent = step('send', (s) => s.kind === 'REQUEST');
  if (TIMERS.includes(head.name ?? '')) {
    return sent === undefined ? say('caption.app.timer') : say('caption.app.timer.sends', {}, sent);
  }
  return undefined;
}

const ORDERS: readonly string[] = ['fail', 'fencing'];
/** Of the programs themselves; their library has others. */
const TIMERS: readonly string[] = ['storage', 'sweep', 'step', 'thread', 'newSession'];
