/** What every story keeps, as far as it can be seen without running it. */
import { isCommandError, parseCommand } from '../bridge/commandText';
import { checkCondition } from '../bridge/conditionSchema';
import { checkConfig } from '../bridge/recordingSchema';
import type { Scenario, Step, Text } from './scenario';
import { worldOf } from './world';

const HAN = /[\u3400-\u9fff]/;
const LOOK =
  /^((server [1-9]\d{0,2}|client [a-z]{1,2}|master m-\d+|worker w-\d+|taskclient c-\d+|storage s-\d+)(\/\S+)?|check [A-Z]\w+)$/;

/** Each one sentence that names the place; empty: none. */
export function storyProblems(story: Scenario): string[] {
  return [...unsoundParts(story), ...tellingProblems(story)];
}

/** Only what keeps it from being run: its world, its conditions, its commands. */
export function unsoundParts(story: Scenario): string[] {
  const { world, steps, outcome } = story;
  const config = checkConfig(worldOf(story));
  const { opening } = world;
  return [
    ...('problem' in config ? [`world: ${config.problem.place}: ${config.problem.message}`] : []),
    ...(opening === undefined ? [] : conditionProblems('world.opening', opening)),
    ...steps.flatMap((step, i) => unsoundStep(step, `steps[${i}]`)),
    ...outcome.flatMap(({ that }, i) => conditionProblems(`outcome[${i}].that`, that)),
  ];
}

function unsoundStep(step: Step, at: string): string[] {
  switch (step.type) {
    case 'say':
      return step.when === undefined ? [] : conditionProblems(`${at}.when`, step.when);
    case 'order':
      return commandProblems(`${at}.commands`, step.commands);
    case 'goal':
      return [
        ...conditionProblems(`${at}.done`, step.done),
        ...commandProblems(`${at}.solution`, step.solution),
      ];
    default:
      return [];
  }
}

function tellingProblems({ title, question, outcome, sandbox, steps }: Scenario): string[] {
  const found = [
    ...textProblems('title', title),
    ...textProblems('question', question),
    ...textProblems('sandbox', sandbox),
    ...outcome.flatMap(({ text }, i) => textProblems(`outcome[${i}].text`, text)),
    ...steps.flatMap((step, i) => tellingOfStep(step, `steps[${i}]`)),
  ];
  if (outcome.length === 0) found.push('outcome: a story has one');
  if (!steps.some(({ type }) => type === 'predict')) found.push('steps: a story asks a prediction');
  if (steps.at(-1)?.type !== 'say') found.push('steps: the last one is a paragraph');
  return found;
}

function tellingOfStep(step: Step, at: string): string[] {
  switch (step.type) {
    case 'say': {
      const { text, look } = step;
      const isLost = look !== undefined && !LOOK.test(look);
      return [
        ...textProblems(`${at}.text`, text),
        ...(isLost ? [`${at}.look: "${look}" names nothing to look at`] : []),
      ];
    }
    case 'predict': {
      const { question, choices } = step;
      const right = choices.filter(({ isRight }) => isRight === true).length;
      return [
        ...textProblems(`${at}.question`, question),
        ...choices.flatMap(({ text, because }, i) => [
          ...textProblems(`${at}.choices[${i}].text`, text),
          ...textProblems(`${at}.choices[${i}].because`, because),
        ]),
        ...(right === 1 ? [] : [`${at}: exactly one choice is right, not ${right}`]),
        ...(choices.length >= 2 && choices.length <= 4 ? [] : [`${at}: there are 2 to 4 choices`]),
      ];
    }
    case 'goal':
      return [...textProblems(`${at}.text`, step.text), ...textProblems(`${at}.hint`, step.hint)];
    default:
      return [];
  }
}

function conditionProblems(at: string, input: unknown): string[] {
  const parsed = checkCondition(input);
  return 'problem' in parsed ? [`${at}: ${parsed.problem.place}: ${parsed.problem.message}`] : [];
}

function commandProblems(at: string, commands: readonly string[]): string[] {
  const wrong = commands.flatMap((text, i) => {
    const command = parseCommand(text);
    return isCommandError(command) ? [`${at}[${i}]: "${text}": ${command.message}`] : [];
  });
  return commands.length === 0 ? [`${at}: there is one or more`] : wrong;
}

function textProblems(at: string, { en, zh }: Text): string[] {
  const found: string[] = [];
  if (en.trim() === '' || HAN.test(en)) found.push(`${at}.en: is not English`);
  if (!HAN.test(zh)) found.push(`${at}.zh: is not Chinese`);
  if (/[\u3400-\u9fff][,;:?!.](?!\d)/.test(zh)) found.push(`${at}.zh: punctuation is full-width`);
  for (const [language, text] of Object.entries({ en, zh })) {
    if (hasOtherMarks(text)) {
      found.push(`${at}.${language}: only \`code\` and *stress* are marks, each opened and closed`);
    }
    if (/ {2}|\n|^\s|\s$/.test(text)) found.push(`${at}.${language}: has a blank too many`);
  }
  return found;
}

function hasOtherMarks(text: string): boolean {
  const plain = text.replace(/`[^`]+`/g, '').replace(/\*[^*\s](?:[^*]*[^*\s])?\*/g, '');
  return /[`*#]|<\/?\w|\]\(|__/.test(plain);
}
