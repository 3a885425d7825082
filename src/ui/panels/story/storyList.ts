/** The list of stories as it is shown: by chapter, and only what is searched for. */
import { CHAPTERS } from '../../../scenarios/all';
import type { Chapter, Scenario, Text } from '../../../scenarios/scenario';
import { plainText } from './storyText';

export interface ChapterOfStories {
  chapter: Chapter;
  scenarios: readonly Scenario[];
}

/** Chapters in reading order, each story in the order it has in the list; chapters without stories are left out. */
export function byChapter(scenarios: readonly Scenario[]): ChapterOfStories[] {
  return CHAPTERS.map((chapter) => ({
    chapter,
    scenarios: scenarios.filter((scenario) => scenario.chapter === chapter),
  })).filter((part) => part.scenarios.length > 0);
}

/** Every word that is wanted stands in the title, the question or the id; in either language, in any case. */
export function matches(scenario: Scenario, wanted: string): boolean {
  const all = [scenario.id, ...bothOf(scenario.title), ...bothOf(scenario.question)]
    .join(' ')
    .toLowerCase();
  return wanted
    .toLowerCase()
    .split(/\s+/)
    .every((word) => all.includes(word));
}

function bothOf({ en, zh }: Text): string[] {
  return [plainText(en), plainText(zh)];
}
