/** Asking a server as a raw client does: one request, its answer, what came before it. */
import { assert } from '../../base/assert';
import { textToBytes } from '../../base/bytes';
import type { ZooConfig } from '../../zk/config';
import { DEFAULT_ZOO_CONFIG } from '../../zk/config';
import type { Sid } from '../../zk/ids';
import type { ClientReply, WatcherEventPacket } from '../../zk/packets';
import type { AclEntry, RequestBody } from '../../zk/records';
import { OPEN_ACL } from '../../zk/records';
import {
  type Ensemble,
  newSession,
  pass,
  type RawClient,
  servingEnsemble,
} from './ensemble.test-support';

export function standalone(config: Partial<ZooConfig> = {}): Ensemble {
  return servingEnsemble(1, { config: { ...DEFAULT_ZOO_CONFIG, ...config } });
}

export class Asker {
  readonly client: RawClient;

  constructor(e: Ensemble, sid: Sid = 1, timeOut = 30000) {
    this.client = newSession(e, sid, timeOut);
  }

  /** The reply to this request; throws when there is none. */
  ask(body: RequestBody): ClientReply {
    const reply = this.maybeAsk(body);
    assert(reply !== undefined, `${body.op} has an answer`);
    return reply;
  }

  maybeAsk(body: RequestBody): ClientReply | undefined {
    const xid = this.client.send(body);
    for (let i = 0; i < 60; i += 1) {
      pass(this.client.e, 5);
      const found = this.client
        .heard()
        .find(({ packet }) => packet?.kind === 'REPLY' && packet.xid === xid)?.packet;
      if (found?.kind === 'REPLY') return found;
    }
    return undefined;
  }

  err(body: RequestBody): string {
    return this.ask(body).err;
  }

  /** Events of the present connection, oldest first. */
  events(): Pick<WatcherEventPacket, 'type' | 'path'>[] {
    return this.client.heard().flatMap(({ packet }) => {
      return packet?.kind === 'EVENT' ? [{ type: packet.type, path: packet.path }] : [];
    });
  }

  auth(userPassword: string): string {
    return this.err({ op: 'auth', scheme: 'digest', auth: textToBytes(userPassword) });
  }
}

export function make(
  path: string | null,
  more: { flags?: number; data?: string | null; acl?: readonly AclEntry[] | null } = {},
): Extract<RequestBody, { op: 'create' | 'create2' | 'createContainer' }> {
  const { flags = 0, data = '', acl = OPEN_ACL } = more;
  return { op: 'create', path, data, acl, flags };
}

export function acl(perms: number, scheme = 'world', id = 'anyone'): AclEntry[] {
  return [{ perms, scheme, id }];
}
