/** The lamp of the properties; its list is always there for a screen reader and opens by a click. */
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
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
  const broken = checks.filter((check) => !check.holds);
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
          : t('checks.hold', { count: checks.length })}
      </button>
      <ul aria-label={t('checks.list')} className={isOpen ? styles.checkList : 'visuallyHidden'}>
        {checks.map((check) => (
          <li key={check.name} className={check.holds ? undefined : styles.brokenItem}>
            <span>
              {t(check.holds ? 'checks.itemHolds' : 'checks.itemBroken', { name: check.name })}
            </span>
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
            {check.explanation !== undefined && <small>{check.explanation}</small>}
          </li>
        ))}
      </ul>
    </div>
  );
}
