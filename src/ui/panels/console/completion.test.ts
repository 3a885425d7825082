import { describe, expect, test } from 'vitest';
import { complete } from './completion';
import { shortPrompt } from './shortPrompt';

const paths = ['/', '/app', '/app/config', '/app/config/db', '/apple', '/workers', '/zookeeper'];
const world = ['crash', 'cut', 'partition'];
const of = (line: string) => complete(line, paths, world);

describe('Tab', () => {
  test('completes a command that is the only one', () => {
    expect(of('dele')).toEqual({ line: 'delete', candidates: ['delete', 'deleteall'] });
    expect(of('hist')).toEqual({ line: 'history ', candidates: [] });
  });

  test('knows the words of the world', () => {
    expect(of('cra')).toEqual({ line: 'crash ', candidates: [] });
    expect(of('cu')).toEqual({ line: 'cut ', candidates: [] });
  });

  test('goes as far along a path as is certain, one name at a time', () => {
    expect(of('get /w')).toEqual({ line: 'get /workers', candidates: [] });
    expect(of('get /a')).toEqual({ line: 'get /app', candidates: ['/app', '/apple'] });
    expect(of('ls /app/')).toEqual({ line: 'ls /app/config', candidates: [] });
    expect(of('ls /app/config')).toEqual({ line: 'ls /app/config/db', candidates: [] });
  });

  test('completes the last of several commands', () => {
    expect(of('create /q; get /wo')).toEqual({ line: 'create /q; get /workers', candidates: [] });
  });

  test('completes options', () => {
    expect(of('create -')).toEqual({ line: 'create -', candidates: ['-c', '-e', '-s', '-t'] });
  });

  test('completes the words that a command takes in a place', () => {
    expect(of('addWatch -m PERSISTENT_')).toEqual({
      line: 'addWatch -m PERSISTENT_RECURSIVE',
      candidates: [],
    });
    expect(of('addauth d')).toEqual({ line: 'addauth digest', candidates: [] });
    expect(of('printwatches o')?.candidates).toEqual(['off', 'on']);
    expect(of('4lw wch')?.candidates).toEqual(['wchc', 'wchp', 'wchs']);
    expect(of('freeze 2 Sync')).toEqual({ line: 'freeze 2 SyncRequestProcessor', candidates: [] });
  });

  test('completes the commands of the whole client API, and their paths', () => {
    expect(of('getAc')).toEqual({ line: 'getAcl ', candidates: [] });
    expect(of('setAcl -R /w')).toEqual({ line: 'setAcl -R /workers', candidates: [] });
    expect(of('removewatches /app/config -')?.candidates).toEqual(['-a', '-c', '-d', '-l']);
    expect(of('tx')).toEqual({ line: 'txn ', candidates: [] });
    expect(of("txn 'create /q' 'set /wo")).toEqual({
      line: "txn 'create /q' 'set /workers",
      candidates: [],
    });
  });

  test('has nothing to say on an empty word, data, or an unknown path', () => {
    expect(of('')).toBeUndefined();
    expect(of('get ')).toBeUndefined();
    expect(of('get /nothing')).toBeUndefined();
    expect(of('get /workers')).toBeUndefined();
    expect(of('set /app da')).toBeUndefined();
  });
});

test('a prompt with many hosts is shown by its first', () => {
  expect(shortPrompt('[zk: zk1:2181,zk2:2181(CONNECTED) 0] ')).toBe(
    '[zk: zk1:2181,…(CONNECTED) 0] ',
  );
  expect(shortPrompt('[zk: zk1:2181(CLOSED) 4] ')).toBe('[zk: zk1:2181(CLOSED) 4] ');
});
