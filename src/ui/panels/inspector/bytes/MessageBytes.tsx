/** A message as it is on the wire: its bytes in hex, and beside them the fields that they spell. */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Packet } from '../../../../zk/packets';
import { annotate, type KnownTexts } from '../../../../zk/jute/annotate';
import card from '../Inspector.module.css';
import { type ByteRow, byteTable } from './byteRows';
import styles from './MessageBytes.module.css';

interface MessageBytesProps {
  packet: Packet;
  texts: KnownTexts;
}

export function MessageBytes({ packet, texts }: MessageBytesProps) {
  const { t } = useTranslation();
  const { address, config } = texts;
  const annotated = useMemo(() => annotate(packet, { address, config }), [packet, address, config]);
  const table = useMemo(() => byteTable(annotated), [annotated]);
  const { error } = annotated;
  return (
    <>
      <h4>{t('inspector.bytes', { count: annotated.bytes.length })}</h4>
      <table className={styles.bytes} aria-label={t('inspector.bytes.name')}>
        <tbody>
          {table.rows.map((row) => (
            <Row key={row.key} row={row} />
          ))}
        </tbody>
      </table>
      {table.hidden > 0 && (
        <p className={card.quiet}>{t('inspector.bytes.more', { count: table.hidden })}</p>
      )}
      {packet.kind === 'SNAP' && <p>{t('inspector.bytes.snapshot')}</p>}
      {error !== undefined && (
        <p className={card.warn}>
          {t(`inspector.bytes.error.${error.reason}`, { field: error.field, offset: error.offset })}
        </p>
      )}
    </>
  );
}

function Row({ row }: { row: ByteRow }) {
  const { t } = useTranslation();
  return (
    <tr className={row.offset === undefined ? styles.head : undefined}>
      <td className={styles.offset}>{row.offset}</td>
      <td className={styles.hex}>
        {row.hex.join('\n')}
        {row.hidden > 0 && (
          <span className={styles.more}>
            {'\n'}
            {t('inspector.bytes.hidden', { count: row.hidden })}
          </span>
        )}
      </td>
      <td className={styles.field} style={{ paddingLeft: 10 * row.depth }}>
        <span>{row.name}</span> <b>{valueText(row)}</b>
      </td>
    </tr>
  );
}

/** A count of elements stands in brackets, so that it is not taken for a value. */
function valueText({ type, value }: ByteRow): string | undefined {
  return type === 'vector' && value !== 'null' ? `[${value}]` : value;
}
