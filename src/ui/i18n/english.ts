/** The English catalogue: all records merged. A key that stands in two of them is a mistake (a test looks). */
import { CAPTIONS } from './en/captions';
import { CONSOLE } from './en/console';
import { INSPECTOR } from './en/inspector';
import { SHELL } from './en/shell';
import { STAGE } from './en/stage';

/** The records by the name of their file. */
export const ENGLISH_PARTS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  captions: CAPTIONS,
  console: CONSOLE,
  inspector: INSPECTOR,
  shell: SHELL,
  stage: STAGE,
};

export const ENGLISH: Readonly<Record<string, string>> = Object.assign(
  {},
  ...Object.values(ENGLISH_PARTS),
);
