/** Addresses of servers as the oracle writes them, and as they are here. */

/** In the text of a membership: `127.0.0.1:@Q1:@E1` and `127.0.0.1:@C1` become those of zk1. */
export function engineAddresses(text: string): string {
  return text
    .replace(/127\.0\.0\.1:@Q(\d+):@E\1\b/g, 'zk$1:2888:3888')
    .replace(/127\.0\.0\.1:@C(\d+)\b/g, 'zk$1:2181');
}

/** The other way round. */
export function oracleAddresses(text: string): string {
  return text
    .replace(/\bzk(\d+):2888:3888\b/g, '127.0.0.1:@Q$1:@E$1')
    .replace(/\bzk(\d+):2181\b/g, '127.0.0.1:@C$1');
}
