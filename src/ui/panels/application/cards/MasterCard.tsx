/** A master: what it says of itself, whether that is so at the leader, why, and its session on one ruler. */
import { useTranslation } from 'react-i18next';
import type { Frame, ProcessView } from '../../../../bridge/frame';
import { NO_SESSION } from '../../../../zk/ids';
import { SessionRuler } from '../../../charts/SessionRuler';
import { sectionOf } from '../../../parts/sections';
import type { CardBox } from '../geometry/appLayout';
import type { AppHistory } from '../views/history';
import { beliefOf, leftOf, sessionState, type Truth } from '../views/truth';
import { masterSentences, saidOf, seconds } from '../views/words';
import { ProcessCard, type Tag } from './ProcessCard';
import styles from './ProcessCard.module.css';
import { joined } from '../../../i18n/joined';

export interface AppCardProps {
  frame: Frame;
  process: ProcessView;
  place: CardBox;
  truth: Truth;
  history: AppHistory;
  isSelected: boolean;
  /** The visitor is told what to do. */
  isInviting: boolean;
}

export function MasterCard({ frame, process, place, truth, history, isSelected }: AppCardProps) {
  const { t } = useTranslation();
  const master = sectionOf(process, 'master', 'master');
  const belief = beliefOf(frame, process, truth);
  const { verdict } = belief;
  const tags: Tag[] = [];
  // Whether it is right comes first: that it stands still is seen by its border, too.
  if (verdict === 'true') tags.push({ text: t('application.tag.true'), look: 'good' });
  if (verdict === 'wrong') tags.push({ text: t('application.tag.wrong'), look: 'bad' });
  if (process.status === 'down') tags.push({ text: t('application.tag.down'), look: 'unseen' });
  if (process.status === 'paused') tags.push({ text: t('application.tag.paused'), look: 'slow' });
  const said = master === undefined ? undefined : saidOf(master);
  const words = masterSentences(frame, process, truth, history);
  return (
    <ProcessCard process={process} place={place} tags={tags} isSelected={isSelected}>
      {said === undefined ? null : <p className={styles.said}>{t(said.key, said.values)}</p>}
      {place.form === 'full' || said === undefined ? (
        <p>
          {joined(
            'sentences',
            words.map(({ key, values }) => t(key, values)),
          )}
        </p>
      ) : null}
      {place.form === 'full' ? (
        <div className={styles.foot}>
          <Ruler frame={frame} process={process} truth={truth} history={history} />
        </div>
      ) : null}
    </ProcessCard>
  );
}

/** What the process heard of its session, and how long the leader waits. */
export function Ruler({
  frame,
  process,
  truth,
  history,
}: {
  frame: Frame;
  process: ProcessView;
  truth: Truth;
  history: AppHistory;
}) {
  const { t } = useTranslation();
  const client = sectionOf(process, 'client', 'client');
  if (client === undefined || client.sessionId === NO_SESSION) return null;
  const heardMs = Math.max(0, frame.at - client.lastHeard) / 1000;
  const left = leftOf(frame, truth, client.sessionId);
  const heard = t('application.ruler.heard', { s: seconds(heardMs) });
  const isGone = sessionState(truth, client.sessionId) === 'gone';
  const ended = history.ended[client.sessionId];
  const end =
    left !== undefined
      ? t('application.ruler.left', { s: seconds(left / 1000) })
      : !isGone
        ? t('application.ruler.uncounted')
        : ended === undefined || ended > frame.at
          ? t('application.ruler.gone')
          : t('application.ruler.ended', { s: seconds((frame.at - ended) / 1000) });
  return (
    <SessionRuler
      timeoutMs={client.sessionTimeout}
      // All of its time is over where it counts, whatever it heard of late.
      heardAgoMs={isGone ? client.sessionTimeout : heardMs}
      expiresInMs={left === undefined ? undefined : left / 1000}
      label={`${heard} · ${end}`}
    />
  );
}
