/** Entries of the application: their names and details are typed in one place. */
import type { AppTrace, AppTraceName } from '../../bridge/app';
import type { Effects } from '../../bridge/process';

export function traceApp<Name extends AppTraceName>(
  effects: Effects,
  name: Name,
  detail: AppTrace[Name],
): void {
  effects.trace({ type: 'app', name, detail: { ...detail } });
}
