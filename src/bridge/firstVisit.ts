/** What the first visit finds, and what a story has unless it says otherwise. */

export const SEED = 7;

/** One way, microseconds. */
export const LINK_MICROS = 2000;

/** Wanted by clients, ms. */
export const SESSION_TIMEOUT_MS = 30_000;
