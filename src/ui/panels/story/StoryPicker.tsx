/** The list of stories by chapter: what each is called and asks, which are finished, which is open. */
import { Check, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { STORIES } from '../../../scenarios/all';
import type { Scenario } from '../../../scenarios/scenario';
import { put, usePage } from '../../store/page';
import { openStory } from '../../store/story';
import { finishedStories } from '../../store/storyFinished';
import { MarkedText } from './MarkedText';
import styles from './Story.module.css';
import { byChapter, matches } from './storyList';

export function StoryPicker() {
  const { t } = useTranslation();
  const dialog = useRef<HTMLDialogElement>(null);
  const [wanted, setWanted] = useState('');
  const current = usePage((s) => s.story?.runner.scenario.id);
  const [finished] = useState(finishedStories);
  useEffect(() => dialog.current?.showModal(), []);
  const found = STORIES.filter((scenario) => matches(scenario, wanted));
  const done = STORIES.filter(({ id }) => finished.has(id)).length;
  const open = (scenario: Scenario) => {
    dialog.current?.close();
    openStory(scenario.id);
  };
  return (
    <dialog
      ref={dialog}
      className={styles.picker}
      aria-labelledby="stories-title"
      onClose={() => put({ isPickingStory: false })}
    >
      <header>
        <h2 id="stories-title">{t('story.picker.title')}</h2>
        <p>{t('story.picker.count', { done, count: STORIES.length })}</p>
        <input
          type="search"
          aria-label={t('story.picker.search')}
          placeholder={t('story.picker.hint')}
          value={wanted}
          onChange={(event) => setWanted(event.target.value)}
          onKeyDown={(event) => {
            const [first] = found;
            if (event.key === 'Enter' && first !== undefined && wanted.trim() !== '') open(first);
            if (event.key === 'ArrowDown') walk(event, dialog.current, 1);
          }}
        />
        <button
          type="button"
          className={styles.close}
          aria-label={t('story.picker.close')}
          onClick={() => dialog.current?.close()}
        >
          <X />
        </button>
      </header>
      <div className={styles.stories}>
        {byChapter(found).map(({ chapter, scenarios }) => (
          <section key={chapter} aria-label={t(`story.chapter.${chapter}`)}>
            <h3>{t(`story.chapter.${chapter}`)}</h3>
            <ul>
              {scenarios.map((scenario) => (
                <li key={scenario.id}>
                  <button
                    type="button"
                    className={styles.story}
                    data-story={scenario.id}
                    aria-current={scenario.id === current ? 'true' : undefined}
                    onClick={() => open(scenario)}
                    onKeyDown={(event) => {
                      if (event.key === 'ArrowDown') walk(event, dialog.current, 1);
                      if (event.key === 'ArrowUp') walk(event, dialog.current, -1);
                    }}
                  >
                    {finished.has(scenario.id) ? (
                      <Check className={styles.tick} aria-label={t('story.picker.finished')} />
                    ) : (
                      <span className={styles.tick} />
                    )}
                    <b>
                      <MarkedText text={scenario.title} />
                    </b>
                    {scenario.id === current ? <i>{t('story.picker.current')}</i> : <i />}
                    <small>
                      <MarkedText text={scenario.question} />
                    </small>
                  </button>
                </li>
              ))}
            </ul>
          </section>
        ))}
        {found.length === 0 && (
          <p className={styles.none} role="status">
            {STORIES.length === 0
              ? t('story.picker.empty')
              : t('story.picker.none', { text: wanted })}
          </p>
        )}
      </div>
    </dialog>
  );
}

/** Up and down lead from story to story. */
function walk(event: React.KeyboardEvent, dialog: HTMLElement | null, by: 1 | -1): void {
  const all = [...(dialog?.querySelectorAll<HTMLElement>('[data-story]') ?? [])];
  const at = all.indexOf(event.currentTarget as HTMLElement);
  const next = all[at + by];
  event.preventDefault();
  if (next !== undefined) next.focus();
  else if (by === -1) dialog?.querySelector<HTMLElement>('[type=search]')?.focus();
}
