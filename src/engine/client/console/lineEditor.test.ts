import { describe, expect, it, test } from 'vitest';
import { connect, makeClient, type } from '../testEffects.test-support';
import { editLine, emptyEditorHistory } from './lineEditor';

/** What comes of the last of these lines. */
function outcomeOf(...lines: string[]): string {
  const history = emptyEditorHistory();
  let last = '';
  for (const line of lines) {
    const edited = editLine(history, line);
    last =
      edited.type === 'line' ? edited.line : edited.type === 'notFound' ? edited.why : 'broken';
  }
  return last;
}

test.each<[string[], string]>([
  [['!!'], '!!: event not found'],
  [['ls /', '!!'], 'ls /'],
  [['ls /', 'get /a', '!-2'], 'ls /'],
  [['ls /', 'get /a', '!2'], 'get /a'],
  // Two equal lines in a row are one.
  [['ls /', 'ls /', 'get /a', '!2'], 'get /a'],
  [['ls /', '!3'], '!3: event not found'],
  [['ls /', '!-0'], '!-0: event not found'],
  [['ls /', '!-'], '!-: event not found'],
  // The character behind a number is swallowed.
  [['ls /', '!1x!'], 'ls /!'],
  [['ls /', 'get /a', '!l'], 'ls /'],
  [['ls /', '!l x'], '!l x: event not found'],
  [['ls /', 'get /a', '!?s?z'], 'ls /z'],
  [['ls /', '!?x'], '!?x: event not found'],
  [['get  /a ', 'set !$ 1'], 'set /a 1'],
  [['ab!#c'], 'ababc'],
  [['a! b!'], 'a! b!'],
  [['set /a x\\!y'], 'set /a x!y'],
  // The history keeps the escape, which is typed once more with the line.
  [['set /a x\\!y', '!!'], 'set /a x\\!y'],
  [['a\\b'], 'a\\b'],
  [['get /a', '^a^b'], 'get /b'],
  [['get /aa', '^a^$&^ -s'], 'get /$&$&-s'],
  [['^a^b'], 'broken'],
  [['^a'], '^a'],
  [['a^b^c'], 'a^b^c'],
  [['\\^a^b'], '^a^b'],
])('%j becomes %j', (lines, outcome) => {
  expect(outcomeOf(...lines)).toBe(outcome);
});

test('500 lines are kept, under their numbers', () => {
  const lines = Array.from({ length: 600 }, (_, k) => `get /${k + 1}`);
  expect(outcomeOf(...lines, '!101')).toBe('get /101');
  expect(outcomeOf(...lines, '!100')).toBe('!100: event not found');
});

describe('the console', () => {
  const printed = (readAs: string, ...typed: string[]): string[] => {
    const client = makeClient([1]);
    connect(client);
    client.step({ type: 'command', command: { type: 'set', key: 'console', value: readAs } });
    const from = client.state.zkCli.lines.length;
    for (const line of typed) type(client, line);
    return client.state.zkCli.lines
      .slice(from)
      .filter(({ kind }) => kind === 'output' || kind === 'error')
      .map(({ kind, text }) => `${kind}: ${text}`)
      .filter((text) => !text.startsWith('error: \t'));
  };

  it('prints a line that became another one, and counts none that did not', () => {
    expect(printed('zabscope', 'printwatches', '!!', '!x', 'history')).toEqual([
      'output: printwatches is on',
      'output: printwatches',
      'output: printwatches is on',
      'error: [ERROR] Could not expand event',
      'error: java.lang.IllegalArgumentException: !x: event not found',
      'error: ',
      'output: 0 - printwatches',
      'output: 1 - printwatches',
      'output: 2 - history',
    ]);
  });

  it('goes on without jline when that breaks', () => {
    expect(printed('zkCli', '^a^b', 'printwatches', '!!').slice(0, 2)).toEqual([
      'output: JLine support is disabled',
      'output: printwatches is on',
    ]);
    expect(printed('zkCli', '^a^b', '!!').at(-1)).toBe(
      'error: Command not found: Command not found !!',
    );
  });

  it("takes nothing of Zabscope's own where it reads as zkCli does", () => {
    const line = 'printwatches off ; printwatches';
    expect(printed('zabscope', line)).toEqual(['output: printwatches is off']);
    expect(printed('zkCli', line)).toEqual([]);
    expect(printed('zkCli', 'txn').at(-1)).toBe('error: Command not found: Command not found txn');
    expect(printed('zkCli-no-jline', '!!').at(-1)).toBe(
      'error: Command not found: Command not found !!',
    );
  });

  it('knows no other setting', () => {
    const client = makeClient([1]);
    client.step({ type: 'command', command: { type: 'set', key: 'fsync', value: '5' } });
    client.step({ type: 'command', command: { type: 'set', key: 'console', value: 'bash' } });
    const said = client.state.zkCli.lines.filter(({ kind }) => kind === 'world');
    expect(said.map(({ text }) => text)).toEqual([
      'Zabscope: a client has nothing that `set` could act on',
      'Zabscope: a client has nothing that `set` could act on',
    ]);
  });
});
