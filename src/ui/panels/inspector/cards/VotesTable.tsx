/** The votes that a server has, against its own: a vote wins by epoch, then zxid, then sid. */
import { useTranslation } from 'react-i18next';
import type { ElectionSection, VoteView } from '../../../../bridge/frame';
import type { Sid } from '../../../../zk/ids';
import { voteText } from '../../../parts/voteText';
import styles from '../Inspector.module.css';

interface VotesTableProps {
  sid: Sid;
  election: ElectionSection;
  voters: readonly Sid[];
}

export function VotesTable({ sid, election, voters }: VotesTableProps) {
  const { t } = useTranslation();
  const { vote, recvset, outofelection, quorum, because, round } = election;
  const isSame = (other: VoteView) =>
    vote !== null &&
    other.leader === vote.leader &&
    other.zxid === vote.zxid &&
    other.peerEpoch === vote.peerEpoch;
  const others = voters.filter((voter) => voter !== sid);
  return (
    <>
      <h4>{t('inspector.votes', { round })}</h4>
      <p>{t('inspector.votes.rule', { quorum, voters: voters.length })}</p>
      {because === null ? null : <p>{t(`inspector.because.${because}`)}</p>}
      <table className={styles.table}>
        <thead>
          <tr>
            <th>{t('inspector.from')}</th>
            <th>(epoch, zxid, sid)</th>
            <th>{t('inspector.state')}</th>
          </tr>
        </thead>
        <tbody>
          {vote === null ? null : (
            <tr className={styles.same}>
              <td>{t('inspector.own', { sid })}</td>
              <td>
                <code>{voteText(vote)}</code>
              </td>
              <td>LOOKING</td>
            </tr>
          )}
          {others.map((voter) => {
            const received =
              recvset.find((one) => one.sid === voter) ??
              outofelection.find((one) => one.sid === voter);
            if (received === undefined) {
              return (
                <tr key={voter} className={styles.quiet}>
                  <td>{voter}</td>
                  <td colSpan={2}>{t('inspector.nothing')}</td>
                </tr>
              );
            }
            return (
              <tr key={voter} className={isSame(received) ? styles.same : ''}>
                <td>{voter}</td>
                <td>
                  <code>{voteText(received)}</code>
                </td>
                <td>{received.state}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </>
  );
}
