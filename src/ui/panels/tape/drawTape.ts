/** Draws the tape on its canvas: numbers in, pixels out. */
import type { Frame } from '../../../bridge/frame';
import type { ProcessName } from '../../../bridge/names';
import type { TapeLanes } from './tapeLanes';
import type { MessageMark, TapeModel } from './tapeModel';
import { breaksOf, isOnAxis, type TimeAxis, timeToPx } from './timeAxis';

/** Colour of a message by its kind; all others are plain packets. */
const HUES: Readonly<Record<string, string>> = {
  REQUEST: '--request',
  REPLY: '--request',
  PROPOSAL: '--proposal',
  ACK: '--ack',
  COMMIT: '--commit',
  EVENT: '--event',
  STORE: '--commit',
  STORED: '--ok',
  NOTIFICATION: '--election',
  HELLO: '--election',
};

const TOP = 7;
/** Lanes nearer to each other than that have their names in two columns, so far apart, px. */
const LABEL = 11;
const COLUMN = 18;

/** In CSS pixels, and how many of the screen's there are in one of them. */
export interface CanvasSize {
  width: number;
  height: number;
  scale: number;
}

export function drawTape(
  canvas: HTMLCanvasElement,
  { width, height, scale }: CanvasSize,
  tape: TapeModel,
  axis: TimeAxis,
  frame: Frame | undefined,
  lanes: TapeLanes,
): void {
  const context = canvas.getContext('2d');
  if (context === null) return;
  const [pixels, rows] = [Math.round(width * scale), Math.round(height * scale)];
  // A canvas that is given a size, be it the same, is made anew.
  if (canvas.width !== pixels || canvas.height !== rows) {
    canvas.width = pixels;
    canvas.height = rows;
  }
  context.setTransform(scale, 0, 0, scale, 0, 0);
  context.clearRect(0, 0, width, height);
  const style = getComputedStyle(canvas);
  const found = new Map<string, string>();
  const colour = (name: string) => {
    const known = found.get(name) ?? style.getPropertyValue(name).trim();
    found.set(name, known);
    return known;
  };
  const step = stepOf(lanes, height);
  const y = (name: ProcessName) => {
    const lane = lanes.laneOf(name);
    return lane === undefined ? undefined : TOP + lane * step;
  };

  drawElections(context, tape, axis, height, colour('--election'));
  context.font = `10.5px ${colour('--mono')}`;
  context.textBaseline = 'middle';
  lanes.labels.forEach((label, i) => {
    const at = TOP + i * step;
    context.fillStyle = colour('--ink3');
    // Where lanes are too close for their names, these stand in two columns.
    context.fillText(label, step < LABEL && i % 2 === 1 ? 4 + COLUMN : 4, at);
    context.fillStyle = colour('--line');
    context.fillRect(axis.left, Math.round(at), axis.width, 1);
  });
  context.fillStyle = colour('--line2');
  for (const px of breaksOf(axis)) {
    for (let dot = 2; dot < height; dot += 6) context.fillRect(Math.round(px), dot, 1, 3);
  }
  const flying = new Set((frame?.messages ?? []).map((message) => message.sent as number));
  drawMessages(context, tape, axis, y, colour, flying);
  drawFaults(context, tape, axis, y, colour);
  if (frame !== undefined) drawPlayhead(context, axis, frame, height, colour);
}

/** From the middle of a lane to that of the next, px. */
function stepOf({ labels }: TapeLanes, height: number): number {
  return labels.length > 1 ? (height - 2 * TOP) / (labels.length - 1) : 0;
}

/** Room for the names of the lanes, px. */
export function labelRoom({ labels }: TapeLanes, height: number): number {
  const widest = Math.max(1, ...labels.map((label) => label.length));
  const columns = stepOf({ labels, laneOf: () => undefined }, height) < LABEL ? 2 : 1;
  return 8 + (columns === 2 ? COLUMN : 0) + widest * 7;
}

function drawElections(
  context: CanvasRenderingContext2D,
  tape: TapeModel,
  axis: TimeAxis,
  height: number,
  colour: string,
): void {
  context.fillStyle = colour;
  context.globalAlpha = 0.09;
  for (const [from, to] of mergedElections(tape)) {
    const [a, b] = [timeToPx(axis, from), timeToPx(axis, to)];
    if (b > a) context.fillRect(a, 0, b - a, height);
  }
  context.globalAlpha = 1;
}

