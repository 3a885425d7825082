/**
 * The node of the membership: its text has the addresses of the servers, which are others here, and
 * so its length says nothing either.
 */

export const CONFIG_NODE = '/zookeeper/config';

/** Stands for a number that is not compared. */
export const LENGTH_OF_ADDRESSES = '<length of addresses>';

/** Version of the node while it is what the server itself wrote there. */
const OF_SERVER = -1;

/** Marks the length in the stat of an item about this node, unless a client wrote the data. */
export function freeLengthOfAddresses(item: Record<string, unknown>): void {
  const stat = item['stat'] as Readonly<Record<string, unknown>> | undefined;
  if (stat?.['version'] !== OF_SERVER) return;
  item['stat'] = { ...stat, dataLength: LENGTH_OF_ADDRESSES };
}
