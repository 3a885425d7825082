/** One znode of a server, also when no frame holds it. */
import { useEffect, useState } from 'react';
import type { ProcessName } from '../../../bridge/names';
import type { TreeSection, ZnodeView } from '../../../bridge/znodeViews';
import { useAskZnodes } from './askZnodes';

export interface FoundZnode {
  node: ZnodeView | undefined;
  /** It may be there all the same: the answer is on its way. */
  isAsked: boolean;
}

export function useZnode(
  server: ProcessName,
  section: TreeSection | undefined,
  path: string,
): FoundZnode {
  const ask = useAskZnodes();
  const known = section?.nodes.find((one) => one.path === path);
  const isBeyond =
    known === undefined && section !== undefined && section.total > section.nodes.length;
  const key = `${server} ${section?.lastProcessedZxid} ${section?.total} ${path}`;
  const [answer, setAnswer] = useState<{ key: string; node: ZnodeView | undefined }>();
  useEffect(() => {
    if (!isBeyond) return;
    let isLate = false;
    void ask(server, { from: path, count: 1 }).then((page) => {
      const node = page?.nodes[0];
      if (!isLate) setAnswer({ key, node: node?.path === path ? node : undefined });
    });
    return () => {
      isLate = true;
    };
  }, [ask, isBeyond, server, path, key]);
  if (!isBeyond) return { node: known, isAsked: false };
  // What stood there a moment ago is shown until the answer has come, if it is of the same path.
  const isSame = answer?.node?.path === path || answer?.key === key;
  return { node: isSame ? answer?.node : undefined, isAsked: answer?.key !== key };
}
