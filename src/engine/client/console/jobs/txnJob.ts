/** A txn on its way: one multi, and a line for each of its operations. */
import type { MultiOp, ReplyBody } from '../../../../zk/records';
import { errorText, exceptionText } from '../formats/texts';
import type { Answer, JobLine, JobStep } from './step';

/** An operation as it was typed, and what it is. */
export interface TxnEntry {
  line: string;
  op: MultiOp;
}

export interface TxnJob {
  type: 'txn';
  entries: TxnEntry[];
}

export function beginTxn({ entries }: TxnJob): JobStep {
  return { lines: [], requests: [{ body: { op: 'multi', ops: entries.map(({ op }) => op) } }] };
}

/** One line for each operation, in their order. */
export function continueTxn({ entries }: TxnJob, { err, reply }: Answer): JobStep {
  const { results } = reply ?? ({} as ReplyBody);
  if (results === undefined) {
    return {
      lines: [{ kind: 'error', text: exceptionText(err, null) }],
      requests: [],
      exitCode: 1,
    };
  }
  const lines = results.map((result, i): JobLine => {
    const { line, op } = entries[i] as TxnEntry;
    if (result.op !== 'error') {
      const made = result.path === undefined ? '' : ` -> ${result.path}`;
      return { kind: 'output', text: `${line}: ok${made}` };
    }
    if (result.err === 'OK') return { kind: 'error', text: `${line}: undone` };
    return { kind: 'error', text: `${line}: ${errorText(result.err, op.path)}` };
  });
  return { lines, requests: [], exitCode: err === 'OK' ? 0 : 1 };
}
