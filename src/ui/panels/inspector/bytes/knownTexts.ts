/** What the servers know by their configuration, and so need not be in a packet of the engine. */
import type { Frame, MessageView } from '../../../../bridge/frame';
import { isServer, sidOf } from '../../../../bridge/names';
import type { KnownTexts } from '../../../../zk/jute/annotate';
import { electionAddress, quorumVerifierText } from '../../../../zk/quorumVerifier';

export function knownTexts(frame: Frame, { from }: MessageView): KnownTexts {
  if (!isServer(from)) return {};
  const role = frame.processes[from]?.sections['role'];
  const address = electionAddress(sidOf(from));
  return role?.type === 'role' ? { address, config: quorumVerifierText(role.voters) } : { address };
}
