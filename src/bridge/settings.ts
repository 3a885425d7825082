/**
 * What `set` may change while a server runs: service times, in milliseconds of
 * virtual time, whole microseconds at the finest.
 */
import { sayOfText } from './sentences/text';

/**
 * All keys but those of one numbered thread. The first three are for all threads, the rest for one
 * kind; threads that are not here do their work as it arrives and have no time of their own.
 */
export const SETTING_KEYS: readonly string[] = [
  'processor',
  'fsync',
  'append',
  'RequestThrottler',
  'PrepRequestProcessor',
  'SyncRequestProcessor',
  'CommitProcessor',
  'CommitProcWorkThread',
  'FollowerRequestProcessor',
  'QuorumPeer',
  'Sender',
];

/** A key that there is. */
export const SETTING_KEY = new RegExp(
  `^(${SETTING_KEYS.join('|')}|(CommitProcWorkThread|Sender)-\\d{1,3})$`,
);

/** A time as a person writes it: below 32 years, so that it stays a safe integer of microseconds. */
export const SETTING_TIME = /^\d{1,12}(\.\d+)?$/;

/** Said of a key that there is not. */
export const NO_SETTING = sayOfText('text.setting', { keys: SETTING_KEYS.join(', ') });

/** Said of a value that is no time. */
export const NO_TIME = sayOfText('text.settingTime');

/** Microseconds, or undefined when the text is no time. */
export function settingMicros(value: string): number | undefined {
  return SETTING_TIME.test(value) ? Math.round(Number(value) * 1000) : undefined;
}
