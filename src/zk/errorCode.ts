/** KeeperException codes by name. */

export const ERROR_CODES = {
  OK: 0,
  SYSTEMERROR: -1,
  RUNTIMEINCONSISTENCY: -2,
  DATAINCONSISTENCY: -3,
  CONNECTIONLOSS: -4,
  MARSHALLINGERROR: -5,
  UNIMPLEMENTED: -6,
  OPERATIONTIMEOUT: -7,
  BADARGUMENTS: -8,
  UNKNOWNSESSION: -12,
  NONODE: -101,
  NOAUTH: -102,
  BADVERSION: -103,
  NOCHILDRENFOREPHEMERALS: -108,
  NODEEXISTS: -110,
  NOTEMPTY: -111,
  SESSIONEXPIRED: -112,
  INVALIDCALLBACK: -113,
  INVALIDACL: -114,
  AUTHFAILED: -115,
  SESSIONMOVED: -118,
  NOTREADONLY: -119,
  EPHEMERALONLOCALSESSION: -120,
  NOWATCHER: -121,
  RECONFIGDISABLED: -123,
  QUOTAEXCEEDED: -125,
  THROTTLEDOP: -127,
} as const;

export type ErrorName = keyof typeof ERROR_CODES;

/**
 * Who answers with a code: a server in a reply (of SESSIONMOVED only by ending the connection), the
 * client library by itself, or nobody, because no code path of a server here leads to it.
 */
export const SAID_BY: Readonly<Record<ErrorName, 'server' | 'client' | 'nobody'>> = {
  OK: 'server',
  SYSTEMERROR: 'nobody',
  RUNTIMEINCONSISTENCY: 'server',
  DATAINCONSISTENCY: 'nobody',
  CONNECTIONLOSS: 'client',
  MARSHALLINGERROR: 'server',
  UNIMPLEMENTED: 'server',
  OPERATIONTIMEOUT: 'nobody',
  BADARGUMENTS: 'server',
  UNKNOWNSESSION: 'server',
  NONODE: 'server',
  NOAUTH: 'server',
  BADVERSION: 'server',
  NOCHILDRENFOREPHEMERALS: 'server',
  NODEEXISTS: 'server',
  NOTEMPTY: 'server',
  SESSIONEXPIRED: 'server',
  INVALIDCALLBACK: 'nobody',
  INVALIDACL: 'server',
  AUTHFAILED: 'server',
  SESSIONMOVED: 'server',
  NOTREADONLY: 'server',
  EPHEMERALONLOCALSESSION: 'server',
  NOWATCHER: 'server',
  RECONFIGDISABLED: 'server',
  QUOTAEXCEEDED: 'server',
  THROTTLEDOP: 'server',
};
