/** A trace entry in a few words, for a line of a journey. */
import type { TraceEntry } from '../../../bridge/traceEntry';

export interface StepText {
  /** Key of the catalogue. */
  key: string;
  values: Record<string, string>;
}

/** Heads whose words say nothing that their results do not say better. */
export function isSilent(head: TraceEntry): boolean {
  return head.type === 'work' || head.type === 'command';
}

export function stepText(entry: TraceEntry): StepText {
  const { type, thread = '', queue = '', name = '', peer = '', kind = '', err = 'OK' } = entry;
  const values = { thread, queue, name, peer, kind, err };
  switch (type) {
    case 'deliver':
      return { key: 'inspector.step.deliver', values };
    case 'send':
      return { key: 'inspector.step.send', values };
    case 'enqueue':
      return { key: 'inspector.step.enqueue', values };
    case 'call':
      return { key: 'inspector.step.call', values };
    case 'work':
      return { key: name === '' ? 'inspector.step.work' : 'inspector.step.workName', values };
    case 'disk':
      return { key: 'inspector.step.disk', values };
    case 'append':
      return { key: 'inspector.step.append', values };
    case 'fsync':
      return { key: 'inspector.step.fsync', values };
    case 'propose':
      return { key: 'inspector.step.propose', values };
    case 'ack':
      return { key: 'inspector.step.ack', values };
    case 'commit':
      return { key: 'inspector.step.commit', values };
    case 'apply':
      return { key: err === 'OK' ? 'inspector.step.apply' : 'inspector.step.applyError', values };
    case 'reply':
      return { key: 'inspector.step.reply', values };
    case 'result':
      return { key: 'inspector.step.result', values };
    default:
      return { key: 'inspector.step.other', values: { ...values, type } };
  }
}
