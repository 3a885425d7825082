/** The line of a server: tracks, stations, the interchange, and what stands beside them. */
import { useMemo } from 'react';
import type { ProcessorSection, ProcessView } from '../../../../bridge/frame';
import type { Sid } from '../../../../zk/ids';
import { sectionOf } from '../../../parts/sections';
import type { Chain } from '../geometry/chain';
import { pathOf } from '../geometry/shapes';
import styles from './ChainBody.module.css';
import { CommitProcessor } from './CommitProcessor';
import { Ledger } from './Ledger';
import { LearnerQueues } from './LearnerQueues';
import { PendingTxns } from './PendingTxns';
import { Processor } from './Processor';
import type { Differing } from '../data/differences';
import { Throttler } from './Throttler';
import { ZnodeTree } from '../data/ZnodeTree';

interface ChainBodyProps {
  process: ProcessView;
  sid: Sid;
  chain: Chain;
  differing?: Differing;
  flying: Readonly<Record<number, readonly Sid[]>>;
}

export function ChainBody({ process, sid, chain, differing, flying }: ChainBodyProps) {
  const server = process.name;
  const processor = (name: string): ProcessorSection | undefined =>
    sectionOf(process, name, 'processor');
  const commit = processor('CommitProcessor');
  const ledger = sectionOf(process, 'ledger', 'ledger');
  const memo = sectionOf(process, 'pendingTxns', 'pendingTxns');
  const tree = sectionOf(process, 'tree', 'tree');
  const learners = sectionOf(process, 'learners', 'learners');
  const throttler = processor('RequestThrottler');
  const isSlow = sectionOf(process, 'log', 'log')?.disk.fault === 'slow';
  const toBeApplied =
    ledger === undefined ? undefined : [{ name: 'toBeApplied', items: ledger.toBeApplied }];
  return (
    <>
      <Tracks chain={chain} />
      {chain.stations.map((station) => {
        const section = processor(station.name);
        if (section === undefined) return null;
        return (
          <Processor
            key={station.name}
            server={server}
            station={station}
            section={section}
            more={station.name === 'ToBeAppliedRequestProcessor' ? toBeApplied : undefined}
            slow={isSlow && station.name === 'SyncRequestProcessor'}
          />
        );
      })}
      {throttler !== undefined && isHolding(throttler) ? (
        <Throttler
          server={server}
          section={throttler}
          from={chain.nodes.in ?? chain.throttler}
          box={chain.throttler}
        />
      ) : null}
      {commit !== undefined && chain.commit !== undefined ? (
        <CommitProcessor
          server={server}
          section={commit}
          inFinal={processor('FinalRequestProcessor')?.working}
          box={chain.commit}
        />
      ) : null}
      {ledger !== undefined && chain.ledger !== undefined ? (
        <Ledger server={server} section={ledger} box={chain.ledger} flying={flying} />
      ) : null}
      {memo !== undefined && chain.memo !== undefined ? (
        <PendingTxns server={server} section={memo} box={chain.memo} />
      ) : null}
      {learners === undefined ? null : <LearnerQueues section={learners} />}
      {tree === undefined ? null : (
        <ZnodeTree
          process={process}
          sid={sid}
          section={tree}
          box={chain.tree}
          differing={differing}
        />
      )}
    </>
  );
}

/** RequestThrottler is not drawn while it holds nothing back. */
function isHolding(section: ProcessorSection): boolean {
  return (
    section.frozen ||
    section.working !== null ||
    section.queues.some(({ items }) => items.length > 0)
  );
}

function Tracks({ chain }: { chain: Chain }) {
  const paths = useMemo(
    () =>
      chain.tracks.map(({ from, to, thin }) => {
        const ends = [chain.nodes[from], chain.nodes[to]].filter((p) => p !== undefined);
        return { key: `${from}-${to}`, d: pathOf(ends), thin };
      }),
    [chain],
  );
  return (
    <svg aria-hidden className={styles.tracks}>
      {paths.map(({ key, d, thin }) => (
        <path key={key} d={d} className={thin ? styles.thin : styles.track} />
      ))}
    </svg>
  );
}
