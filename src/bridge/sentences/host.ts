/** What the host of a run says to the page, and what is wrong with an input that comes from outside. */
import { sayer } from './sentence';

export const HOST_SENTENCES = {
  'host.nothingOpen': 'nothing is open yet',
  'host.noQuestion': 'there is no question {{type}}',
  'host.noServer': 'there is no server {{server}} that lives at this event',
  'host.noEvent': 'there is no event {{event}}: the run has events 0 to {{newest}}',
  'host.noRoom': 'an advance needs room for one event or more',
  'host.notKept':
    'the trace of events before {{event}} is no longer kept: a run keeps its newest {{max}} entries',
  'host.unreadable': 'This cannot be read: {{problem}} (at {{place}}).',
  'host.engineFailed': 'The engine failed: {{problem}}',
  'host.processFailed':
    'The engine failed in process {{name}} after event {{event}} (seed {{seed}}): {{problem}}',
  'host.cannotFollow': 'This recording cannot be followed: {{problem}}.',
  'host.otherEngine':
    'This recording was made by another engine ({{engine}}): after event {{events}} its fingerprint is {{fingerprint}}, a replay here comes to {{found}}.',

  'replay.nothingLeft': 'nothing is left after event {{event}} of {{events}}',
  'replay.tooMany': 'at {{at}} us {{event}} events had happened, not {{events}}',
  'replay.command': 'command {{n}} ({{type}}): {{problem}}',

  'schema.path': 'Expected a path such as "/app"',
  'schema.process': 'Expected a process such as "1" or "client a"',
  'schema.appId': 'Expected an id such as "m-1"',
  'schema.storageId': 'Expected an id such as "s-1"',
  'schema.word': 'Expected one word',
  'schema.fourLetters': 'Expected a word of four letters',
  'schema.hexDigits': 'Expected 8 hex digits',
  'schema.twice': 'Expected processes of different names',
  'schema.order': 'lies before the command in front of it',
  'schema.end': 'the recording ends before its last command',
  'schema.notJson': 'not JSON: {{problem}}',
  'schema.invalid': 'Invalid {{what}}: Expected {{expected}} but received {{received}}',
  'schema.wrong': 'Invalid {{what}}: Received {{received}}',
} as const;

export const sayOfHost = sayer(HOST_SENTENCES);
