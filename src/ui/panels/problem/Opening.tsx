/** What is seen before the first frame: an ensemble that is being started. */
import { useTranslation } from 'react-i18next';
import { usePage } from '../../store/page';
import styles from './Problem.module.css';

export function Opening() {
  const { t } = useTranslation();
  const servers = usePage((s) => s.setup.servers);
  const isOpening = usePage((s) => s.isOpening);
  return (
    <div className={styles.opening} role="status">
      <div className={styles.dots} aria-hidden="true">
        {Array.from({ length: servers }, (_, i) => i + 1).map((sid) => (
          <i key={sid}>{sid}</i>
        ))}
      </div>
      <p>{isOpening ? t('opening.starting', { count: servers }) : t('opening.empty')}</p>
    </div>
  );
}
