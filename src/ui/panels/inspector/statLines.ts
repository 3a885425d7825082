/** A Stat as zkCli prints it: its order, its spelling, its dates. */
import { sessionText, zxidText } from '../../../zk/ids';
import type { Stat } from '../../../zk/records';

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Name and value, line by line. Source: StatPrinter.java. */
export function statLines(stat: Stat): readonly (readonly [name: string, value: string])[] {
  return [
    ['cZxid', zxidText(stat.czxid)],
    ['ctime', dateText(stat.ctime)],
    ['mZxid', zxidText(stat.mzxid)],
    ['mtime', dateText(stat.mtime)],
    ['pZxid', zxidText(stat.pzxid)],
    ['cversion', String(stat.cversion)],
    ['dataVersion', String(stat.version)],
    ['aclVersion', String(stat.aversion)],
    ['ephemeralOwner', sessionText(stat.ephemeralOwner)],
    ['dataLength', String(stat.dataLength)],
    ['numChildren', String(stat.numChildren)],
  ];
}

/** As `Date.toString` of Java in UTC: `Thu Jan 01 00:00:00 UTC 2026`. */
export function dateText(ms: number): string {
  const date = new Date(ms);
  const two = (n: number) => String(n).padStart(2, '0');
  const time = [date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()].map(two).join(':');
  return `${DAYS[date.getUTCDay()]} ${MONTHS[date.getUTCMonth()]} ${two(date.getUTCDate())} ${time} UTC ${date.getUTCFullYear()}`;
}
