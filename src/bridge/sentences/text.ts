/** Mistakes of a command's text form. The page reads such texts itself, so these are part of it. */
import { sayer } from './sentence';

export const TEXT_SENTENCES = {
  'text.empty': 'a command is expected',
  'text.noCommand': 'there is no command {{word}}',
  'text.missing': '{{what}} is missing; the form is: {{form}}',
  'text.nothing': 'nothing is expected here; the form is: {{form}}',
  'text.process': 'a process is expected here, as 1 or client a',
  'text.channel': 'a channel is expected here: client, quorum, election or app',
  'text.number': '{{what}} is a number, 0 or more',
  'text.whole': '{{what}} is a whole number, 1 or more',
  'text.only': '`only` is expected here',
  'text.disk': 'expected here: slow MS, fail-append, fail-fsync, full or ok',
  'text.letter': 'the letter of a client is a to z, or aa to bh',
  'text.servers': 'servers are expected here, as 1,2,3',
  'text.clientOption': 'a timeout in ms, `readonly` or `batch` is expected here',
  'text.batch': 'the words of a batch are a JSON list',
  'text.chroot': 'a chroot is the path of a znode, as /app',
  'text.fourLetters': 'a word of four letters is expected here',
  'text.letterOrNumber': 'the letter of a client or a number is expected here',
  'text.probe': 'the number of a probe is 0 to 119',
  'text.verb': 'open, send or close is expected here',
  'text.json': '{{what}} is JSON: {{problem}}',
  'text.jsonKey': '{{what}} is a JSON object with a {{key}}',
  'text.setting': 'a setting is one of {{keys}}, Sender-2 and the like',
  'text.settingTime': 'the value of a setting is a time in ms, 0 or more',
  'text.onOff': 'on or off is expected here',
  'text.role': 'master, worker, taskclient or storage is expected here',
  'text.appId': 'the id of a {{role}} is {{letter}}-1 to {{letter}}-{{max}}',
  'text.storageId': 'the id of a storage is s-1 to s-10',
  'text.appOption': 'a {{role}} has no such option; the form is: {{form}}',

  'thing.process': 'a process',
  'thing.name': 'the name of the {{kind}}',
  'thing.channel': 'a channel',
  'thing.thread': 'a thread',
  'thing.kind': 'a kind of message',
  'thing.message': 'a message',
  'thing.latency': 'a latency',
  'thing.jitter': 'a jitter',
  'thing.key': 'a key',
  'thing.value': 'a value',
  'thing.fault': 'what the disk does',
  'thing.slow': 'the ms that an fsync takes longer',
  'thing.letter': 'the letter of a client',
  'thing.servers': 'a list of servers',
  'thing.timeout': 'a timeout in ms',
  'thing.word': 'a word of four letters',
  'thing.probe': 'the number of a probe',
  'thing.verb': 'open, send or close',
  'thing.tag': 'a tag',
  'thing.action': 'an action',
  'thing.packet': 'a packet',
  'thing.batch': 'the words of a batch',
  'thing.onOff': 'on or off',
  'thing.role': 'master, worker, taskclient or storage',
  'thing.id': 'an id',
  'thing.storage': 'the id of a storage',
  'thing.ability': 'what it can do',
  'thing.needs': 'what a worker must be able to do',
  'thing.step': 'a step in ms',
  'thing.steps': 'a number of steps',
  'thing.fails': 'a number of runs that fail',
  'thing.task': 'what is to be done',
} as const;

export const sayOfText = sayer(TEXT_SENTENCES);

/** What a word of a command is, by the end of its key. */
export type Thing = keyof typeof TEXT_SENTENCES extends infer Key
  ? Key extends `thing.${infer Name}`
    ? Name
    : never
  : never;
