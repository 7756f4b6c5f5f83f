/** What views read back from tables. */
import type { Findings } from '../lesson.ts';

/** The rows of a table by the keys of its columns; none where there is no such table. */
export function recordsOf(
  { tables }: Pick<Findings, 'tables'>,
  name: string,
): Record<string, number | string | null>[] {
  const table = tables.find((candidate) => candidate.name === name);
  return (table?.rows ?? []).map((row) =>
    Object.fromEntries(table!.columns.map(({ key }, i) => [key, row[i] ?? null])),
  );
}
