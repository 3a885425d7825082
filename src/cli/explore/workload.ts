/**
 * What clients of an exploration do: lines for their consoles, drawn from the
 * seed. Few znodes, so that sessions meet; several commands in a line, so that
 * requests pipeline.
 */
import { drawBelow } from '../../base/random';

/** Commands in one line, at most. */
const PIPELINE_MAX = 4;

const NODES = ['/a', '/b', '/c', '/a/x'];

/** The `index`-th line that `letter` types. */
export function drawLine(seed: number, letter: string, index: number): string {
  const stream = `explore.line.${letter}`;
  const count = 1 + drawBelow(seed, `${stream}.count`, index, PIPELINE_MAX);
  const commands: string[] = [];
  for (let i = 0; i < count; i += 1) {
    commands.push(drawCommand(seed, stream, index * PIPELINE_MAX + i));
  }
  return commands.join(' ; ');
}

function drawCommand(seed: number, stream: string, index: number): string {
  const node = NODES[drawBelow(seed, `${stream}.node`, index, NODES.length)] as string;
  const value = `v${index}`;
  switch (drawBelow(seed, `${stream}.kind`, index, 16)) {
    case 0:
    case 1:
    case 2:
      return `create ${node} ${value}`;
    case 3:
    case 4:
    case 5:
      return `set ${node} ${value}`;
    case 6:
      return `set -v ${drawBelow(seed, `${stream}.version`, index, 4)} ${node} ${value}`;
    case 7:
    case 8:
      return `get -s ${node}`;
    case 9:
      return 'ls /';
    case 10:
    case 11:
      return `delete ${node}`;
    case 12:
      return `create -e /e${drawBelow(seed, `${stream}.ephemeral`, index, 3)} ${value}`;
    case 13:
      return `create -s /a/s- ${value}`;
    case 14:
      return `create -s -e /q- ${value}`;
    default:
      return `sync ${node}`;
  }
}
