/** Tables of runs from anywhere: which column is what, and every line either understood or named. */
import { type Column, columnsOf, isSigma } from './columns.ts';
import { type Csv, type CsvRow, parseCsv } from './csv.ts';
import { type Marks, readMarks, withPlainMarks } from './decimal-marks.ts';
import { parseNumber } from './notation.ts';
import { type ColumnNames, type Quantity } from './quantities.ts';
import { isRefusal, type Refusal, refuse } from './refusal.ts';
import { BASE_UNITS } from './units.ts';

export interface TableRow extends Partial<Record<Quantity, number>> {
  /** Line of the text, from 1. */
  line: number;
  loss: number;
}

/** Where a quantity was read, and as what. */
export interface Source {
  quantity: Quantity;
  /** as the table has it; empty without headers */
  header: string;
  /** of the column, from 1 */
  position: number;
  /** what its numbers were taken for, such as `M`; empty where nothing is named */
  unit: string;
  /** what `rows` hold */
  convertedTo: string;
}

export interface Table {
  /** Quantities that every row has. */
  columns: Quantity[];
  sources: Source[];
  rows: TableRow[];
  /** What was left out, and why, each naming its line. */
  notes: string[];
  /** What had to be understood: commas and points of a column, and a header behind `#`; each names its line. */
  readings: string[];
}

/**
 * Reads a CSV text.
 *
 * Handled: separators, quotes, blank and comment lines, `1.5e9`, `1.5B`, `1'000`, units in cells or headers; a row without a loss (NaN,
 * `#N/A`, diverged, empty) is left out with a note, step 0 of a log and an exact repetition of a row too; equal settings with other
 * losses are seeds and stay.
 * Refused with the line: text for a number, a number that could be two, zero or negative values, a missing size, a wrong number of cells.
 *
 * @param columns names of the columns in this table, `{ N: 'params', loss: 'final loss' }`, or positions from 1; without it the headers
 *   are recognised. With it, only the columns that it names are read.
 * @param units of the columns, where their headers do not name them: `{ loss: 'bits', C: 'GFLOPs' }`
 */
export function parseTable(text: string, columns?: ColumnNames, units?: ColumnNames): Table | Refusal {
  const csv = parseCsv(text);
  if (isRefusal(csv)) return csv;
  const layout = columnsOf(csv, columns, units);
  if (isRefusal(layout)) return layout;
  const { picked, body, reading } = layout;
  const width = csv.rows[0]!.cells.length;
  for (const { line, cells } of body) {
    // Trailing separators are common; other differences shift columns.
    while (cells.length > width && cells.at(-1)!.trim() === '') cells.pop();
    if (cells.length !== width) {
      return refuse(
        'bad-table',
        `Line ${line} has ${cells.length} cells, the first line ${width}; a number like 1,000 needs quotes.`,
        line,
      );
    }
  }
  const marks: Marks[] = [];
  for (const column of picked) {
    const read = marksOf(column, csv, body);
    if (isRefusal(read)) return read;
    marks.push(read);
  }
  const table = readRows(body, picked, marks);
  if (reading !== undefined && !isRefusal(table)) table.readings.unshift(reading);
  return table;
}

const nameOf = ({ header, quantity }: Column): string => header || quantity;

function marksOf(column: Column, { separator }: Csv, body: readonly CsvRow[]): Marks | Refusal {
  const { index, quantity, unit } = column;
  const cells = body.map(({ line, cells: all }) => ({ line, text: all[index]! }));
  return readMarks(nameOf(column), cells, {
    whole: (quantity === 'N' || quantity === 'D') && !unit.changes,
    elsewhere: function* () {
      for (const { cells: all } of body) for (const [i, text] of all.entries()) if (i !== index) yield text;
    },
    guarded: separator === ';',
  });
}

function readRows(
  body: readonly CsvRow[],
  picked: readonly Column[],
  marks: readonly Marks[],
): Table | Refusal {
  const rows: TableRow[] = [];
  const notes: string[] = [];
  const seen = new Map<string, number>();
  for (const { line, cells } of body) {
    const row = readRow(line, cells, picked, marks);
    if (isRefusal(row)) return row;
    if (typeof row === 'string') {
      notes.push(`Line ${line} is left out: ${row}.`);
      continue;
    }
    const key = cells.map((cell) => cell.trim()).join('\n');
    const first = seen.get(key);
    if (first !== undefined) {
      notes.push(`Line ${line} is left out: it repeats line ${first}.`);
      continue;
    }
    seen.set(key, line);
    rows.push(row);
  }
  if (rows.length === 0) return refuse('bad-table', 'The table has no row with a loss.');
  return {
    columns: picked.map(({ quantity }) => quantity),
    sources: picked.map(({ quantity, header, index, unit }) => ({
      quantity,
      header,
      position: index + 1,
      unit: unit.name,
      convertedTo: BASE_UNITS[quantity],
    })),
    rows,
    notes,
    readings: marks.flatMap(({ note }) => note ?? []),
  };
}

/** The row, a refusal, or why it is left out. */
function readRow(
  line: number,
  cells: readonly string[],
  picked: readonly Column[],
  marks: readonly Marks[],
): TableRow | Refusal | string {
  const row: Partial<Record<Quantity, number>> = {};
  let leftOut: string | undefined;
  for (const [i, column] of picked.entries()) {
    const { quantity, index, header, unit } = column;
    const name = nameOf(column);
    const bad = (why: string): Refusal => refuse('bad-table', `Line ${line}, column ${name}: ${why}.`, line);
    const parsed = parseNumber(withPlainMarks(cells[index]!, marks[i]!));
    if (parsed.kind === 'unreadable') return bad(parsed.why);
    if (parsed.kind === 'missing') {
      if (quantity !== 'loss') return bad('the value is missing');
      leftOut ??= 'it has no loss';
      continue;
    }
    if (parsed.scaled && unit.changes) return bad('the unit stands in the header and in the cell');
    if (parsed.value === 0 && ['x', 'D', 'C'].includes(quantity)) {
      leftOut = `its ${name} is 0, of which the law needs the logarithm`;
      continue;
    }
    const value = unit.convert(parsed.value);
    if (!(value > 0)) {
      const shown = unit.changes ? `${parsed.value}, converted ${value}, is` : `${parsed.value} is`;
      return bad(`${shown} not above zero, and the law needs its logarithm`);
    }
    if (!Number.isFinite(value)) return bad(`“${cells[index]!.trim().slice(0, 40)}” is too large`);
    row[quantity] = quantity === 'weight' && isSigma(header) ? value ** -2 : value;
  }
  if (leftOut !== undefined) return leftOut;
  const loss = row.loss!;
  // A standard deviation is absolute, weights are relative to the loss.
  const sigma = picked.find(({ quantity, header }) => quantity === 'weight' && isSigma(header));
  if (sigma) row.weight = row.weight! * loss ** 2;
  return { line, ...row, loss };
}
