/** The names that tests and screen readers hold on to, in the markup of the parts of the stage. */
import { renderToStaticMarkup } from 'react-dom/server';
import type { ReactNode } from 'react';
import { describe, expect, test } from 'vitest';
import type { Frame, ProcessView } from '../../../bridge/frame';
import { startTexts } from '../../i18n/i18n';
import { SessionLettersContext, sessionLetters } from '../../parts/sessions';
import { ClientPill } from './clients/ClientPill';
import { flyingAcks } from './composition';
import { request } from './fixtures/build';
import {
  crowded,
  fiveInElection,
  fiveServing,
  leaderCrashed,
  writeAtFollower,
} from './fixtures/frames';
import { Capsules } from './links/Capsules';
import { Links } from './links/Links';
import { planOf } from './motion/flightPlan';
import { flightsOf } from './motion/useFlights';
import { drawStage, type Picture } from './picture';
import { ServerCard } from './server/ServerCard';

startTexts();

const pictureOf = (
  frame: Frame,
  composition: 'line' | 'ring' = 'line',
  top = 3,
  height = 480,
): Picture => drawStage(frame, { width: 1280, height, composition, top });

const markup = (frame: Frame, node: ReactNode) =>
  renderToStaticMarkup(
    <SessionLettersContext value={sessionLetters(frame)}>{node}</SessionLettersContext>,
  );

function card(
  frame: Frame,
  sid: number,
  composition: 'line' | 'ring' = 'line',
  top = 3,
  height = 480,
): string {
  const place = pictureOf(frame, composition, top, height).layout.cards[sid];
  const process = frame.processes[String(sid)];
  if (place === undefined || process === undefined) throw new Error(`no server ${sid}`);
  return markup(
    frame,
    <ServerCard
      process={process}
      sid={sid}
      place={place}
      isSelected={false}
      flying={flyingAcks(frame)[sid] ?? {}}
    />,
  );
}

/** Names of the elements of a tag, in order. */
const names = (html: string, tag: string) =>
  [...html.matchAll(new RegExp(`<${tag}[^>]*? aria-label="([^"]*)"`, 'g'))].map((m) => m[1]);

const textOf = (html: string) => html.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');

describe('a server', () => {
  const frame = writeAtFollower();

  test('is a group with its processors as groups, and its description', () => {
    const html = card(frame, 3);
    expect(names(html, 'div')).toEqual(
      expect.arrayContaining([
        'Server 3',
        'LeaderRequestProcessor',
        'PrepRequestProcessor',
        'ProposalRequestProcessor',
        'CommitProcessor',
        'ToBeAppliedRequestProcessor',
        'FinalRequestProcessor',
        'SyncRequestProcessor',
        'AckRequestProcessor',
      ]),
    );
    const description = /<span id="server-3-role".*?<\/header>/.exec(html)?.[0] ?? '';
    expect(textOf(description)).toContain('Leader LEADING · BROADCAST · epoch 1');
  });

  test('is a station per processor without a box of its own, each with what a story lights', () => {
    const html = card(frame, 3);
    const stations = [...html.matchAll(/aria-label="(\w+)" data-station/g)].map(([, name]) => name);
    expect(stations.length).toBe(7);
    expect(stations).not.toContain('CommitProcessor');
    expect([...html.matchAll(/data-light/g)].length).toBe(stations.length);
  });

  test('has each queue as a list under the name of its field, each request as an item', () => {
    const html = card(frame, 1);
    expect(names(html, 'ul')).toEqual(
      expect.arrayContaining([
        'queuedRequests',
        'queuedWriteRequests',
        'pendingRequests of a',
        'committedRequests',
        'pendingTxns',
      ]),
    );
    const items = names(html, 'li');
    expect(items).toContain('create /a a cxid 5');
    expect(items).toContain('getData /a a cxid 6');
    expect(items).toContain('create /a a cxid 5 zxid 0x100000005');
  });

  test('far out, lists what waits before a frozen thread', () => {
    const serving = fiveServing();
    expect(names(card(serving, 1, 'line', 5, 620), 'ul')).not.toContain('SyncRequestProcessor');
    const section = serving.processes['1']?.sections.SyncRequestProcessor;
    if (section?.type !== 'processor') throw new Error('no SyncRequestProcessor');
    section.frozen = true;
    section.queues[0]?.items.push(request('a', 7, 'create', '/late'));
    const html = card(serving, 1, 'line', 5, 620);
    expect(names(html, 'ul')).toContain('SyncRequestProcessor');
    expect(names(html, 'li')).toContain('create /late a cxid 7');
  });

  test('leads with the ledger: zxid, operation, path, acknowledgements', () => {
    const html = card(frame, 3);
    expect(html).toContain('<table aria-label="outstandingProposals">');
    const rows = [...html.matchAll(/<tr>(.*?)<\/tr>/g)].map(([, row = '']) =>
      [...row.matchAll(/<td[^>]*>(.*?)<\/td>/g)].map(([, cell = '']) => textOf(cell).trim()),
    );
    expect(rows).toEqual([
      ['0x100000005', 'create', '/a', '1 of 3: 3', '1 of 3, an ack is on its way'],
      ['0x100000006', 'create', '/b', '0 of 3', '0 of 3, waits for 2 acks'],
    ]);
  });

  test('has its znodes as a tree', () => {
    const html = card(frame, 2);
    expect(html).toContain('role="tree" aria-label="znodes of server 2"');
    expect(html).toContain('aria-label="/workers/w-1 ephemeral of session a"');
  });

  test('can be crashed and paused where it stands; a dead one restarted and wiped', () => {
    const buttons = names(card(frame, 2), 'button');
    expect(buttons).toEqual(expect.arrayContaining(['Crash server 2', 'Pause server 2']));
    const dead = names(card(leaderCrashed(), 3), 'button');
    expect(dead).toEqual(expect.arrayContaining(['Restart server 3', 'Wipe disk of server 3']));
    expect(dead).not.toContain('Crash server 3');
  });

  test('paused, can be resumed', () => {
    const paused = writeAtFollower();
    (paused.processes['2'] as ProcessView).status = 'paused';
    expect(names(card(paused, 2), 'button')).toContain('Resume server 2');
  });

  test('in an election shows its vote and how many agree', () => {
    const text = textOf(card(fiveInElection(), 4, 'ring', 5));
    expect(text).toContain('(1, 0x1·5, 4)');
    expect(text).toContain('2 of 5, needs 3');
  });

  test('with sixty requests still lists them all, and says how many are not drawn', () => {
    const html = card(crowded(), 1);
    const queue = /<ul aria-label="queuedWriteRequests".*?<\/ul>/.exec(html)?.[0] ?? '';
    expect(names(queue, 'li')).toHaveLength(20);
    expect(textOf(queue)).toContain('+19');
  });
});

