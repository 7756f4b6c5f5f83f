/** Kept runs as rows: what a row holds, how rows are sorted, and the table as comma-separated values. */
import { writeCSV } from '../csv.ts';

export interface RunRow {
  id: string;
  name: string;
  /** what differs from the first run; nothing for the first itself */
  changes: readonly { label: string; value: string }[];
  /** main numbers by the keys of the columns */
  numbers: Readonly<Record<string, number>>;
  device: string;
  /** ISO date */
  date: string;
  /** how its curve looks on the chart while it is selected */
  look?: { color: string; dash?: readonly number[] } | undefined;
}

export interface RunColumn {
  key: string;
  label: string;
}

export interface Order {
  /** `name`, `changes`, `device`, `date`, or the key of a column with `n:` before it */
  by: string;
  rising: boolean;
}

const showChanges = (row: RunRow): string =>
  row.changes.map(({ label, value }) => `${label} ${value}`).join(', ');

/** Rows in another order; those without the number come last either way. */
export function sorted(rows: readonly RunRow[], { by, rising }: Order): RunRow[] {
  const sign = rising ? 1 : -1;
  if (by.startsWith('n:')) {
    const key = by.slice(2);
    const known = (row: RunRow): boolean => Number.isFinite(row.numbers[key]);
    return rows.toSorted((a, b) => {
      if (!known(a) || !known(b)) return Number(known(b)) - Number(known(a));
      return sign * (a.numbers[key]! - b.numbers[key]!);
    });
  }
  const text = (row: RunRow): string =>
    by === 'changes' ? showChanges(row) : by === 'device' ? row.device : by === 'date' ? row.date : row.name;
  return rows.toSorted((a, b) => sign * text(a).localeCompare(text(b), undefined, { numeric: true }));
}

/** A row per run, all numbers in full. */
export function runsCSV(
  rows: readonly RunRow[],
  columns: readonly RunColumn[],
  words: { name: string; changes: string; device: string; date: string },
): string {
  const head = [words.name, words.changes, ...columns.map(({ label }) => label), words.device, words.date];
  const body = rows.map((row) => [
    row.name,
    showChanges(row),
    ...columns.map(({ key }) => row.numbers[key]),
    row.device,
    row.date,
  ]);
  return writeCSV([head, ...body]);
}
