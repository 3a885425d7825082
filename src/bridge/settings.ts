/**
 * What `set` may change while a server runs: service times, in milliseconds of
 * virtual time, whole microseconds at the finest.
 */

/** For all threads alike. */
const OF_ALL = ['processor', 'fsync', 'append'] as const;

/** For one kind of thread; the others do their work as it arrives and have no time of their own. */
const OF_A_KIND = [
  'RequestThrottler',
  'PrepRequestProcessor',
  'SyncRequestProcessor',
  'CommitProcessor',
  'CommitProcWorkThread',
  'FollowerRequestProcessor',
  'QuorumPeer',
  'Sender',
] as const;

/** For one of the threads that carry a number. */
const NUMBERED = /^(CommitProcWorkThread|Sender)-\d{1,3}$/;

/** All keys but the numbered ones. */
export const SETTING_KEYS: readonly string[] = [...OF_ALL, ...OF_A_KIND];

/** A time that a person sets: microseconds, or undefined when the text is no time. */
export function settingMicros(value: string): number | undefined {
  const micros = Math.round(Number(value) * 1000);
  const isTime = value.trim() !== '' && Number.isSafeInteger(micros) && micros >= 0;
  return isTime ? micros : undefined;
}

/** What is wrong with this key, as one sentence that names the known ones; undefined: nothing. */
export function wrongSettingKey(key: string): string | undefined {
  if (SETTING_KEYS.includes(key) || NUMBERED.test(key)) return undefined;
  return `there is no setting ${key}; there are ${SETTING_KEYS.join(', ')}, and Sender-2 and the like`;
}

/** Likewise for the value. */
export function wrongSettingValue(value: string): string | undefined {
  if (settingMicros(value) !== undefined) return undefined;
  return `a setting is a time in ms, 0 or more, not ${value}`;
}