/** Stretches in which some server looks for a leader, without overlap. */
export function mergedElections(tape: TapeModel): [from: number, to: number][] {
  const stretches = tape.elections
    .map(({ from, to }): [number, number] => [from, to ?? Number.MAX_SAFE_INTEGER])
    .sort((a, b) => a[0] - b[0]);
  const merged: [number, number][] = [];
  for (const [from, to] of stretches) {
    const last = merged.at(-1);
    if (last !== undefined && from <= last[1]) last[1] = Math.max(last[1], to);
    else merged.push([from, to]);
  }
  return merged;
}

function drawMessages(
  context: CanvasRenderingContext2D,
  tape: TapeModel,
  axis: TimeAxis,
  y: (name: ProcessName) => number | undefined,
  colour: (name: string) => string,
  flying: ReadonlySet<number>,
): void {
  context.lineWidth = 1.5;
  const begin = axis.times[0] as number;
  const end = axis.times.at(-1) as number;
  // They stand in the order of their sending: a long run costs no more than what is seen of it.
  const { messages } = tape;
  for (let i = firstSince(messages, begin); i < messages.length; i += 1) {
    const { from, to, kind, sent, sentAt, arrivedAt } = messages[i] as MessageMark;
    if (sentAt > end) break;
    // Its connection ended before it arrived: nobody will ever read it.
    if (arrivedAt === undefined && !flying.has(sent)) continue;
    const [y0, y1] = [y(from), y(to)];
    if (y0 === undefined || y1 === undefined || y0 === y1) continue;
    context.strokeStyle = colour(HUES[kind] ?? '--packet');
    context.beginPath();
    context.moveTo(timeToPx(axis, sentAt), y0);
    if (arrivedAt !== undefined) context.lineTo(timeToPx(axis, arrivedAt), y1);
    else {
      // Under way: it is drawn as far as the run has come, toward its lane.
      const px = Math.max(timeToPx(axis, end), timeToPx(axis, sentAt) + 3);
      context.lineTo(px, y0 + (y1 - y0) * 0.5);
    }
    context.stroke();
  }
}

function firstSince(messages: readonly MessageMark[], time: number): number {
  let low = 0;
  let high = messages.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((messages[middle] as MessageMark).sentAt < time) low = middle + 1;
    else high = middle;
  }
  return low;
}

function drawFaults(
  context: CanvasRenderingContext2D,
  tape: TapeModel,
  axis: TimeAxis,
  y: (name: ProcessName) => number | undefined,
  colour: (name: string) => string,
): void {
  context.lineWidth = 2;
  for (const { process, at, what } of tape.faults) {
    const py = y(process);
    if (py === undefined || !isOnAxis(axis, at)) continue;
    const px = timeToPx(axis, at);
    context.strokeStyle = colour(what === 'up' ? '--ok' : '--broken');
    context.beginPath();
    if (what === 'down') {
      context.moveTo(px - 4, py - 4);
      context.lineTo(px + 4, py + 4);
      context.moveTo(px + 4, py - 4);
      context.lineTo(px - 4, py + 4);
    } else if (what === 'up') context.arc(px, py, 3.5, 0, 2 * Math.PI);
    else {
      context.moveTo(px, py - 5);
      context.lineTo(px, py + 5);
    }
    context.stroke();
  }
}

function drawPlayhead(
  context: CanvasRenderingContext2D,
  axis: TimeAxis,
  frame: Frame,
  height: number,
  colour: (name: string) => string,
): void {
  const px = timeToPx(axis, frame.at);
  if (frame.event < frame.lastEvent) {
    // What lies ahead of the one who looks back is there, but pale.
    context.fillStyle = colour('--card');
    context.globalAlpha = 0.62;
    context.fillRect(px, 0, axis.left + axis.width - px + 4, height);
    context.globalAlpha = 1;
  }
  context.fillStyle = colour('--accent');
  context.fillRect(px - 1, 0, 2, height);
  context.beginPath();
  context.arc(px, 4, 4, 0, 2 * Math.PI);
  context.fill();
}
