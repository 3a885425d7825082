/**
 * Moves chips from where they were in the frame before to where they are, along
 * the tracks; and cards to their new places when another server leads.
 *
 * Each sight of a request carries its place. After a frame is drawn, a sight
 * that is new on a server starts from one that vanished there, or from the lane
 * on which its message arrived, or from one that stayed (where the line parts).
 * Only cards of which something changed are measured: to measure makes the
 * browser lay out at once.
 */
import { type RefObject, useLayoutEffect, useRef } from 'react';
import type { Frame } from '../../../../bridge/frame';
import { type ProcessName, shortName } from '../../../../bridge/names';
import type { TraceEntry } from '../../../../bridge/traceEntry';
import { processorsOf } from '../../../parts/sections';
import { requestKey } from '../../../parts/requestText';
import { chainFor } from '../geometry/chain';
import { routeBetween } from '../geometry/route';
import { type Box, centre, type Point } from '../geometry/shapes';
import { laneBetween, type Picture } from '../picture';
import { originOf, type Sight } from './origins';

/** A card's way to its new place, ms. */
const CARD_MS = 700;

interface Drawn {
  frame: Frame;
  picture: Picture;
  /** By card, those of requests. */
  sights: Map<string, ReadonlyMap<string, Sight>>;
}

export function useMotion(
  root: RefObject<HTMLElement | null>,
  frame: Frame,
  trace: readonly TraceEntry[],
  picture: Picture | undefined,
  stepMs: number,
): void {
  const before = useRef<Drawn | undefined>(undefined);
  useLayoutEffect(() => {
    const element = root.current;
    if (element === null || picture === undefined) return;
    const old = before.current;
    const elements = new Map<string, HTMLElement>();
    const drawn: Drawn = { frame, picture, sights: new Map() };
    for (const card of element.querySelectorAll<HTMLElement>('[data-card]')) {
      const name = card.dataset.card ?? '';
      const known =
        old !== undefined && isSameCard(name, old, drawn) ? old.sights.get(name) : undefined;
      drawn.sights.set(name, known ?? sightsIn(card, element, picture, elements));
    }
    before.current = drawn;
    if (old === undefined || stepMs === 0 || old.frame === frame) return;
    // Another ensemble stands where it stands; it did not come from the one before.
    const isSameEnsemble =
      old.sights.size === drawn.sights.size &&
      [...old.sights.keys()].every((name) => drawn.sights.has(name));
    if (isSameEnsemble) moveCards(element, old.picture, picture);
    if (trace.length === 0 || old.frame.at > frame.at) return;
    const arrived = arrivals(old.frame, frame, picture);
    for (const [card, now] of drawn.sights) {
      const then = old.sights.get(card);
      if (then === undefined || then === now) continue;
      for (const [key, sight] of now) {
        if (then.has(key)) continue;
        const origin = originOf(sight, then, now, arrived);
        const moving = elements.get(key);
        if (origin === undefined || moving === undefined) continue;
        move(moving, waysTo(sight, origin, frame, picture), stepMs, origin.delay);
      }
    }
  }, [root, frame, trace, picture, stepMs]);
}

/** Nothing that is drawn on the card can have another place. */
function isSameCard(name: string, old: Drawn, drawn: Drawn): boolean {
  const [was, is] = [placeOf(old.picture, name), placeOf(drawn.picture, name)];
  return was === is && old.frame.processes[name] === drawn.frame.processes[name];
}

function placeOf(picture: Picture, card: string): Box | undefined {
  const { cards, clients } = picture.layout;
  return isClient(card) ? clients[shortName(card as ProcessName)] : cards[Number(card)];
}

function isClient(card: string): boolean {
  return card.startsWith('client ');
}

