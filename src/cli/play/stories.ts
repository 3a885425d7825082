/** Plays stories and holds each against its golden transcript. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TraceEntry } from '../../bridge/traceEntry';
import { STORIES } from '../../scenarios/all';
import type { Scenario } from '../../scenarios/scenario';
import { storyProblems, unsoundParts } from '../../scenarios/storyRules';
import { firstDifference } from '../transcript/retell';
import { playStory } from './playStory';

const FOLDER = join('transcripts', 'stories');

export interface StoriesOptions {
  /** Transcripts are written anew. */
  write: boolean;
  onTrace?: (entries: readonly TraceEntry[]) => void;
}

export function storyNamed(id: string): Scenario | undefined {
  return STORIES.find((story) => story.id === id);
}

/** Prints a line per story and more for what is wrong; the last line adds up. Exit status. */
export function playStories(stories: readonly Scenario[], options: StoriesOptions): number {
  let failed = 0;
  for (const story of stories) {
    const { figures, problems } = toldAndHeld(story, options);
    const state = problems.length === 0 ? 'ok    ' : 'FAILED';
    console.log(`${state} ${story.id}: ${figures}`);
    for (const problem of problems) console.log(`  ${problem}`);
    if (problems.length > 0) failed += 1;
  }
  const strays = stories.length === STORIES.length ? strayTranscripts() : [];
  for (const name of strays) console.log(`FAILED ${join(FOLDER, name)} is of no story`);
  const bad = failed + strays.length;
  console.log(`${stories.length - failed} passed, ${bad} failed`);
  return bad === 0 ? 0 : 1;
}

function toldAndHeld(
  story: Scenario,
  { write, onTrace }: StoriesOptions,
): { figures: string; problems: string[] } {
  if (unsoundParts(story).length > 0) {
    return { figures: 'cannot be run', problems: storyProblems(story) };
  }
  const { text, problems, played } = playStory(story, onTrace);
  const all = [...storyProblems(story), ...problems];
  const file = join(FOLDER, `${story.id}.txt`);
  const before = existsSync(file) ? readFileSync(file, 'utf8') : undefined;
  if (write && before !== text) {
    mkdirSync(FOLDER, { recursive: true });
    writeFileSync(file, text);
    console.log(`${file}: written`);
  } else if (before === undefined) all.push(`${file} is missing: --write writes it`);
  else if (before !== text) all.push(`${file}: ${firstDifference(before, text)}`);
  const { events, at, fingerprint } = played;
  const time = `${(at / 1000).toFixed(3)} ms`;
  return { figures: `${events} events, virtual time ${time}, ${fingerprint}`, problems: all };
}

function strayTranscripts(): string[] {
  if (!existsSync(FOLDER)) return [];
  return readdirSync(FOLDER).filter((name) => storyNamed(name.replace(/\.txt$/, '')) === undefined);
}
