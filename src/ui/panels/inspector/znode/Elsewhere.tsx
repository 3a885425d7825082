/** The other servers that have a tree: the same znode, or what is different there. */
import { useTranslation } from 'react-i18next';
import type { Frame } from '../../../../bridge/frame';
import { type ProcessName, serverName } from '../../../../bridge/names';
import type { ZnodeView } from '../../../../bridge/znodeViews';
import { OPEN_ACL } from '../../../../zk/records';
import type { Sid } from '../../../../zk/ids';
import { sectionOf, serverOf, serversOf } from '../../../parts/sections';
import { useZnode } from '../../../parts/znodes/useZnode';
import type { Selection } from '../../../selection';
import styles from '../Inspector.module.css';
import { statLines } from '../statLines';
import { permsText } from './AclTable';

interface ElsewhereProps {
  frame: Frame;
  sid: Sid;
  path: string;
  node: ZnodeView | undefined;
  there: (server: ProcessName) => Selection;
  onSelect: (selection: Selection) => void;
}

export function Elsewhere(props: ElsewhereProps) {
  const { frame, sid } = props;
  const { t } = useTranslation();
  const others = serversOf(frame).filter(
    (other) => other !== sid && sectionOf(serverOf(frame, other), 'tree', 'tree') !== undefined,
  );
  if (others.length === 0) return null;
  return (
    <>
      <h4>{t('inspector.elsewhere')}</h4>
      <ul className={styles.list}>
        {others.map((other) => (
          <Other key={other} {...props} other={other} />
        ))}
      </ul>
    </>
  );
}

function Other({ frame, other, path, node, there, onSelect }: ElsewhereProps & { other: Sid }) {
  const { t } = useTranslation();
  const section = sectionOf(serverOf(frame, other), 'tree', 'tree');
  const found = useZnode(serverName(other), section, path);
  const differing = differingFields(node, found.node);
  return (
    <li>
      <button
        type="button"
        className={styles.link}
        onClick={() => onSelect(there(serverName(other)))}
      >
        {t('stage.server', { sid: other })}
      </button>
      {': '}
      {found.node === undefined ? (
        <span className={node === undefined || found.isAsked ? styles.quiet : styles.warn}>
          {found.isAsked ? '…' : t('inspector.absent')}
        </span>
      ) : differing.length === 0 ? (
        t('inspector.same')
      ) : (
        <span className={styles.warn}>{differing.join(', ')}</span>
      )}
    </li>
  );
}

/** What the other server has otherwise, by its own values. */
function differingFields(here: ZnodeView | undefined, there: ZnodeView | undefined): string[] {
  if (there === undefined) return [];
  const lines = statLines(there.stat).map(([name, value]) => [name, `${name} ${value}`] as const);
  if (here === undefined) return lines.slice(0, 1).map(([, text]) => text);
  const ours = new Map(statLines(here.stat).map(([name, value]) => [name, `${name} ${value}`]));
  const fields = lines.filter(([name, text]) => ours.get(name) !== text).map(([, text]) => text);
  const acl = aclText(there);
  return [
    ...(here.data === there.data ? [] : [`data ${there.data ?? 'null'}`]),
    ...(aclText(here) === acl ? [] : [`acl ${acl}`]),
    ...fields,
  ];
}

function aclText({ acl = OPEN_ACL }: ZnodeView): string {
  return acl.map(({ scheme, id, perms }) => `${scheme}:${id}:${permsText(perms)}`).join(',');
}
