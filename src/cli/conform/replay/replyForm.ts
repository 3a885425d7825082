/** The body of a reply in the form in which the oracle writes it. */
import { ERROR_CODES } from '../../../zk/errorCode';
import { hexOf } from '../../../zk/jute/archive/inputArchive';
import { openOutput, writtenBytes } from '../../../zk/jute/archive/outputArchive';
import { writeReplyBody } from '../../../zk/jute/records/replyBody';
import type { ClientReply } from '../../../zk/packets';
import type { MultiResult, ReplyBody } from '../../../zk/records';
import { dataForm, type Names, sortedByCodePoints, statForm } from '../case/values';

type Fields = Record<string, unknown>;

/** Fields that the body adds to the item of its reply. */
export function bodyForm(body: ReplyBody, names: Names): Fields {
  const form: Fields = commonForm(body, names);
  if (body.acl !== undefined)
    form['acl'] = body.acl.map(({ perms, scheme, id }) => ({ perms, scheme, id }));
  if (body.ephemerals !== undefined) form['ephemerals'] = sortedByCodePoints(body.ephemerals);
  if (body.number !== undefined) form['number'] = body.number;
  if (body.innerErr !== undefined) form['innerErr'] = ERROR_CODES[body.innerErr];
  if (body.clientInfo !== undefined) {
    form['clientInfo'] = body.clientInfo.map(({ authScheme, user }) => ({
      scheme: authScheme,
      user,
    }));
  }
  if (body.results !== undefined) {
    form['results'] = body.results.map((result) => resultForm(result, names));
  }
  return form;
}

/** Of a request that was sent as bytes the answer's body is bytes too; one without a body adds nothing. */
export function rawForm({ op, body }: ClientReply): Fields {
  if (body === undefined) return {};
  const out = openOutput();
  writeReplyBody(out, op, body);
  const bytes = writtenBytes(out);
  return bytes.length === 0 ? {} : { bodyHex: hexOf(bytes, 0, bytes.length) };
}

/** The header of a failed part repeats its error. */
function resultForm(result: MultiResult, names: Names): Fields {
  const { op, err } = result;
  if (op === 'error') return { op, err, headerErr: err };
  return { op, err, ...commonForm(result, names) };
}

type Common = Pick<ReplyBody, 'path' | 'data' | 'children' | 'stat'>;

function commonForm(body: Common, names: Names): Fields {
  const form: Fields = {};
  if (body.path !== undefined) form['path'] = body.path;
  if (body.data !== undefined) form['data'] = dataForm(body.data);
  if (body.children !== undefined) form['children'] = sortedByCodePoints(body.children);
  if (body.stat !== undefined) form['stat'] = statForm(body.stat, names);
  return form;
}
