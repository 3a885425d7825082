/** What runs, whether its laws hold, and how the page looks. */
import { BookOpen, CircleHelp, Monitor, Moon, Sun } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { AppStyle } from '../../../bridge/app';
import { Group } from '../../parts/Group';
import { hasApp } from '../../parts/sections';
import { SERVER_COUNTS } from '../../store/ensembles';
import { chooseLanguage } from '../../store/language';
import { type PageView, put, type Setup, usePage } from '../../store/page';
import type { Theme } from '../../store/preferences';
import { openEnsemble } from '../../store/run';
import { plainText } from '../story/storyText';
import { Checks } from './Checks';
import styles from './TopBar.module.css';

const APP_STYLES: readonly AppStyle[] = ['book', 'hardened'];
const VIEWS: readonly PageView[] = ['application', 'ensemble'];

const NEXT_THEME: Readonly<Record<Theme, Theme>> = {
  system: 'light',
  light: 'dark',
  dark: 'system',
};

export function TopBar() {
  const { t } = useTranslation();
  const setup = usePage((s) => s.setup);
  const isOpening = usePage((s) => s.isOpening);
  const theme = usePage((s) => s.theme);
  const language = usePage((s) => s.language);
  return (
    <header className={styles.bar}>
      <h1 className={styles.logo}>
        <svg viewBox="0 0 16 16" aria-hidden="true">
          <circle cx="8" cy="8" r="6.5" fill="none" stroke="currentColor" strokeWidth="3" />
          <circle cx="8" cy="8" r="2.5" fill="currentColor" />
        </svg>
        {t('app.name')}
      </h1>
      <Stories />
      <span className={styles.pick}>
        <select
          aria-label={t('topbar.servers')}
          value={setup.app ?? setup.servers}
          disabled={isOpening}
          onChange={(event) => void openEnsemble(setupOf(event.target.value, setup.seed))}
        >
          {serverCounts(setup.servers).map((count) => (
            <option key={count} value={count}>
              {t('topbar.serverCount', { count })}
            </option>
          ))}
          {APP_STYLES.map((style) => (
            <option key={style} value={style}>
              {t(`topbar.app.${style}`)}
            </option>
          ))}
        </select>
      </span>
      <ViewSwitch />
      <p className={styles.facts}>
        <span>{t('topbar.seed', { seed: setup.seed })}</span>
        <span title={t('topbar.profileTitle')}>{t('topbar.behavesAs')}</span>
      </p>
      <span className={styles.grow} />
      <Checks />
      <button
        type="button"
        className={styles.language}
        title={t('topbar.languageTitle')}
        aria-label={t('topbar.language')}
        onClick={() => void chooseLanguage(language === 'en' ? 'zh' : 'en')}
      >
        <span lang="en" className={language === 'en' ? styles.spoken : undefined}>
          EN
        </span>
        <i aria-hidden="true">/</i>
        <span lang="zh-CN" className={language === 'zh' ? styles.spoken : undefined}>
          中文
        </span>
      </button>
      <button
        type="button"
        className={styles.icon}
        title={t(`topbar.theme.${theme}`)}
        aria-label={t(`topbar.theme.${theme}`)}
        onClick={() => put({ theme: NEXT_THEME[theme] })}
      >
        {theme === 'system' ? <Monitor /> : theme === 'light' ? <Sun /> : <Moon />}
      </button>
      <button
        type="button"
        className={styles.icon}
        title={t('topbar.help')}
        aria-label={t('topbar.help')}
        onClick={() => put({ isHelpOpen: true })}
      >
        <CircleHelp />
      </button>
    </header>
  );
}

function setupOf(choice: string, seed: number): Setup {
  const app = APP_STYLES.find((style) => style === choice);
  return app === undefined ? { servers: Number(choice), seed } : { servers: 3, seed, app };
}

/** There is something to switch only where an application runs above the ensemble. */
function ViewSwitch() {
  const { t } = useTranslation();
  const view = usePage((s) => s.view);
  const isApp = usePage((s) => s.frame !== undefined && hasApp(s.frame));
  if (!isApp) return null;
  return (
    <Group aria-label={t('topbar.view')} className={styles.views}>
      {VIEWS.map((one) => (
        <button
          key={one}
          type="button"
          aria-pressed={one === view}
          title={t('topbar.view.key')}
          onClick={() => put({ view: one })}
        >
          {t(`topbar.view.${one}`)}
        </button>
      ))}
    </Group>
  );
}

/** Opens the list of stories; says which one is being read. */
function Stories() {
  const { t } = useTranslation();
  const language = usePage((s) => s.language);
  const title = usePage((s) => s.story?.runner.scenario.title[language]);
  return (
    <button
      type="button"
      className={styles.stories}
      aria-haspopup="dialog"
      aria-label={
        title === undefined ? undefined : t('topbar.storyOpen', { title: plainText(title) })
      }
      onClick={() => put({ isPickingStory: true })}
    >
      <BookOpen />
      <span>{title === undefined ? t('topbar.stories') : plainText(title)}</span>
    </button>
  );
}

/** A recording may hold another number than the selector offers. */
function serverCounts(present: number): readonly number[] {
  return SERVER_COUNTS.includes(present)
    ? SERVER_COUNTS
    : [...SERVER_COUNTS, present].sort((a, b) => a - b);
}
