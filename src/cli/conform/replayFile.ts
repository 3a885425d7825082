/** Replays a file of the oracle, of whatever kind, against the engine. */
import { missingAbilities } from './case/abilities';
import { replayDialogue } from './dialogue/replayDialogue';
import { replayClientCase } from './library/replayClientCase';
import type { RecordedFile } from './recordedFile';
import { type Outcome, replayCase } from './replay/replayCase';

/** Skipped when it needs what the engine does not have. */
export function replayFile(file: RecordedFile): Outcome {
  switch (file.format) {
    case 'zk-oracle-case/1':
    case 'zk-oracle-flow/1': {
      const needs = missingAbilities(file);
      return needs.length > 0 ? { type: 'skipped', needs } : replayCase(file);
    }
    case 'zk-oracle-client-case/1':
      return replayClientCase(file);
    case 'zk-oracle-zkcli/1':
      return replayDialogue(file);
    case 'zk-oracle-datadir/1':
      return { type: 'skipped', needs: ['data directory'] };
  }
}
