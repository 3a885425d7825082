/** A vote as a triple, and how many of the voters agree with it. */
import { useTranslation } from 'react-i18next';
import type { ElectionSection, VoteView } from '../../../../bridge/frame';
import type { Sid } from '../../../../zk/ids';
import { voteText } from '../../../parts/voteText';
import styles from './Votes.module.css';

export function VoteLine({ vote }: { vote: VoteView | null }) {
  const { t } = useTranslation();
  if (vote === null) return <div className={styles.line}>{t('stage.votesNone')}</div>;
  return (
    <div className={styles.line}>
      {t('stage.votesFor')}
      <code className={styles.sid}>{vote.leader}</code>
      <code>{voteText(vote)}</code>
    </div>
  );
}

/** A pip per voter: filled, it votes as this server does; ringed, it votes otherwise; faint, nothing heard. */
export function VotePips({
  election,
  voters,
}: {
  election: ElectionSection;
  voters: readonly Sid[];
}) {
  const { t } = useTranslation();
  const { vote, recvset, quorum, finalizing } = election;
  const isSame = (other: VoteView) =>
    vote !== null &&
    other.leader === vote.leader &&
    other.zxid === vote.zxid &&
    other.peerEpoch === vote.peerEpoch;
  const have = recvset.filter(isSame).length;
  const text = finalizing
    ? t('stage.votesFinal')
    : t('stage.votesCount', { have, voters: voters.length, quorum });
  return (
    <div className={styles.line}>
      <span className={styles.pips} aria-hidden>
        {voters.map((sid) => {
          const received = recvset.find((one) => one.sid === sid);
          const look =
            received === undefined ? styles.unheard : isSame(received) ? styles.same : styles.other;
          return (
            <i
              key={sid}
              className={look}
              title={received === undefined ? `${sid}: –` : `${sid}: ${voteText(received)}`}
            >
              {sid}
            </i>
          );
        })}
      </span>
      <span title={text} className={styles.count}>
        {text}
      </span>
    </div>
  );
}
