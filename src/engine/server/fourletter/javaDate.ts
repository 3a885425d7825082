/** java.util.Date as it prints itself, in UTC and English. */

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
/** The first of 1970 was a Thursday. */
const DAYS = ['Thu', 'Fri', 'Sat', 'Sun', 'Mon', 'Tue', 'Wed'];
const DAY_MS = 86_400_000;

/** Of ms since 1970, 0 or more: `Thu Jan 01 00:00:00 UTC 1970`. */
export function javaDateText(ms: number): string {
  const days = Math.floor(ms / DAY_MS);
  const second = Math.floor((ms % DAY_MS) / 1000);
  const clock = [Math.floor(second / 3600), Math.floor(second / 60) % 60, second % 60];
  const { year, month, day } = civilDay(days);
  const time = clock.map(twoDigits).join(':');
  return `${DAYS[days % 7]} ${MONTHS[month]} ${twoDigits(day)} ${time} UTC ${year}`;
}

function twoDigits(n: number): string {
  return String(n).padStart(2, '0');
}

/** Days since 1970 as a date; years begin in March inside, so that a leap day is a last day. */
function civilDay(days: number): { year: number; month: number; day: number } {
  const shifted = days + 719468;
  const era = Math.floor(shifted / 146097);
  const inEra = shifted - era * 146097;
  const yearOfEra = Math.floor(
    (inEra - Math.floor(inEra / 1460) + Math.floor(inEra / 36524) - Math.floor(inEra / 146096)) /
      365,
  );
  const inYear =
    inEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const fromMarch = Math.floor((5 * inYear + 2) / 153);
  const day = inYear - Math.floor((153 * fromMarch + 2) / 5) + 1;
  const month = (fromMarch + 2) % 12;
  const year = era * 400 + yearOfEra + (month < 2 ? 1 : 0);
  return { year, month, day };
}
