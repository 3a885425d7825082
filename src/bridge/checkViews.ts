/** What the page and programs see of checks. */
import type { Check } from './check';
import type { CheckView } from './frame';

/** Of those that are listed, in the order of the list; `states` are in that same order. */
export function checkViews(checks: readonly Check[], states: readonly unknown[]): CheckView[] {
  const views: CheckView[] = [];
  checks.forEach((check, i) => {
    const state = states[i];
    if (check.isListed?.(state) === false) return;
    const broken = check.broken(state);
    const view: CheckView = { name: check.name, holds: broken === undefined };
    if (broken !== undefined) {
      view.explanation = broken.explanation;
      if (broken.sentence !== undefined) view.sentence = broken.sentence;
      if (broken.event !== undefined) view.brokenAt = broken.event;
    }
    const count = check.count?.(state);
    if (count !== undefined) view.count = count;
    views.push(view);
  });
  return views;
}
