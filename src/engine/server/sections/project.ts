/**
 * What the page may see of a server, section by section. A projection reads the
 * state and never changes it; all of it is made anew, so a section can be kept.
 */
import type { Section } from '../../../bridge/frame';
import type { ServerState } from '../machine';
import { electionSection } from './election';
import { learnersSection, ledgerSection } from './leader';
import { logSection } from './log';
import { pendingTxnsSection } from './pendingTxns';
import { processorSection, type ShownProcessor, shownProcessors } from './processors';
import { isStandalone, roleSection } from './role';
import { sessionsSection } from './sessions';
import { treeSection } from './tree';
import { watchesSection } from './watches';

/** Names of the sections that a server has in its present role. */
export function sectionNames(state: ServerState): string[] {
  const names: string[] = ['role'];
  if (!isStandalone(state)) names.push('election');
  names.push(...shownProcessors(state));
  if (state.leader !== undefined) names.push('ledger', 'learners');
  if (state.learner !== undefined) names.push('pendingTxns');
  names.push('log', 'sessions', 'watches', 'tree');
  return names;
}

/** Undefined: the server has no such section in its present role. */
export function projectSection(state: ServerState, name: string): Section | undefined {
  const { leader, learner, zks } = state;
  switch (name) {
    case 'role':
      return roleSection(state);
    case 'election':
      return isStandalone(state) ? undefined : electionSection(state);
    case 'ledger':
      return leader && ledgerSection(state, leader);
    case 'learners':
      return leader && learnersSection(state, leader);
    case 'pendingTxns':
      return learner && pendingTxnsSection(learner);
    case 'log':
      return logSection(state);
    case 'sessions':
      return sessionsSection(state);
    case 'watches':
      return watchesSection(state);
    case 'tree':
      return treeSection(state);
    default: {
      if (zks === undefined) return undefined;
      const processor = shownProcessors(state).find((shown: ShownProcessor) => shown === name);
      return processor && processorSection(state, zks, processor);
    }
  }
}
