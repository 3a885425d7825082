/**
 * `reconfig`: the request is a body that no other part of the release makes, so
 * its bytes are written here.
 *
 * Source: ReconfigCommand.java, ZooKeeperAdmin.java (reconfigure), zookeeper.jute (ReconfigRequest).
 * Differs: there are no files here, so that none is ever found.
 */
import { textToBytes } from '../../../../base/bytes';
import type { RequestBody } from '../../../../zk/records';
import type { ParsedOptions } from './options';

/** ZooDefs.OpCode.reconfig. */
const RECONFIG = 16;

/** The request, or the text of the error. */
export function parseReconfig({ flags, values }: ParsedOptions): RequestBody | string {
  const version = flags.has('v') ? parseHexLong(values['v'] as string) : -1n;
  if (version === undefined) return '-v must be followed by a long (configuration version)';
  const isWhole = flags.has('file') || flags.has('members');
  if (isWhole && (flags.has('add') || flags.has('remove'))) {
    return (
      "Can't use -file or -members together with -add or -remove " +
      '(mixing incremental and non-incremental modes is not allowed)'
    );
  }
  if (flags.has('file') && flags.has('members')) {
    return "Can't use -file and -members together (conflicting non-incremental modes)";
  }
  if (flags.has('file')) {
    const file = values['file'];
    return `Error processing ${file}${file} (No such file or directory)`;
  }
  const hex =
    ustringHex(values['add']?.toLowerCase()) +
    ustringHex(values['remove']?.toLowerCase()) +
    ustringHex(values['members']?.toLowerCase()) +
    BigInt.asUintN(64, version).toString(16).padStart(16, '0');
  return { op: 'raw', type: RECONFIG, hex };
}

/** Java's Long.parseLong of base 16; undefined where it throws. */
function parseHexLong(text: string): bigint | undefined {
  const found = /^([+-]?)([0-9a-fA-F]+)$/.exec(text);
  if (found === null) return undefined;
  const size = BigInt(`0x${found[2]}`);
  const value = found[1] === '-' ? -size : size;
  return value >= -(2n ** 63n) && value < 2n ** 63n ? value : undefined;
}

function ustringHex(text: string | undefined): string {
  if (text === undefined) return 'ffffffff';
  const bytes = textToBytes(text);
  const digits = [...bytes].map((c) => c.charCodeAt(0).toString(16).padStart(2, '0'));
  return bytes.length.toString(16).padStart(8, '0') + digits.join('');
}
