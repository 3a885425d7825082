/** One znode, picked on the stage. */
import { useTranslation } from 'react-i18next';
import type { Frame } from '../../../../bridge/frame';
import { type ProcessName, sidOf } from '../../../../bridge/names';
import type { Selection } from '../../../selection';
import styles from '../Inspector.module.css';
import { ZnodeDetails } from '../znode/ZnodeDetails';

interface ZnodeCardProps {
  frame: Frame;
  server: ProcessName;
  path: string;
  onSelect: (selection: Selection) => void;
}

export function ZnodeCard({ frame, server, path, onSelect }: ZnodeCardProps) {
  const { t } = useTranslation();
  return (
    <>
      <h3>
        <code>{path}</code>
      </h3>
      <p>
        {t('inspector.onServer', { sid: sidOf(server) })}{' '}
        <button
          type="button"
          className={styles.link}
          onClick={() => onSelect({ type: 'tree', server, path })}
        >
          {t('inspector.inTree')}
        </button>
      </p>
      <ZnodeDetails
        key={`${server} ${path}`}
        frame={frame}
        server={server}
        path={path}
        there={(other) => ({ type: 'znode', server: other, path })}
        onSelect={onSelect}
      />
    </>
  );
}
