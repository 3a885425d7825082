/** An ACL as rows: scheme, id, and the five permissions in zkCli's order. */
import { useTranslation } from 'react-i18next';
import { type AclEntry, OPEN_ACL } from '../../../../zk/records';
import styles from './znode.module.css';

/** In the order in which zkCli spells them. */
const PERMISSIONS: readonly (readonly [letter: string, bit: number])[] = [
  ['c', 4],
  ['d', 8],
  ['r', 1],
  ['w', 2],
  ['a', 16],
];

/** `cdrwa`, with what is not granted left out. */
export function permsText(perms: number): string {
  return PERMISSIONS.filter(([, bit]) => (perms & bit) !== 0)
    .map(([letter]) => letter)
    .join('');
}

export function AclTable({ acl = OPEN_ACL }: { acl?: readonly AclEntry[] }) {
  const { t } = useTranslation();
  return (
    <table className={styles.acl} aria-label={t('inspector.acl')}>
      <thead>
        <tr>
          <th>scheme</th>
          <th>id</th>
          {PERMISSIONS.map(([letter]) => (
            <th key={letter} className={styles.perm} title={t(`acl.${letter}`)}>
              {letter}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {acl.map(({ scheme, id, perms }, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: entries may be equal; their place is their name
          <tr key={i}>
            <td>{scheme}</td>
            <td className={styles.id}>{id === '' ? "''" : id}</td>
            {PERMISSIONS.map(([letter, bit]) => {
              const isGranted = (perms & bit) !== 0;
              return (
                <td
                  key={letter}
                  className={styles.perm}
                  title={t(isGranted ? `acl.${letter}` : 'acl.not', { what: t(`acl.${letter}`) })}
                >
                  {isGranted ? letter : <span className={styles.no}>·</span>}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
