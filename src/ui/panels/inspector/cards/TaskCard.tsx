/** A task of the application: what it is, where its znodes stand, which transactions made and moved it. */
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Frame } from '../../../../bridge/frame';
import { serverName } from '../../../../bridge/names';
import { isWriteOp } from '../../../../zk/opCode';
import { zxidText } from '../../../../zk/ids';
import { OpGlyph } from '../../../parts/OpGlyph';
import { processTitle } from '../../../parts/processTitle';
import type { Selection } from '../../../selection';
import { put, usePage } from '../../../store/page';
import { taskPlaces } from '../../application/views/groups';
import { emptyHistory, readHistory, requestsOf } from '../../application/views/history';
import { shortTask } from '../../../../bridge/taskData';
import { shortPath } from '../../application/views/taskPaths';
import styles from '../Inspector.module.css';
import { statLines } from '../statLines';
import { Facts, secondsText } from './Facts';

interface TaskCardProps {
  frame: Frame;
  task: string;
  onSelect: (selection: Selection) => void;
}

export function TaskCard({ frame, task, onSelect }: TaskCardProps) {
  const { t } = useTranslation();
  const run = usePage((s) => s.trace);
  const view = usePage((s) => s.view);
  const past = useRef(emptyHistory());
  past.current = readHistory(past.current, run);
  const places = taskPlaces(frame, task);
  const isAtMany = new Set(places.map(({ truth }) => truth.sid)).size > 1;
  const requests = requestsOf(past.current, task, frame.at);
  const words = places.find(({ submission }) => submission !== '');
  return (
    <>
      <h3>{shortTask(task)}</h3>
      <p>
        <code>{task}</code>{' '}
        {view === 'application' ? null : (
          <button
            type="button"
            className={styles.link}
            onClick={() => put({ view: 'application' })}
          >
            {t('inspector.task.board')}
          </button>
        )}
      </p>
      {words === undefined ? null : (
        <Facts
          facts={[
            ['text', words.text],
            ['kind', t(`inspector.task.${words.kind}`)],
            ['submission', words.submission],
            ...(words.needs === undefined ? [] : [['needs', words.needs] as const]),
          ]}
        />
      )}
      <h4>{t('inspector.task.txns', { count: requests.length })}</h4>
      {requests.length === 0 ? <p>{t('inspector.task.noTxns')}</p> : null}
      <ol className={styles.txns} aria-label={t('inspector.task.transactions')}>
        {requests.map(({ request, by, at, lines, zxid, err }) => (
          <li key={`${request.sessionId}.${request.cxid}`}>
            <button
              type="button"
              title={t('inspector.task.journey')}
              onClick={() => onSelect({ type: 'request', request })}
            >
              <OpGlyph op={request.op} isWrite={isWriteOp(request.op)} />
              <code>
                {lines.map((line) => shortPath(line)).join('; ')}
                {request.op === 'multi' ? ` (${request.op})` : ''}
              </code>
            </button>
            <small>
              <span>{processTitle(t, by, 'of')}</span>
              <span>{zxid === undefined ? '' : zxidText(zxid)}</span>
              <span className={err === undefined || err === 'OK' ? '' : styles.warn}>
                {err === undefined ? t('inspector.task.underWay') : err}
              </span>
              <span>{secondsText(at)}</span>
            </small>
          </li>
        ))}
      </ol>
      <h4>{t('inspector.task.places', { count: places.length })}</h4>
      {places.length === 0 ? <p>{t('inspector.task.nowhere')}</p> : null}
      {places.map(({ path, truth }) => {
        const node = truth.nodes.get(path);
        if (node === undefined || truth.sid === undefined) return null;
        const server = serverName(truth.sid);
        return (
          <details key={`${server} ${path}`} className={styles.place} open={places.length === 1}>
            <summary>
              <code>{shortPath(path)}</code>
              {isAtMany ? ` · ${processTitle(t, server, 'of')}` : null}
            </summary>
            <button
              type="button"
              className={styles.link}
              onClick={() => onSelect({ type: 'znode', server, path })}
            >
              {t('inspector.task.znode')}
            </button>
            <Facts facts={statLines(node.stat)} />
          </details>
        );
      })}
    </>
  );
}
