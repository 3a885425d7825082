/** Sentences for what comes from outside a process: timers, orders, connections. */
import { isServer } from '../../../bridge/names';
import type { Caption, Happening } from './captionTypes';
import { electedCaption, roleLostCaption } from './captionElection';

export function timerCaption(event: Happening): Caption | undefined {
  const { head, say, step } = event;
  const name = head.name ?? '';
  const elected = electedCaption(event);
  if (elected !== undefined) return elected;
  const lost = roleLostCaption(event);
  if (lost !== undefined) return lost;
  if (!isServer(head.process)) return clientTimer(event);
  if (name === 'SessionTracker') {
    const expired = step('sessionClosing');
    return expired === undefined
      ? say('caption.timer.sessionsNone')
      : say('caption.timer.sessionExpired', {}, expired);
  }
  if (name === 'ContainerManagerTask') {
    return head.request === undefined
      ? say('caption.timer.containersNone')
      : say('caption.timer.container');
  }
  if (name === 'readOnly.start') {
    return say(step('serving') ? 'caption.timer.readOnly' : 'caption.timer.readOnlyLate');
  }
  if (name === 'leader.tick') {
    return step('close') ? say('caption.timer.learnerDropped') : say('caption.timer.tick');
  }
  if (name === 'leader.wait') return say('caption.timer.leaderWait');
  if (name.startsWith('handler.')) {
    return say('caption.timer.learnerSilent', { sid: name.slice('handler.'.length) });
  }
  if (name === 'learner.retry') return say('caption.timer.learnerRetry');
  if (name === 'learner.read') return say('caption.timer.learnerRead');
  // What is left are the polls of the election: nobody answered in time.
  const asked = step('send') ?? step('open');
  return say(asked === undefined ? 'caption.timer.electionWaits' : 'caption.timer.electionAsks');
}

function clientTimer({ head, say, step }: Happening): Caption | undefined {
  switch (head.name) {
    case 'ping':
      return step('close') ? say('caption.timer.clientSilent') : say('caption.timer.clientPing');
    case 'timeout':
      return say('caption.timer.clientTimeout');
    case 'cleanup': {
      const lost = step('result');
      if (lost !== undefined) return say('caption.timer.clientLost', {}, lost);
      return say(step('open') ? 'caption.timer.clientConnects' : 'caption.timer.clientCleanup');
    }
    case 'rwPing':
      return say(step('open') ? 'caption.timer.clientAsksRw' : 'caption.timer.clientRwWaits');
    case 'connect':
      return say(step('open') ? 'caption.timer.clientConnects' : 'caption.timer.clientNoHost');
    default:
      return undefined;
  }
}

/** What a person ordered, and a process that begins. */
export function orderCaption(event: Happening): Caption | undefined {
  const { head, say, step } = event;
  if (head.type === 'start') {
    if (!isServer(head.process)) return say('caption.start.client');
    const loaded = step('load');
    return loaded === undefined
      ? say('caption.start.server')
      : say('caption.start.recovered', {}, loaded);
  }
  const lost = roleLostCaption(event);
  if (lost !== undefined) return lost;
  if (head.name === 'console') {
    const line = String(head.detail?.['line'] ?? '');
    const sent = step('send');
    return sent === undefined
      ? say('caption.order.typed', { line })
      : say('caption.order.typedAndSends', { line }, sent);
  }
  if (head.name === '4lw') {
    const word = String(head.detail?.['word'] ?? '');
    return say('caption.order.fourLetter', { word, sid: Number(head.detail?.['server'] ?? 0) });
  }
  if (head.name === 'library') return say('caption.order.library');
  if (head.name === 'probe') return say('caption.order.probe');
  const [name = '', ...rest] = (head.name ?? '').split(' ');
  switch (name) {
    case 'freeze':
    case 'thaw':
    case 'step':
      return say(`caption.order.${name}`, { thread: head.thread ?? '' });
    case 'disk':
      return say('caption.order.disk', { fault: rest.join(' ') });
    case 'set':
      return say('caption.order.set', { key: rest[0] ?? '', value: rest.slice(1).join(' ') });
    default:
  }
  return worldOrder(event);
}

/** What a person did to the world: crash, cut and their like. They stand in no event. */
function worldOrder({ head, say }: Happening): Caption | undefined {
  const text = String(head.detail?.['text'] ?? '');
  const name = head.name ?? '';
  switch (name) {
    case 'cut':
      return say(text.endsWith('oneway') ? 'caption.order.cutOneWay' : 'caption.order.cut');
    case 'heal':
      return say(head.peer === undefined ? 'caption.order.healAll' : 'caption.order.heal');
    case 'hold':
    case 'release':
    case 'latency':
    case 'reset':
      return say(`caption.order.${name}`, { channel: head.channel ?? '' });
    case 'partition':
      return say('caption.order.partition', { groups: text.slice('partition '.length) });
    case 'crash':
    case 'pause':
    case 'resume':
    case 'wipe':
    case 'deliver':
      return say(`caption.order.${name}`);
    default:
      return undefined;
  }
}

/** Connections: asked for, accepted, refused, ended. */
export function linkCaption(event: Happening): Caption | undefined {
  const lost = roleLostCaption(event);
  if (lost !== undefined) return lost;
  const { head, say, step } = event;
  const channel = head.channel ?? '';
  const isAtServer = isServer(head.process);
  switch (head.type) {
    case 'connect':
      return say(
        step('accept') ? `caption.link.accepts.${channel}` : `caption.link.refuses.${channel}`,
      );
    case 'accepted':
      if (channel === 'quorum') return say('caption.link.accepted.quorum');
      if (channel === 'election') return say('caption.link.accepted.election');
      if (step('send', (s) => s.kind === 'FOURLETTER')) {
        const word = step('send')?.name ?? '';
        return say('caption.link.accepted.fourLetter', { word });
      }
      return say(step('send') ? 'caption.link.accepted.client' : 'caption.link.accepted.late');
    case 'refused':
      return say(isAtServer ? `caption.link.refused.${channel}` : 'caption.link.refused.byServer');
    case 'closed':
      return say(isAtServer ? `caption.link.closed.${channel}` : 'caption.link.closed.byServer');
    default:
      return undefined;
  }
}
