/** What a process is called on the page. */
import { isServer, type ProcessName, readAppName, shortName } from '../../bridge/names';

type Translate = (key: string, values?: Record<string, string | number>) => string;

/** `Server 3`, `Client a`, `Master m-1`; with `of`, as it stands in a sentence: `master m-1`. */
export function processTitle(t: Translate, name: ProcessName, place: 'of' | 'title' = 'title') {
  const letter = shortName(name);
  if (place === 'of') return t(`process.of.${roleOf(name)}`, { name: letter });
  return t(`process.${roleOf(name)}`, { name: letter });
}

function roleOf(name: ProcessName): string {
  if (isServer(name)) return 'server';
  return readAppName(name)?.role ?? 'client';
}
