/** The first seed at which each edge case shows, whatever the order in which seeds come to their end. */
import type { SeedResult } from '../oneSeed';
import { type EdgeCase, type EdgeFound, SOUGHT } from './edgeCases';

export interface EdgeTable {
  first: Partial<Record<EdgeCase, { found: EdgeFound; result: SeedResult }>>;
  /** Seeds at which it shows. */
  counts: Partial<Record<EdgeCase, number>>;
  seeds: number;
}

export function startEdgeTable(): EdgeTable {
  return { first: {}, counts: {}, seeds: 0 };
}

export function noteFound(table: EdgeTable, result: SeedResult): void {
  table.seeds += 1;
  for (const found of result.found ?? []) {
    const { edge } = found;
    table.counts[edge] = (table.counts[edge] ?? 0) + 1;
    const first = table.first[edge];
    if (first === undefined || result.seed < first.result.seed)
      table.first[edge] = { found, result };
  }
}

export function hasAll({ first }: EdgeTable): boolean {
  return SOUGHT.every((edge) => first[edge] !== undefined);
}

/** One line for each edge case, those first that were sought. `write` keeps a recording and says where. */
export function edgeLines(table: EdgeTable, write: (result: SeedResult) => string): string[] {
  const others = (Object.keys(table.first) as EdgeCase[]).filter((edge) => !SOUGHT.includes(edge));
  return [...SOUGHT, ...others.sort()].map((edge) => {
    const first = table.first[edge];
    if (first === undefined) return `${edge}: not found in ${table.seeds} seeds`;
    const { found, result } = first;
    return (
      `${edge}: first at seed ${result.seed}, at ${table.counts[edge]} of ${table.seeds} seeds: ` +
      `${found.check} at event ${found.event}: ${found.explanation}; recording ${write(result)}`
    );
  });
}
