/**
 * Commands of one call: the request is made when the line is parsed, the reply
 * is printed.
 *
 * Source: org.apache.zookeeper.cli (exec of each command), CliWrapperException.java.
 */
import { bytesToText } from '../../../../base/bytes';
import { unreachable } from '../../../../base/assert';
import type { ErrorName } from '../../../../zk/errorCode';
import type { ReplyBody, Stat } from '../../../../zk/records';
import { aclLines } from '../formats/acl';
import { clientConfigText } from '../formats/clientConfig';
import {
  childrenText,
  errorText,
  exceptionText,
  listText,
  statLines,
  syncText,
} from '../formats/texts';
import { type Answer, error, type JobLine, type JobRequest, type JobStep, out, over } from './step';

/** What is printed of the reply. */
export type Show =
  | 'nothing'
  | 'created'
  | 'data'
  | 'children'
  | 'sync'
  | 'acl'
  | 'clientConfig'
  | 'reconfig'
  | 'ephemerals'
  | 'number'
  | 'whoami';

export interface OneCallJob {
  type: 'oneCall';
  request: JobRequest;
  show: Show;
  /** The eleven lines of the Stat follow. */
  withStat: boolean;
}

export function oneCall(request: JobRequest, show: Show, withStat = false): OneCallJob {
  return { type: 'oneCall', request, show, withStat };
}

export function beginOneCall({ request }: OneCallJob): JobStep {
  return { lines: [], requests: [request] };
}

export function continueOneCall(job: OneCallJob, { err, path, reply }: Answer): JobStep {
  // These two print something whatever became of the call.
  if (job.show === 'sync') return over([out(syncText(err))], 0);
  if (job.show === 'whoami') return over(identityLines(reply), 0);
  if (err !== 'OK') return over(errorLines(job.show, err, path), 1);
  const lines = replyLines(job.show, reply ?? {});
  if (job.withStat) lines.push(...statLines(reply?.stat as Stat).map(out));
  return over(lines, 0);
}

function errorLines(show: Show, err: ErrorName, path: string | null): JobLine[] {
  const last = error(errorText(err, show === 'reconfig' ? '' : path));
  if (show === 'created' && err === 'INVALIDACL') return [error(exceptionText(err, path)), last];
  if (show === 'created' && err === 'EPHEMERALONLOCALSESSION') {
    return [error('Unable to create ephemeral node on a local session'), last];
  }
  return [last];
}

function replyLines(show: Exclude<Show, 'sync' | 'whoami'>, reply: ReplyBody): JobLine[] {
  switch (show) {
    case 'nothing':
      return [];
    case 'created':
      // zkCli prints this one on stderr.
      return [error(`Created ${reply.path}`)];
    case 'data':
      return dataLines(reply.data);
    case 'children':
      return [out(childrenText(reply.children ?? []))];
    case 'acl':
      return aclLines(reply.acl ?? []).map(out);
    case 'clientConfig':
      return [out(clientConfigText(bytesToText(reply.data ?? 'null')))];
    case 'reconfig':
      return [out('Committed new configuration:'), ...dataLines(reply.data)];
    case 'ephemerals':
      return [out(listText(reply.ephemerals ?? []))];
    case 'number':
      return [out(String(reply.number))];
    default:
      return unreachable(show);
  }
}

function identityLines(reply: ReplyBody | undefined): JobLine[] {
  const identities = reply?.clientInfo ?? [];
  return [
    out('Auth scheme: User'),
    ...identities.map(({ authScheme, user }) => out(`${authScheme}: ${user}`)),
  ];
}

/** Data may hold line breaks; a null is printed as the word. */
function dataLines(data: string | null | undefined): JobLine[] {
  return bytesToText(data ?? 'null')
    .split('\n')
    .map(out);
}
