/** Virtual microseconds as seconds with three digits: `3.482`. */
export function secondsText(micros: number): string {
  return (micros / 1_000_000).toFixed(3);
}
