/** The text form of the application's commands, both ways. */
import type { AppSettings, TaskOrder } from './app';
import type { Command } from './command';
import { Mistake, type Reader } from './commandReader';
import { APP_ROLES, readAppName } from './names';
import { sayOfText, type Thing } from './sentences/text';

type AppCommand = Extract<Command, { type: 'app' | 'submit' | 'fail' | 'fencing' }>;

export const APP_COMMAND_FORMS: Readonly<Record<AppCommand['type'], string>> = {
  app: 'app master|worker|taskclient ID HOSTS [TIMEOUT] [hardened] [storage ID] [reconnects] [can WORD] [step MS] | app storage ID [fencing]',
  submit: 'submit P [once] [needs WORD] [steps N] [fails N] TEXT',
  fail: 'fail P',
  fencing: 'fencing P on|off',
};

/** `parseAppCommand` reads it back to an equal command. */
export function appCommandText(c: AppCommand): string {
  switch (c.type) {
    case 'app':
      return `app ${settingsText(c.settings)}`;
    case 'submit':
      return `submit ${c.process} ${taskText(c.task)}`;
    case 'fail':
      return `fail ${c.process}`;
    case 'fencing':
      return `fencing ${c.process} ${c.on ? 'on' : 'off'}`;
  }
}

function settingsText(s: AppSettings): string {
  const parts: string[] = [s.role, s.id];
  if (s.role === 'storage') {
    if (s.fencing) parts.push('fencing');
    return parts.join(' ');
  }
  parts.push(s.hosts.join(','));
  if (s.timeoutMs !== undefined) parts.push(String(s.timeoutMs));
  if (s.style === 'hardened') parts.push('hardened');
  if (s.storage !== undefined) parts.push('storage', s.storage);
  if (s.role === 'master' && s.reconnects === true) parts.push('reconnects');
  if (s.role === 'worker' && s.can !== undefined) parts.push('can', s.can);
  if (s.role === 'worker' && s.stepMs !== undefined) parts.push('step', String(s.stepMs));
  return parts.join(' ');
}

function taskText({ text, kind, needs, steps, fails }: TaskOrder): string {
  const parts: string[] = [];
  if (kind === 'once') parts.push('once');
  if (needs !== undefined) parts.push('needs', needs);
  if (steps !== undefined) parts.push('steps', String(steps));
  if (fails !== undefined) parts.push('fails', String(fails));
  return [...parts, text].join(' ');
}

export function parseAppCommand(type: AppCommand['type'], r: Reader): Command {
  switch (type) {
    case 'app':
      return { type, settings: parseSettings(r) };
    case 'submit':
      return { type, process: r.process(), task: parseTask(r) };
    case 'fail':
      return { type, process: r.process() };
    case 'fencing': {
      const process = r.process();
      const word = r.word('onOff');
      if (word !== 'on' && word !== 'off') throw new Mistake(sayOfText('text.onOff'), word);
      return { type, process, on: word === 'on' };
    }
  }
}

function parseSettings(r: Reader): AppSettings {
  const role = r.word('role');
  if (!Object.hasOwn(APP_ROLES, role)) {
    throw new Mistake(sayOfText('text.role'), role);
  }
  const id = r.word('id');
  if (readAppName(`${role} ${id}`) === undefined) {
    const { letter, max } = APP_ROLES[role] as { letter: string; max: number };
    throw new Mistake(sayOfText('text.appId', { role, letter, max }), id);
  }
  if (role === 'storage') {
    const isFencing = r.peek() === 'fencing';
    if (isFencing) r.take();
    return { role, id, fencing: isFencing };
  }
  const settings = {
    role: role as 'master' | 'worker' | 'taskclient',
    id,
    hosts: parseHosts(r.word('servers')),
    style: 'book' as const,
  };
  return parseOptions(settings, r);
}

function parseHosts(word: string): number[] {
  return word.split(',').map((part) => {
    if (!/^[1-9]\d{0,2}$/.test(part) || Number(part) > 255) {
      throw new Mistake(sayOfText('text.servers'), part === '' ? word : part);
    }
    return Number(part);
  });
}

function parseOptions(
  base: { role: 'master' | 'worker' | 'taskclient'; id: string; hosts: number[]; style: 'book' },
  r: Reader,
): AppSettings {
  const found: Record<string, unknown> = { ...base };
  if (/^\d/.test(r.peek() ?? '')) found['timeoutMs'] = wholeFrom1(r, 'timeout');
  for (let word = r.peek(); word !== undefined; word = r.peek()) {
    r.take();
    if (word === 'hardened') found['style'] = 'hardened';
    else if (word === 'storage') {
      const id = r.word('storage');
      if (readAppName(`storage ${id}`) === undefined) {
        throw new Mistake(sayOfText('text.storageId'), id);
      }
      found['storage'] = id;
    } else if (word === 'reconnects' && base.role === 'master') found['reconnects'] = true;
    else if (word === 'can' && base.role === 'worker') found['can'] = r.word('ability');
    else if (word === 'step' && base.role === 'worker') found['stepMs'] = wholeFrom1(r, 'step');
    else {
      const values = { role: base.role, form: r.form };
      throw new Mistake(sayOfText('text.appOption', values), word);
    }
  }
  return found as unknown as AppSettings;
}

function parseTask(r: Reader): TaskOrder {
  const task: TaskOrder = { text: '', kind: 'any' };
  for (;;) {
    const word = r.peek();
    if (word === 'once') {
      r.take();
      task.kind = 'once';
    } else if (word === 'needs') {
      r.take();
      task.needs = r.word('needs');
    } else if (word === 'steps') {
      r.take();
      task.steps = wholeFrom1(r, 'steps');
    } else if (word === 'fails') {
      r.take();
      task.fails = wholeFrom1(r, 'fails');
    } else break;
  }
  task.text = r.tail().trim();
  if (task.text === '') throw r.missing('task');
  return task;
}

function wholeFrom1(r: Reader, what: Thing): number {
  const value = r.number(what);
  if (!Number.isSafeInteger(value) || value < 1) {
    throw new Mistake(sayOfText('text.whole', { what: sayOfText(`thing.${what}`) }), String(value));
  }
  return value;
}
