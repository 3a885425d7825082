/**
 * One ZooKeeper server: routes each event to the part it belongs to, runs the
 * threads, and carries the hand-offs between siblings.
 */
import { assert } from '../../base/assert';
import { isServer } from '../../bridge/names';
import type { Effects, Machine, MachineEvent, ServerSpec } from '../../bridge/process';
import { checkCommit } from './pipeline/commitProcessor';
import { onCommand } from './commands';
import { hands } from './hands';
import type { Server, ServerState } from './machine';
import { onMessage, onPlainNetworkEvent } from './network';
import { keepServer } from './keepServer';
import { projectSection } from './sections/project';
import { znodesPage } from './sections/znodesPage';
import { startServer } from './start';
import { replayOldest } from './stalled';
import { finishWork } from './work';
import { onTimer, threadOfTimer } from './timers';
import { REPLAY, takesAtOnce, threadOf } from './threads';
import { onDisk } from './diskDone';

function step(state: ServerState, event: MachineEvent, fx: Effects): void {
  const s: Server = { state, fx, hand: hands };
  switch (event.type) {
    case 'command':
      onCommand(s, event.command);
      return;
    case 'message':
      onMessage(s, event);
      return;
    case 'local':
      onLocal(s, event);
      return;
    default:
      onPlainNetworkEvent(s, event);
  }
}

function onLocal(s: Server, event: Extract<MachineEvent, { type: 'local' }>): void {
  const { thread, timer, disk, data } = event.work;
  if (thread !== undefined) {
    if (data === REPLAY) replayOldest(s, thread);
    else finishWork(s, thread, data as number);
  } else if (disk !== undefined) {
    if (data === s.state.period) onDisk(s, disk);
    else s.fx.describe({ idle: true, name: 'void' });
  } else {
    assert(timer !== undefined, 'local work is of a thread, a timer or the disk');
    const owner = threadOf(s.state, threadOfTimer(timer));
    // A wait inside an item has a timeout of its own, which ends it.
    const endsWait = owner.blocked && !owner.frozen;
    if (endsWait || takesAtOnce(owner)) onTimer(s, timer);
    else owner.stalled.push(event);
  }
}

export const serverMachine: Machine<ServerSpec, ServerState> = {
  start: (spec, fx) => startServer(spec, fx, hands),
  step,
  project: projectSection,
  znodes: (state, wish) => znodesPage(state.db.tree, wish),
  keep: keepServer,
  check(state) {
    if (state.zks !== undefined && state.zks.role !== 'standalone') checkCommit(state.zks);
    if (state.leader !== undefined) {
      const { outstandingProposals: rows, lastCommitted } = state.leader;
      rows.forEach((row, i) => {
        assert(row.zxid > lastCommitted, 'what is committed is not outstanding');
        assert(i === 0 || row.zxid === (rows[i - 1]?.zxid ?? 0) + 1, 'the ledger has no gap');
      });
    }
    for (const name of Object.keys(state.electionPeers)) assert(isServer(name as never), 'peers');
  },
};
