/**
 * `config -c`: the client addresses out of a membership, in the order of a Java
 * hash table.
 *
 * Source: ConfigUtils.java (getClientConfigStr), java.util.Properties (a ConcurrentHashMap within).
 */
import { inHashOrder } from '../../../../base/javaHash';

/** Its version, a blank, the addresses. An entry without a client address leaves an empty place. */
export function clientConfigText(config: string): string {
  const entries = new Map<string, string>();
  for (const line of config.split('\n')) {
    const found = /^\s*([^=:\s]+)\s*[=:]\s*(.*?)\s*$/.exec(line);
    if (found !== null) entries.set(found[1] as string, found[2] as string);
  }
  const addresses: string[] = [];
  for (const key of inHashOrder([...entries.keys()])) {
    if (key.startsWith('server.')) addresses.push(clientAddress(entries.get(key) as string));
  }
  return `${entries.get('version') ?? ''} ${addresses.join(',')}`;
}

/** `host:quorum:election:role;host:client` or `...;client`, where the host is any. */
function clientAddress(server: string): string {
  const client = server.split(';')[1];
  if (client === undefined) return '';
  return /^\d+$/.test(client) ? `0.0.0.0:${client}` : client;
}
