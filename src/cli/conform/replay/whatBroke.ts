/** How an error of the engine is told in a report. */

/** The message and the place, on one line. */
export function whatBroke(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const place = /\n\s+(at [^\n]*)/.exec(error.stack ?? '')?.[1];
  return [error.message.split('\n')[0], place].filter((part) => part !== undefined).join(' ');
}
