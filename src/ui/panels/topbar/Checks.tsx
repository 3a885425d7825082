/** The lamp of the properties; its list is always there for a screen reader and opens by a click. */
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CheckView } from '../../../bridge/frame';
import { saidIn } from '../../i18n/said';
import { bringTexts } from '../../store/language';
import { put, usePage } from '../../store/page';
import { seek } from '../../store/run';
import styles from './TopBar.module.css';

export function Checks() {
  const { t, i18n } = useTranslation();
  const checks = usePage((s) => s.frame?.checks);
  const [isOpen, setIsOpen] = useState(false);
  useEffect(() => {
    if (isOpen) void bringTexts('checks');
  }, [isOpen]);
  if (checks === undefined || checks.length === 0) return null;
  // A number that is only shown is no property.
  const laws = checks.filter(({ count }) => count === undefined);
  const broken = laws.filter((check) => !check.holds);
  const ofEnsemble = checks.filter(isOfEnsemble);
  const ofApp = checks.filter((check) => !isOfEnsemble(check));
  return (
    <div className={styles.checks}>
      <button
        type="button"
        className={styles.lampButton}
        data-look="checks"
        aria-expanded={isOpen}
        onClick={() => setIsOpen(!isOpen)}
      >
        <span className={broken.length > 0 ? styles.lampBroken : styles.lamp} aria-hidden="true" />
        {broken.length > 0
          ? t('checks.broken', { count: broken.length })
          : t('checks.hold', { count: laws.length })}
      </button>
      <ul
        aria-label={t('checks.list')}
        // Whoever has no mouse scrolls it by the arrow keys
        tabIndex={isOpen ? 0 : undefined}
        className={isOpen ? styles.checkList : 'visuallyHidden'}
      >
        {ofApp.map((check, i) => item(check, i === 0 ? t('checks.app') : undefined))}
        {ofEnsemble.map((check, i) =>
          item(check, i === 0 && ofApp.length > 0 ? t('checks.ensemble') : undefined),
        )}
      </ul>
    </div>
  );

  /** `group`: it is the first of its group, whose name stands above it. */
  function item(check: CheckView, group: string | undefined) {
    return (
      <li
        key={check.name}
        className={check.holds ? undefined : styles.brokenItem}
        data-group={group}
      >
        <span>{wordsOf(check)}</span>
        {check.brokenAt !== undefined && isOpen && (
          <button
            type="button"
            onClick={() => {
              put({ notice: undefined });
              void seek(check.brokenAt ?? 0);
            }}
          >
            {t('checks.goTo', { event: check.brokenAt })}
          </button>
        )}
        {isOpen && i18n.exists(`checks.meaning.${check.name}`) && (
          <small>{t(`checks.meaning.${check.name}`)}</small>
        )}
        {check.explanation !== undefined && (
          <small>{saidIn(i18n, { message: check.explanation, sentence: check.sentence })}</small>
        )}
      </li>
    );
  }

  function wordsOf({ name, holds, count }: CheckView): string {
    if (count !== undefined) return t('checks.itemCount', { name: numberWords(name), count });
    return t(holds ? 'checks.itemHolds' : 'checks.itemBroken', { name });
  }

  /** A number is called by what it counts, where the catalogue has come that says it. */
  function numberWords(name: string): string {
    return i18n.exists(`checks.number.${name}`) ? t(`checks.number.${name}`) : name;
  }
}

/** Those of the application, by name; every other one is the ensemble's. */
const OF_APP: readonly string[] = [
  'NoTaskLost',
  'NoDuplicateEffect',
  'NoStuckInbox',
  'OneLiveMaster',
  'TokensNeverDecrease',
  'ProcessesThatBelieve',
];

function isOfEnsemble({ name }: CheckView): boolean {
  return !OF_APP.includes(name);
}
