import { describe, expect, test } from 'vitest';
import { DEFAULT_ZOO_CONFIG } from '../../../zk/config';
import { missingSettings, settingsOf } from './settings';

describe('the settings of a recording', () => {
  test('are those of the engine, by their types', () => {
    const config = {
      tickTime: 500,
      localSessionsEnabled: 'true',
      extendedTypesEnabled: 'true',
      properties: {
        'jute.maxbuffer': '2000',
        'zookeeper.skipACL': 'yes',
        'zookeeper.enforceQuota': 'false',
        'zookeeper.4lw.commands.whitelist': 'srvr',
      },
    };
    expect(missingSettings(config)).toEqual([]);
    expect(settingsOf(config, { maxClientCnxns: 0 })).toEqual({
      ...DEFAULT_ZOO_CONFIG,
      tickTime: 500,
      maxClientCnxns: 0,
      localSessionsEnabled: true,
      extendedTypesEnabled: true,
      juteMaxBuffer: 2000,
      skipACL: true,
      enforceQuota: false,
      fourLetterWords: 'srvr',
    });
  });

  test('yield to nothing but what the recording says', () => {
    expect(settingsOf({ maxClientCnxns: 2 }, { maxClientCnxns: 0 }).maxClientCnxns).toBe(2);
    expect(settingsOf({ properties: { 'zookeeper.skipACL': 'true' } }).skipACL).toBe(false);
  });

  test('that the engine lacks are named', () => {
    const config = { odd: 'true', tickTime: 1, properties: { 'odd.thing': '1' } };
    expect(missingSettings(config)).toEqual(['config:odd', 'property:odd.thing']);
  });
});
