/**
 * Messages as dots on a canvas, for when they are too many for elements. What
 * the dots mean stays in the list beside it. Draws while something moves, and
 * then no more.
 */
import { useEffect, useRef } from 'react';
import { pointAt, type Polyline } from '../geometry/shapes';
import { hueOf } from './messageText';
import type { Flight } from './flight';
import styles from './Capsules.module.css';

export interface CanvasDot {
  id: string;
  line: Polyline;
  share: number;
  hue: string;
}

interface CapsuleCanvasProps {
  flights: readonly Flight[];
  width: number;
  height: number;
  stepMs: number;
}

const RADIUS = 4;

export function CapsuleCanvas({ flights, width, height, stepMs }: CapsuleCanvasProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const before = useRef<Map<string, number>>(new Map());
  useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext('2d');
    if (element === null || context === null || context === undefined) return;
    const dots = dotsOf(flights);
    const from = before.current;
    before.current = new Map(dots.map(({ id, share }) => [id, share]));
    const style = getComputedStyle(element);
    const colours: Record<string, string> = {};
    for (const { hue } of dots) colours[hue] ??= style.getPropertyValue(`--${hue}`).trim();
    const pixels = window.devicePixelRatio * (element.getBoundingClientRect().width / width || 1);
    element.width = Math.round(width * pixels);
    element.height = Math.round(height * pixels);
    context.scale(pixels, pixels);
    const paint = (part: number) => {
      context.clearRect(0, 0, width, height);
      for (const { id, line, share, hue } of dots) {
        const start = from.get(id) ?? 0;
        const { x, y } = pointAt(line, start + (share - start) * part);
        context.fillStyle = colours[hue] ?? '';
        context.beginPath();
        context.arc(x, y, RADIUS, 0, 2 * Math.PI);
        context.fill();
      }
    };
    if (stepMs === 0) {
      paint(1);
      return;
    }
    let request = 0;
    const begin = performance.now();
    const tick = (now: number) => {
      const part = Math.min(1, Math.max(0, (now - begin) / stepMs));
      paint(part);
      if (part < 1) request = requestAnimationFrame(tick);
    };
    request = requestAnimationFrame(tick);
    return () => cancelAnimationFrame(request);
  }, [flights, width, height, stepMs]);
  return <canvas ref={canvas} aria-hidden className={styles.canvas} />;
}

/** Those that have a lane, with the name of the variable that holds their hue. */
export function dotsOf(flights: readonly Flight[]): CanvasDot[] {
  const dots: CanvasDot[] = [];
  for (const { message, line, share } of flights) {
    if (line === undefined) continue;
    const hue = hueOf(message.kind);
    dots.push({
      id: message.id,
      line,
      share,
      hue: hue === 'reply' ? 'request' : hue === 'tcp' ? 'packet' : hue,
    });
  }
  return dots;
}
