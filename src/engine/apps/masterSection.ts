/** Section `master`: what a master believes, knows and is about to do. */
import type { MasterSection, TaskView } from '../../bridge/app';
import type { MasterAsk } from './masterAsk';
import type { MasterProcess, TaskSeen } from './masterState';
import { decodeTask } from '../../bridge/taskData';

type Doing = MasterSection['doing'][number];

export function masterSection(master: MasterProcess): MasterSection {
  const { settings, state, phase, token, given, pending, program, storage } = master;
  const byNumber = (x: string, y: string) => x.length - y.length || (x < y ? -1 : 1);
  const names = Object.keys(master.workers ?? {}).sort(byNumber);
  const workers = names.map((worker) => {
    const can = master.workers?.[worker]?.can;
    const tasks = Object.values(given).filter((name) => name === worker).length;
    return can === undefined ? { worker, tasks } : { worker, can, tasks };
  });
  const section: MasterSection = {
    type: 'master',
    id: settings.id,
    style: settings.style,
    state,
    phase,
    believes: state === 'ELECTED',
    workers,
    pending: Object.entries(pending).map(([task, seen]) => taskView(task, seen)),
    doing: Object.values(program.waiting).flatMap(doing),
    storing: storage?.writes.length ?? 0,
  };
  if (token !== null) section.token = token;
  return section;
}

function taskView(task: string, { data }: TaskSeen): TaskView {
  if (data === undefined) return { task };
  const { text, kind, submission, needs } = decodeTask(data);
  const view: TaskView = { task, kind, text };
  if (submission !== '') view.submission = submission;
  if (needs !== undefined) view.needs = needs;
  return view;
}

function doing(what: MasterAsk): Doing[] {
  switch (what.for) {
    case 'assign':
    case 'give':
      return [{ what: 'assign', task: what.task, worker: what.worker }];
    case 'reassignData':
    case 'recreate':
    case 'assignmentData':
    case 'moveBack':
      return [{ what: 'requeue', task: what.task, worker: what.worker }];
    case 'assignAnew':
    case 'retryFailed':
      return [{ what: 'requeue', task: what.task }];
    case 'deleteTask':
    case 'dropAssignment':
      return [{ what: 'delete', task: what.task, worker: what.worker }];
    case 'dropTask':
    case 'dropIf':
    case 'deleteStatus':
    case 'dropStatus':
      return [{ what: 'delete', task: what.task }];
    default:
      return [];
  }
}
