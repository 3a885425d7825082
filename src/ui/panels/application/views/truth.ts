/**
 * What is so, as far as anybody can say: the tree and the sessions of the server that leads, or of one that
 * serves; and what a process believes beside it.
 */
import type { Frame, ProcessView, SessionsSection, TreeSection } from '../../../../bridge/frame';
import { readAppName, shortName } from '../../../../bridge/names';
import type { ZnodeView } from '../../../../bridge/znodeViews';
import { NO_SESSION, type SessionId, type Sid } from '../../../../zk/ids';
import { sectionOf, serverOf, serversOf } from '../../../parts/sections';

type SessionRow = SessionsSection['rows'][number];

export interface Truth {
  /** Whose tree it is; undefined: no server shows one. */
  sid?: Sid;
  /** It leads (or stands alone) and serves: what it has is so. Else it is what one server has. */
  isLeader: boolean;
  tree?: TreeSection;
  nodes: ReadonlyMap<string, ZnodeView>;
  sessions: readonly SessionRow[];
}

/** Of these servers the leader first, then who serves, then whoever has a tree; of equals the lowest sid. */
export function truthOf(frame: Frame, servers: readonly Sid[] = serversOf(frame)): Truth {
  const rows = servers.flatMap((sid) => {
    const process = serverOf(frame, sid);
    const tree = sectionOf(process, 'tree', 'tree');
    const role = sectionOf(process, 'role', 'role');
    if (process === undefined || process.status === 'down' || tree === undefined) return [];
    const isLeader = role?.serving === true && (role.serverState === 'LEADING' || role.standalone);
    return [{ sid, process, tree, isLeader, rank: isLeader ? 0 : role?.serving ? 1 : 2 }];
  });
  rows.sort((a, b) => a.rank - b.rank || epochOf(b.process) - epochOf(a.process) || a.sid - b.sid);
  const [best] = rows;
  if (best === undefined) return { isLeader: false, nodes: new Map(), sessions: [] };
  return {
    sid: best.sid,
    isLeader: best.isLeader,
    tree: best.tree,
    nodes: new Map(best.tree.nodes.map((node) => [node.path, node])),
    sessions: sectionOf(best.process, 'sessions', 'sessions')?.rows ?? [],
  };
}

function epochOf(process: ProcessView): number {
  return sectionOf(process, 'role', 'role')?.currentEpoch ?? 0;
}

/** `live`: the leader counts its time. `closing`: its end is on the way. `none`: it has none yet. */
export type SessionState = 'live' | 'closing' | 'gone' | 'none' | 'unknown';

export function sessionState(truth: Truth, id: SessionId | undefined): SessionState {
  if (id === undefined || id === NO_SESSION) return 'none';
  if (!truth.isLeader) return 'unknown';
  const row = rowOf(truth, id);
  if (row === undefined) return 'gone';
  return row.isClosing ? 'closing' : 'live';
}

export function rowOf(truth: Truth, id: SessionId): SessionRow | undefined {
  return truth.sessions.find((row) => row.sessionId === id);
}

/** Virtual us until the leader ends that session; undefined: nobody counts. */
export function leftOf(frame: Frame, truth: Truth, id: SessionId): number | undefined {
  const at = rowOf(truth, id)?.expiresAt;
  return at === undefined ? undefined : Math.max(0, at - frame.at);
}

export type Verdict =
  /** What it believes is so at the leader. */
  | 'true'
  | 'wrong'
  /** Nobody leads, so nobody can say; or the process says nothing. */
  | 'unknown';

export interface Belief {
  verdict: Verdict;
  /** Who owns /master at the leader: the id of the process whose session that is, or what its data says. */
  holder?: { id: string; sessionId: SessionId; czxid: number };
  /** That is the session this process believes in. */
  isHolder: boolean;
  session: SessionState;
}

/**
 * A master's belief beside the truth: whoever acts as master is right when /master belongs to its own session;
 * whoever waits is right when it belongs to another's.
 */
export function beliefOf(frame: Frame, process: ProcessView, truth: Truth): Belief {
  const master = sectionOf(process, 'master', 'master');
  const own = sectionOf(process, 'client', 'client')?.sessionId;
  const node = truth.nodes.get('/master');
  const holder = node === undefined ? undefined : holderOf(frame, node);
  const isHolder = holder !== undefined && own !== undefined && holder.sessionId === own;
  const rest = {
    isHolder,
    session: sessionState(truth, own),
    ...(holder === undefined ? {} : { holder }),
  };
  if (master === undefined || !truth.isLeader || process.status === 'down') {
    return { verdict: 'unknown', ...rest };
  }
  if (master.believes) return { verdict: isHolder ? 'true' : 'wrong', ...rest };
  if (master.state === 'NOTELECTED') {
    return { verdict: holder !== undefined && !isHolder ? 'true' : 'wrong', ...rest };
  }
  return { verdict: 'unknown', ...rest };
}

function holderOf(frame: Frame, node: ZnodeView): NonNullable<Belief['holder']> {
  const sessionId = node.stat.ephemeralOwner;
  return {
    id: ownerOf(frame, sessionId) ?? node.data ?? '',
    sessionId,
    czxid: node.stat.czxid,
  };
}

/** Id of the process that says that this is its session; a dead one says nothing. */
export function ownerOf(frame: Frame, sessionId: SessionId): string | undefined {
  if (sessionId === NO_SESSION) return undefined;
  const found = Object.values(frame.processes).find(
    (process) => sectionOf(process, 'client', 'client')?.sessionId === sessionId,
  );
  return found === undefined ? undefined : shortName(found.name);
}

export interface Membership {
  /** Its znode in /workers stands at the leader; undefined: nobody can say. */
  stands?: boolean;
  /** Owner of that znode. */
  owner?: SessionId;
  /** What it believes of that is not so. */
  isWrong: boolean;
}

export function membershipOf(process: ProcessView, truth: Truth): Membership {
  const id = readAppName(process.name)?.id ?? '';
  const worker = sectionOf(process, 'worker', 'worker');
  const own = sectionOf(process, 'client', 'client')?.sessionId;
  const node = truth.nodes.get(`/workers/worker-${id}`);
  const owner = node === undefined ? {} : { owner: node.stat.ephemeralOwner };
  if (!truth.isLeader) return { isWrong: false, ...owner };
  const stands = node !== undefined;
  const isOwn = node !== undefined && node.stat.ephemeralOwner === own;
  return { stands, isWrong: worker?.isRegistered === true && !isOwn, ...owner };
}
