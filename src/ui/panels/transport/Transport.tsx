/** The controls of time. */
import {
  ChevronFirst,
  ChevronLast,
  Pause,
  Play,
  StepBack as StepBackIcon,
  StepForward,
} from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { edit, put, usePage } from '../../store/page';
import { togglePlay } from '../../store/player';
import { SPEEDS, TIME_FACTORS, type Tempo } from '../../store/preferences';
import { nextStage, runToCommit, seekNewest, seekStart, step, stepBack } from '../../store/run';
import { secondsText } from '../now/secondsText';
import styles from './Transport.module.css';

const TEMPOS: readonly Tempo[] = ['event', 'time'];

export function Transport() {
  const { t } = useTranslation();
  const isPlaying = usePage((s) => s.isPlaying);
  const isReady = usePage((s) => s.frame !== undefined && !s.isOpening);
  const isAtStart = usePage((s) => s.frame?.event === 0);
  const isNewest = usePage((s) => s.frame !== undefined && s.frame.event >= s.frame.lastEvent);
  const sign = (label: string, keys: string) => ({
    'aria-label': label,
    title: `${label} (${keys})`,
  });
  return (
    <div className={styles.transport} role="toolbar" aria-label={t('transport.name')}>
      <button
        type="button"
        className={styles.square}
        disabled={!isReady || isAtStart}
        onClick={() => void seekStart()}
        aria-label={t('transport.toStart')}
        title={t('transport.toStart')}
      >
        <ChevronFirst />
      </button>
      <button
        type="button"
        className={styles.square}
        disabled={!isReady || isAtStart}
        onClick={() => void stepBack()}
        {...sign(t('transport.stepBack'), '←')}
      >
        <StepBackIcon />
      </button>
      <button
        type="button"
        className={styles.play}
        disabled={!isReady}
        onClick={togglePlay}
        {...sign(isPlaying ? t('transport.pause') : t('transport.play'), t('transport.space'))}
      >
        {isPlaying ? <Pause /> : <Play />}
      </button>
      <button
        type="button"
        className={styles.square}
        disabled={!isReady}
        onClick={() => void step()}
        {...sign(t('transport.step'), '→')}
      >
        <StepForward />
      </button>
      <button
        type="button"
        className={styles.square}
        disabled={!isReady || isNewest}
        onClick={() => void seekNewest()}
        aria-label={t('transport.toNewest')}
        title={t('transport.toNewest')}
      >
        <ChevronLast />
      </button>
      <button
        type="button"
        className={styles.word}
        disabled={!isReady}
        onClick={() => void nextStage()}
        title={t('transport.nextStageTitle')}
      >
        {t('transport.nextStage')}
      </button>
      <button
        type="button"
        className={styles.word}
        disabled={!isReady}
        onClick={() => void runToCommit()}
        title={t('transport.runToCommitTitle')}
      >
        {t('transport.runToCommit')}
      </button>
      <Clock />
      <TempoAndSpeed />
    </div>
  );
}

function Clock() {
  const { t } = useTranslation();
  const frame = usePage((s) => s.frame);
  if (frame === undefined) return <span className={styles.grow} />;
  const { event, lastEvent, at } = frame;
  return (
    <p className={styles.clock}>
      <span>{t('transport.event', { event, last: lastEvent })}</span>
      <span>{t('transport.seconds', { seconds: secondsText(at) })}</span>
    </p>
  );
}

function TempoAndSpeed() {
  const { t } = useTranslation();
  const tempo = usePage((s) => s.tempo);
  const speed = usePage((s) => s.speed);
  const timeFactor = usePage((s) => s.timeFactor);
  return (
    <>
      <fieldset className={styles.tempo}>
        <legend className="visuallyHidden">{t('transport.tempo')}</legend>
        {TEMPOS.map((which) => (
          <label key={which} title={t(`transport.tempoTitle.${which}`)}>
            <input
              type="radio"
              name="tempo"
              className="visuallyHidden"
              checked={tempo === which}
              onChange={() => put({ tempo: which })}
            />
            <span>{t(`transport.tempo.${which}`)}</span>
          </label>
        ))}
      </fieldset>
      <span className={styles.speed}>
        <select
          aria-label={t('transport.speed')}
          title={t('transport.speedTitle')}
          value={String(tempo === 'event' ? speed : timeFactor)}
          onChange={(event) => {
            const value = Number(event.target.value);
            edit((draft) => {
              if (draft.tempo === 'event') draft.speed = value;
              else draft.timeFactor = value;
            });
          }}
        >
          {(tempo === 'event' ? SPEEDS : TIME_FACTORS).map((value) => (
            <option key={value} value={String(value)}>
              {speedText(value, t('transport.max'))}
            </option>
          ))}
        </select>
      </span>
    </>
  );
}

/** `1×`, `1/4×`, or the word for as fast as it goes. */
function speedText(value: number, max: string): string {
  if (value === Number.POSITIVE_INFINITY) return max;
  return value < 1 ? `1/${Math.round(1 / value)}×` : `${value}×`;
}