/** All sights of requests on a card, in design pixels from the stage's corner. */
function sightsIn(
  card: HTMLElement,
  root: HTMLElement,
  picture: Picture,
  elements: Map<string, HTMLElement>,
): Map<string, Sight> {
  const sights = new Map<string, Sight>();
  const chips = card.querySelectorAll<HTMLElement>('[data-place]');
  if (chips.length === 0) return sights;
  const frame = root.getBoundingClientRect();
  const scale = frame.width / picture.width || 1;
  for (const element of chips) {
    const [process = '', node = '', queue = ''] = (element.dataset.place ?? '').split('/');
    const request = element.dataset.req ?? '';
    const rect = element.getBoundingClientRect();
    const key = `${process}/${node}/${queue}/${request}`;
    if (sights.has(key)) continue;
    elements.set(key, element);
    sights.set(key, {
      process,
      node,
      request,
      at: {
        x: (rect.left + rect.width / 2 - frame.left) / scale,
        y: (rect.top + rect.height / 2 - frame.top) / scale,
      },
    });
  }
  return sights;
}

function moveCards(root: HTMLElement, old: Picture, now: Picture): void {
  if (old.layout === now.layout) return;
  for (const element of root.querySelectorAll<HTMLElement>('[data-card]')) {
    const name = element.dataset.card ?? '';
    const [was, is] = [placeOf(old, name), placeOf(now, name)];
    if (was === undefined || is === undefined) continue;
    const [from, to] = [centre(was), centre(is)];
    if (Math.abs(from.x - to.x) + Math.abs(from.y - to.y) < 24) continue;
    element.animate(
      [
        { transform: `translate(${from.x - to.x}px, ${from.y - to.y}px)`, zIndex: 8 },
        { transform: 'none', zIndex: 8 },
      ],
      { duration: CARD_MS, easing: 'ease-in-out' },
    );
  }
}

/** Where messages that carry a request have arrived since `old`: the ends of their lanes. */
function arrivals(old: Frame, frame: Frame, picture: Picture): Sight[] {
  const still = new Set(frame.messages.map(({ id }) => id));
  const out: Sight[] = [];
  for (const message of old.messages) {
    if (still.has(message.id) || message.request === undefined) continue;
    const end = laneBetween(picture, message.from, message.to)?.at(-1);
    if (end === undefined) continue;
    const isClient = message.channel === 'client';
    out.push({
      process: message.to,
      node: isClient ? 'in' : 'lowIn',
      request: requestKey(message.request),
      at: end,
    });
  }
  return out;
}

/** The places passed: along the tracks where they lead from the one node to the other, else straight. */
function waysTo(sight: Sight, origin: { from: Sight }, frame: Frame, picture: Picture): Point[] {
  const { from } = origin;
  const process = frame.processes[sight.process];
  const card = picture.layout.cards[Number(sight.process)];
  if (process === undefined || card === undefined || from.node === sight.node)
    return [from.at, sight.at];
  const chain = chainFor(processorsOf(process), card.w, card.h);
  const route = chain === undefined ? undefined : routeBetween(chain, from.node, sight.node);
  if (route === undefined || card.form !== 'chain') return [from.at, sight.at];
  return [from.at, ...route.map(({ x, y }) => ({ x: x + card.x, y: y + card.y })), sight.at];
}

function move(
  element: HTMLElement,
  way: readonly Point[],
  stepMs: number,
  isDelayed: boolean,
): void {
  const end = way.at(-1);
  if (end === undefined) return;
  const lengths = way.map((point, i) => {
    const last = way[i - 1];
    return last === undefined ? 0 : Math.hypot(point.x - last.x, point.y - last.y);
  });
  const total = lengths.reduce((sum, length) => sum + length, 0);
  if (total < 3) return;
  let gone = 0;
  const frames = way.map((point, i) => {
    gone += lengths[i] ?? 0;
    return {
      transform: `translate(${point.x - end.x}px, ${point.y - end.y}px)`,
      offset: Math.min(1, gone / total),
      zIndex: 9,
    };
  });
  // What arrives by a message waits until its capsule has come to the end.
  const delay = isDelayed ? stepMs * 0.5 : 0;
  element.animate(frames, { duration: stepMs - delay, delay, easing: 'ease-in-out' });
  if (isDelayed) element.animate([{ opacity: 0 }, { opacity: 0 }], { duration: delay });
}
