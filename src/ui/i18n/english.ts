/** The English catalogue. A key that stands in two records is a mistake (a test looks). */
import { CAPTIONS } from './en/captions';
import { CONSOLE } from './en/console';
import { SHELL } from './en/shell';
import { STAGE } from './en/stage';

type Part = Readonly<Record<string, string>>;

/** What the first screen says, by the name of the file: part of the page. */
export const ENGLISH_PARTS: Readonly<Record<string, Part>> = {
  captions: CAPTIONS,
  console: CONSOLE,
  shell: SHELL,
  stage: STAGE,
};

/** What is said by parts of the page that come later: their texts come with them. */
export const ENGLISH_LATER = {
  checks: () => import('./en/checks').then((module): Part => module.CHECK_MEANINGS),
  help: () => import('./en/help').then((module): Part => module.HELP),
  inspector: () => import('./en/inspector').then((module): Part => module.INSPECTOR),
  application: () => import('./en/application').then((module): Part => module.APPLICATION),
  tale: () => import('./en/tale').then((module): Part => module.TALE),
  story: () => import('./en/story').then((module): Part => module.STORY),
};

export const ENGLISH: Part = Object.assign({}, ...Object.values(ENGLISH_PARTS));
