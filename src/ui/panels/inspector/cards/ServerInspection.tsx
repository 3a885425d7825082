/** A server: what it is, what it holds, and, in an election, how it counts votes. */
import { useTranslation } from 'react-i18next';
import type { Frame, ProcessView } from '../../../../bridge/frame';
import { type ProcessName, sidOf } from '../../../../bridge/names';
import { zxidText } from '../../../../zk/ids';
import { processorsOf, sectionOf } from '../../../parts/sections';
import type { Selection } from '../../../selection';
import styles from '../Inspector.module.css';
import { Facts, secondsText } from './Facts';
import { Sessions } from './Sessions';
import { VotesTable } from './VotesTable';

interface ServerInspectionProps {
  frame: Frame;
  name: ProcessName;
  onSelect: (selection: Selection) => void;
}

export function ServerInspection({ frame, name, onSelect }: ServerInspectionProps) {
  const { t } = useTranslation();
  const process = frame.processes[name];
  if (process === undefined) return <p>{t('inspector.gone')}</p>;
  const sid = sidOf(name);
  const role = sectionOf(process, 'role', 'role');
  const election = sectionOf(process, 'election', 'election');
  return (
    <>
      <h3>{t('stage.server', { sid })}</h3>
      {process.status === 'running' ? null : (
        <p className={process.status === 'down' ? styles.bad : styles.warn}>
          {t(`inspector.status.${process.status}`)}
          {process.exit === undefined
            ? ''
            : ` ${t('stage.exit', { code: process.exit.code, reason: process.exit.reason })}`}
        </p>
      )}
      {role?.serverState === 'LOOKING' && process.status !== 'down' && election !== undefined ? (
        <VotesTable sid={sid} election={election} voters={role.voters} />
      ) : null}
      {role === undefined ? null : (
        <Facts
          facts={[
            ['serverState', role.serverState],
            ['zabState', role.zabState],
            ['acceptedEpoch', role.acceptedEpoch],
            ['currentEpoch', role.currentEpoch],
            ['lastLogged', zxidText(role.lastLoggedZxid)],
            ['lastCommitted', zxidText(role.lastCommittedZxid)],
            ['lastProcessed', zxidText(role.lastProcessedZxid)],
            ['ZooKeeperServer', role.serverObject ?? t('inspector.none')],
          ]}
        />
      )}
      <Learners process={process} />
      <Sessions frame={frame} process={process} />
      <Queues process={process} onSelect={onSelect} />
      <Files process={process} />
    </>
  );
}

function Learners({ process }: { process: ProcessView }) {
  const { t } = useTranslation();
  const learners = sectionOf(process, 'learners', 'learners');
  if (learners === undefined || learners.rows.length === 0) return null;
  return (
    <>
      <h4>LearnerHandler</h4>
      <table className={styles.table}>
        <thead>
          <tr>
            <th>sid</th>
            <th>{t('inspector.phase')}</th>
            <th>{t('inspector.lastAck')}</th>
            <th>queuedPackets</th>
          </tr>
        </thead>
        <tbody>
          {learners.rows.map(({ sid, phase, syncMode, lastAckZxid, queuedCount }) => (
            <tr key={sid}>
              <td>{sid}</td>
              <td>
                <code>
                  {phase} {syncMode ?? ''}
                </code>
              </td>
              <td>
                <code>{lastAckZxid < 0 ? '–' : zxidText(lastAckZxid)}</code>
              </td>
              <td>{queuedCount}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

/** The order of the line. */
const ORDER = [
  'RequestThrottler',
  'LeaderRequestProcessor',
  'FollowerRequestProcessor',
  'ObserverRequestProcessor',
  'PrepRequestProcessor',
  'ProposalRequestProcessor',
  'CommitProcessor',
  'ToBeAppliedRequestProcessor',
  'SyncRequestProcessor',
  'AckRequestProcessor',
  'SendAckRequestProcessor',
  'FinalRequestProcessor',
];

function placeOf(processor: string): number {
  return ORDER.indexOf(processor);
}

/** Each processor with what waits in it; a click explains it. */
function Queues({
  process,
  onSelect,
}: {
  process: ProcessView;
  onSelect: (selection: Selection) => void;
}) {
  const { t } = useTranslation();
  const names = processorsOf(process).sort((a, b) => placeOf(a) - placeOf(b));
  if (names.length === 0) return null;
  return (
    <>
      <h4>{t('inspector.processors')}</h4>
      <ul className={styles.list}>
        {names.map((processor) => {
          const section = sectionOf(process, processor, 'processor');
          const waiting = section?.queues.reduce((sum, { items }) => sum + items.length, 0) ?? 0;
          return (
            <li key={processor}>
              <button
                type="button"
                className={styles.link}
                onClick={() => onSelect({ type: 'processor', server: process.name, processor })}
              >
                <code>{processor}</code>
              </button>{' '}
              {waiting > 0 ? t('inspector.waiting', { count: waiting }) : ''}
              {section?.frozen ? <span className={styles.warn}> {t('stage.frozen')}</span> : null}
            </li>
          );
        })}
      </ul>
    </>
  );
}

function Files({ process }: { process: ProcessView }) {
  const { t } = useTranslation();
  const log = sectionOf(process, 'log', 'log');
  if (log === undefined) return null;
  const { fault, extraMicros } = log.disk;
  return (
    <>
      <h4>{t('inspector.disk')}</h4>
      <ul className={styles.list}>
        {log.files.map(({ name, records, synced }) => (
          <li key={name}>
            <code>{name}</code>{' '}
            {t(synced === records ? 'stage.fileWhole' : 'stage.file', { count: records, synced })}
          </li>
        ))}
        {fault === 'ok' ? null : (
          <li className={styles.warn}>
            {t('stage.disk.fault', { fault })}
            {extraMicros > 0 ? ` +${secondsText(extraMicros)}` : ''}
          </li>
        )}
      </ul>
    </>
  );
}
