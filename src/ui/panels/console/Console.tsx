/** The consoles of the clients: a tab each, what was printed, and the line being typed. */
import { Plus } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConsoleLine, ConsoleSection, Frame } from '../../../bridge/frame';
import { clientName, shortName } from '../../../bridge/names';
import { LetterMark } from '../../parts/SessionMark';
import { saidIn } from '../../i18n/said';
import { clientsOf, nextLetter, sidsOf } from '../../store/ensembles';
import { type LocalLine, put, usePage } from '../../store/page';
import { command } from '../../store/run';
import { CommandField } from './CommandField';
import styles from './Console.module.css';
import { mergeLines } from './mergeLines';
import { shortPrompt } from './shortPrompt';

export function Console() {
  const { t } = useTranslation();
  const frame = usePage((s) => s.frame);
  const chosen = usePage((s) => s.consoleLetter);
  const letter = frame === undefined ? chosen : letterThatIs(frame, chosen);
  return (
    <section className={styles.console} aria-label={t('console.name')}>
      {frame === undefined ? (
        <p className={styles.empty}>{t('console.opening')}</p>
      ) : (
        <>
          <Tabs frame={frame} letter={letter} />
          <Output frame={frame} letter={letter} />
          <CommandField frame={frame} letter={letter} section={consoleOf(frame, letter)} />
        </>
      )}
    </section>
  );
}

/** The chosen client, or the first one where there is none of that letter. */
function letterThatIs(frame: Frame, chosen: string): string {
  if (frame.processes[clientName(chosen)] !== undefined) return chosen;
  const [first] = clientsOf(frame);
  return first === undefined ? chosen : shortName(first.name);
}

function consoleOf(frame: Frame, letter: string): ConsoleSection | undefined {
  const section = frame.processes[clientName(letter)]?.sections['console'];
  return section?.type === 'console' ? section : undefined;
}

function Tabs({ frame, letter }: { frame: Frame; letter: string }) {
  const { t } = useTranslation();
  const servers = usePage((s) => s.setup.servers);
  // By their names: a client that was just ordered has no sections before it starts.
  const letters = clientsOf(frame).map((client) => shortName(client.name));
  const pick = (to: string) => put({ consoleLetter: to });
  const add = () => {
    const next = nextLetter(frame);
    void command({ type: 'client', letter: next, hosts: sidsOf(servers) }).then((isDone) => {
      if (isDone) pick(next);
    });
  };
  return (
    <div className={styles.tabs}>
      <div role="tablist" aria-label={t('console.clients')}>
        {letters.map((own, i) => (
          <button
            key={own}
            type="button"
            role="tab"
            id={`console-tab-${own}`}
            aria-controls="console-output"
            aria-selected={own === letter}
            aria-label={t('console.tab', { letter: own })}
            tabIndex={own === letter ? 0 : -1}
            className={styles.tab}
            onClick={() => pick(own)}
            onKeyDown={(event) => {
              const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
              const next = letters[(i + by + letters.length) % letters.length];
              if (by === 0 || next === undefined) return;
              event.preventDefault();
              pick(next);
              document.getElementById(`console-tab-${next}`)?.focus();
            }}
          >
            <LetterMark letter={own} />
            {own === letter && <span>{t('console.zkCli')}</span>}
          </button>
        ))}
      </div>
      <button type="button" className={styles.add} aria-label={t('console.add')} onClick={add}>
        <Plus />
      </button>
    </div>
  );
}

/** zkCli reports a created znode on stderr; to a reader it is no error. */
function looksOf({ kind, text }: ConsoleLine | LocalLine): ConsoleLine['kind'] {
  return kind === 'error' && text.startsWith('Created ') ? 'output' : kind;
}

function Output({ frame, letter }: { frame: Frame; letter: string }) {
  const { t, i18n } = useTranslation();
  const local = usePage((s) => s.localLines);
  const section = consoleOf(frame, letter);
  const lines = mergeLines(section?.lines ?? [], local, letter, frame.event);
  const wordsOf = (line: ConsoleLine | LocalLine) =>
    'sentence' in line ? saidIn(i18n, { message: line.text, sentence: line.sentence }) : line.text;
  const log = useRef<HTMLDivElement>(null);
  const count = lines.length + (section?.dropped ?? 0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new line or another tab scrolls to the end
  useEffect(() => {
    if (log.current !== null) log.current.scrollTop = log.current.scrollHeight;
  }, [count, letter]);
  return (
    <div
      ref={log}
      id="console-output"
      role="log"
      aria-label={t('console.output')}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: whoever has no mouse scrolls it by the arrow keys
      tabIndex={0}
      className={styles.log}
    >
      {lines.length === 0 && <p className={styles.hint}>{t('console.empty')}</p>}
      {(section?.dropped ?? 0) > 0 && (
        <p className={styles.hint}>{t('console.dropped', { count: section?.dropped ?? 0 })}</p>
      )}
      {lines.map((line, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line's number is all that tells two equal lines apart
        <p key={`${(section?.dropped ?? 0) + i}/${line.at}`} className={styles[looksOf(line)]}>
          {'prompt' in line && line.prompt !== undefined && (
            <span className={styles.promptText} title={line.prompt}>
              {shortPrompt(line.prompt)}
            </span>
          )}
          {wordsOf(line) || ' '}
        </p>
      ))}
      {section?.waiting === true && <p className={styles.waiting}>{t('console.waiting')}</p>}
    </div>
  );
}
