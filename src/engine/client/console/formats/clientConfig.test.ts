import { describe, expect, it } from 'vitest';
import { clientConfigText } from './clientConfig';

describe('config -c', () => {
  it('lists the client addresses in the order in which Java 17 goes through Properties', () => {
    const servers = [1, 2, 3, 4, 5, 10].map(
      (n) => `server.${n}=zk${n}:2888:3888:participant;zk${n}:2181`,
    );
    expect(clientConfigText([...servers, 'version=100000002'].join('\n'))).toBe(
      '100000002 zk10:2181,zk2:2181,zk1:2181,zk5:2181,zk4:2181,zk3:2181',
    );
  });

  it('is a blank for a standalone server, and leaves a place empty that has no client address', () => {
    expect(clientConfigText('')).toBe(' ');
    expect(clientConfigText('server.1=a:1:2\nserver.2=b:1:2;2181')).toBe(' 0.0.0.0:2181,');
  });
});
