/** Says what went wrong and what to do; what is on screen stays. */
import { X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { saidIn } from '../../i18n/said';
import { usePage } from '../../store/page';
import { openEnsemble } from '../../store/run';
import { dismissProblem } from '../../store/start';
import styles from './Problem.module.css';

export function ErrorBar() {
  const { t, i18n } = useTranslation();
  const problem = usePage((s) => s.problem);
  const setup = usePage((s) => s.setup);
  if (problem === undefined) return null;
  const message = saidIn(i18n, problem);
  return (
    <div className={styles.bar} role="alert">
      <p>
        <b>{t('problem.title')}</b>{' '}
        {problem.place === undefined || message.includes(problem.place)
          ? message
          : t('problem.at', { place: problem.place, message })}{' '}
        <span>{t(problem.fatal ? 'problem.doReload' : 'problem.doGoOn')}</span>
      </p>
      <button type="button" onClick={() => void openEnsemble(setup)}>
        {t('problem.openNew')}
      </button>
      <button
        type="button"
        className={styles.close}
        aria-label={t('problem.dismiss')}
        onClick={dismissProblem}
      >
        <X />
      </button>
    </div>
  );
}
