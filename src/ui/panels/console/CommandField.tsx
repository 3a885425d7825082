/** The line being typed: history by the arrow keys, completion by Tab, Enter gives it to the world or the client. */
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConsoleSection, Frame } from '../../../bridge/frame';
import { clientName, serverName } from '../../../bridge/names';
import type { Sentence } from '../../../bridge/sentences/sentence';
import { CONSOLE_FIELD_ID } from '../../store/keys';
import { edit, page } from '../../store/page';
import { command } from '../../store/run';
import styles from './Console.module.css';
import { lineTools, loadLineTools } from './lineTools';
import { shortPrompt } from './shortPrompt';

const DONE: Sentence = { key: 'console.done', values: {} };

interface Props {
  frame: Frame;
  letter: string;
  section: ConsoleSection | undefined;
}

export function CommandField({ frame, letter, section }: Props) {
  const { t } = useTranslation();
  // What is being typed belongs to its client: changing tabs loses nothing.
  const [drafts, setDrafts] = useState<Readonly<Record<string, string>>>({});
  const [candidates, setCandidates] = useState<readonly string[]>([]);
  const history = useRef<Record<string, string[]>>({});
  const place = useRef<Record<string, number>>({});
  const draft = drafts[letter] ?? '';
  const past = history.current[letter] ?? [];

  const write = (text: string) => {
    setDrafts({ ...drafts, [letter]: text });
    setCandidates([]);
  };
  const recall = (by: 1 | -1) => {
    const to = (place.current[letter] ?? past.length) + by;
    if (to < 0 || to > past.length) return;
    place.current[letter] = to;
    write(past[to] ?? '');
  };
  const enter = async () => {
    const line = draft;
    if (line.trim() === '') return;
    const tools = lineTools() ?? (await loadLineTools());
    if (tools === undefined) return;
    const reading = tools.readLine(line, letter);
    if (reading.type === 'wrong') {
      say(letter, 'input', line);
      say(letter, 'error', reading.error.message, reading.error.sentence);
      return;
    }
    write('');
    history.current[letter] = past.at(-1) === line ? past : [...past, line];
    delete place.current[letter];
    if (reading.isWorldWord) say(letter, 'input', line);
    const isDone = await command(reading.command, (error) => {
      say(letter, 'error', error.message, error.sentence);
      // The line was refused: it stands there again, to be mended.
      setDrafts((all) => ({ ...all, [letter]: all[letter] || line }));
    });
    if (isDone && reading.isWorldWord) say(letter, 'world', t('console.done'), DONE);
  };

  return (
    <div className={styles.prompt}>
      {candidates.length > 0 && <p className={styles.candidates}>{candidates.join('  ')}</p>}
      <label htmlFor={CONSOLE_FIELD_ID} className={styles.promptText} title={section?.prompt}>
        {shortPrompt(section?.prompt ?? '').trimEnd()}
      </label>
      <input
        id={CONSOLE_FIELD_ID}
        aria-label={t('console.command')}
        title={t('console.several')}
        className={styles.field}
        value={draft}
        placeholder={past.length === 0 ? t('console.placeholder') : ''}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        maxLength={4000}
        onFocus={() => void loadLineTools()}
        onChange={(event) => write(event.target.value)}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return;
          if (event.key === 'Enter') void enter();
          else if (event.key === 'ArrowUp') recall(-1);
          else if (event.key === 'ArrowDown') recall(1);
          else if (event.key === 'Escape') event.currentTarget.blur();
          else if (event.key !== 'Tab' || event.shiftKey) return;
          else {
            const tools = lineTools();
            if (tools === undefined) void loadLineTools();
            else {
              const done = tools.complete(draft, pathsFor(frame, letter), tools.WORLD_WORDS);
              if (done === undefined) return;
              setDrafts({ ...drafts, [letter]: done.line });
              setCandidates(done.candidates);
            }
          }
          event.preventDefault();
        }}
      />
    </div>
  );
}

/** A line that the page adds to a console by itself. */
function say(
  letter: string,
  kind: 'input' | 'world' | 'error',
  text: string,
  sentence?: Sentence,
): void {
  const { frame } = page();
  edit((state) => {
    state.localLines.push({
      letter,
      at: frame?.at ?? 0,
      event: frame?.event ?? 0,
      kind,
      text,
      ...(sentence === undefined ? {} : { sentence }),
    });
  });
}

/** Znodes of the server that the client talks to. */
function pathsFor(frame: Frame, letter: string): string[] {
  const client = frame.processes[clientName(letter)]?.sections['client'];
  const server = client?.type === 'client' ? client.server : undefined;
  const tree =
    server === undefined ? undefined : frame.processes[serverName(server)]?.sections['tree'];
  return tree?.type === 'tree' ? tree.nodes.map((node) => node.path) : [];
}