describe('between servers', () => {
  test('messages are a list by kind, ends and zxid', () => {
    const frame = writeAtFollower();
    const html = markup(
      frame,
      <Capsules
        flights={flightsOf(frame, planOf(pictureOf(frame)))}
        width={1280}
        height={480}
        at={0}
        stepMs={0}
      />,
    );
    expect(names(html, 'ul')).toEqual(['Messages in flight']);
    expect(names(html, 'li')).toEqual([
      'ACK 1 to 3 zxid 0x100000005',
      'PROPOSAL 3 to 1 zxid 0x100000006',
      'PROPOSAL 3 to 2 zxid 0x100000006',
      'REQUEST client a to 1',
    ]);
  });

  test('hundreds of messages stay a list', () => {
    const frame = writeAtFollower();
    const [first] = frame.messages;
    if (first === undefined) throw new Error('the fixture has messages');
    frame.messages = Array.from({ length: 400 }, (_, i) => ({ ...first, id: `m${i}` }));
    const flights = flightsOf(frame, planOf(pictureOf(frame)));
    const html = markup(
      frame,
      <Capsules flights={flights} width={1280} height={480} at={0} stepMs={0} />,
    );
    expect(names(html, 'li')).toHaveLength(400);
    expect(html).not.toContain('<button');
  });

  test('links are groups with cut, and heal where they are cut', () => {
    const frame = leaderCrashed();
    const html = markup(frame, <Links lines={pictureOf(frame).lines} faults={frame.links} />);
    expect(names(html, 'div')).toEqual([
      'Link 1-2',
      'Link 1-3',
      'Link 2-3',
      'Link client a-1',
      'Link client b-2',
    ]);
    const [first = '', second = ''] = html.split('aria-label="Link 1-3"');
    expect(textOf(first)).toMatch(/cut 1 → 2 .*Heal/);
    expect(textOf(second)).not.toContain('Heal');
  });

  test('a client is a group described by state, server and session', () => {
    const frame = writeAtFollower();
    const place = pictureOf(frame).layout.clients.a;
    const process = frame.processes['client a'];
    if (place === undefined || process === undefined) throw new Error('no client a');
    const html = markup(
      frame,
      <ClientPill process={process} place={place} isSelected={false} at={0} />,
    );
    expect(names(html, 'div')).toEqual(['Client a']);
    expect(textOf(html)).toContain('CONNECTED, server 1, session 0x100012ab3c40000');
  });
});
