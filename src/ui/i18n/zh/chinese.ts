/** The whole Chinese catalogue; comes when somebody wants to read Chinese. */
import { APPLICATION } from './application';
import { CAPTIONS } from './captions';
import { CHECK_MEANINGS } from './checks';
import { CONSOLE } from './console';
import { HELP } from './help';
import { INSPECTOR } from './inspector';
import { REASONS, reasonInChinese } from './reasons';
import { SENTENCES } from './sentences';
import { SHELL } from './shell';
import { STAGE } from './stage';
import { STORY } from './story';

/** The records by the name of their file. */
export const CHINESE_PARTS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  application: APPLICATION,
  captions: CAPTIONS,
  checks: CHECK_MEANINGS,
  console: CONSOLE,
  help: HELP,
  inspector: INSPECTOR,
  shell: SHELL,
  stage: STAGE,
  story: STORY,
};

/** What the engine says; in English it comes with its own words. */
export const CHINESE_OF_ENGINE: Readonly<Record<string, string>> = { ...SENTENCES, ...REASONS };

export const CHINESE: Readonly<Record<string, string>> = Object.assign(
  {},
  ...Object.values(CHINESE_PARTS),
  SENTENCES,
);

/** How a value is put into words that a text names behind it, as `{{reason, reason}}`. */
export const CHINESE_FORMATS: Readonly<Record<string, (value: string) => string>> = {
  reason: reasonInChinese,
};
