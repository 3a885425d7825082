/** A file of the oracle, of whatever kind, from its text. */
import type { OracleCase } from './case/caseFile';
import { show } from './case/caseFile';
import { readCaseFile } from './case/readCaseFile';
import { CaseFileError, record, textOf } from './case/shape';
import { type Dialogue, readDialogue } from './dialogue/dialogueFile';
import { type ClientCase, readClientCase } from './library/clientCaseFile';

/** Content that only a program which reads data directories can check. */
interface DataDirectory {
  readonly format: 'zk-oracle-datadir/1';
  readonly name: string;
}

export type RecordedFile = OracleCase | ClientCase | Dialogue | DataDirectory;

/** Each format, the area that stands in front of names without one, and its reader. */
const FORMATS: Readonly<
  Record<string, { area: string; read: (file: Fields, name: string) => RecordedFile }>
> = {
  'zk-oracle-case/1': {
    area: 'cases',
    read: (file, name) => readCaseFile(file, 'zk-oracle-case/1', name),
  },
  'zk-oracle-flow/1': {
    area: 'flows',
    read: (file, name) => readCaseFile(file, 'zk-oracle-flow/1', name),
  },
  'zk-oracle-client-case/1': { area: 'client', read: readClientCase },
  'zk-oracle-zkcli/1': { area: 'zkcli', read: readDialogue },
  'zk-oracle-datadir/1': {
    area: 'datadirs',
    read: (_, name) => ({ format: 'zk-oracle-datadir/1', name }),
  },
};

type Fields = Readonly<Record<string, unknown>>;

/** Throws CaseFileError when the text is no file of the oracle. */
export function parseRecordedFile(text: string): RecordedFile {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new CaseFileError('', `not JSON: ${(error as Error).message}`);
  }
  const file = record(json, 'file');
  const format = textOf(file['format'], 'format');
  const name = textOf(file['name'], 'name');
  const known = Object.hasOwn(FORMATS, format) ? FORMATS[format] : undefined;
  if (known === undefined) {
    const expected = `expected one of ${Object.keys(FORMATS).join(', ')}, got ${show(format)}`;
    throw new CaseFileError('format', expected);
  }
  return known.read(file, name.includes('/') ? name : `${known.area}/${name}`);
}
