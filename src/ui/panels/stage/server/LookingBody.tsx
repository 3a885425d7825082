/** A server without a chain: it looks for a leader, or leads and waits for its learners. */
import { useTranslation } from 'react-i18next';
import type { ProcessView, RoleSection } from '../../../../bridge/frame';
import type { Sid } from '../../../../zk/ids';
import { sectionOf } from '../../../parts/sections';
import { HEADER } from '../geometry/chain';
import type { CardPlace } from '../geometry/stageLayout';
import { LearnerRow } from '../line/LearnerQueues';
import styles from './LookingBody.module.css';
import type { Differing } from '../data/differences';
import { VoteLine, VotePips } from '../data/Votes';
import { ZnodeTree } from '../data/ZnodeTree';

interface LookingBodyProps {
  process: ProcessView;
  sid: Sid;
  role?: RoleSection;
  place: CardPlace;
  differing?: Differing;
}

export function LookingBody({ process, sid, role, place, differing }: LookingBodyProps) {
  const { t } = useTranslation();
  const election = sectionOf(process, 'election', 'election');
  const learners = sectionOf(process, 'learners', 'learners');
  const tree = sectionOf(process, 'tree', 'tree');
  const xTree = place.w * 0.77;
  return (
    <>
      <div className={styles.body}>
        {election === undefined ? null : <VoteLine vote={election.vote} />}
        {election !== undefined && role?.serverState === 'LOOKING' ? (
          <VotePips election={election} voters={role.voters} />
        ) : null}
        {role?.serverState === 'LEADING' ? (
          <div className={styles.learners}>
            <h4>{t('stage.learners')}</h4>
            {learners === undefined || learners.rows.length === 0 ? (
              <p>{t('stage.learner.none')}</p>
            ) : (
              learners.rows.map((row) => <LearnerRow key={row.sid} row={row} />)
            )}
          </div>
        ) : null}
        {role?.serving === false ? <p className={styles.quiet}>{t('stage.notServing')}</p> : null}
      </div>
      {tree === undefined ? null : (
        <ZnodeTree
          process={process}
          sid={sid}
          section={tree}
          box={{ x: xTree, y: HEADER + 2, w: place.w - xTree - 10, h: place.h - HEADER - 8 }}
          differing={differing}
        />
      )}
    </>
  );
}
