/** Tables of runs from anywhere: which column is what, and every line either understood or named. */
import { type Csv, type CsvRow, parseCsv } from './csv.ts';
import { parseNumber, unitOf } from './notation.ts';
import { isRefusal, type Refusal, refuse } from './refusal.ts';

export const QUANTITIES = ['N', 'D', 'C', 'x', 'loss', 'weight'] as const;
/** N parameters, D tokens or examples, C FLOPs, x any other size, loss in nats, weight relative. */
export type Quantity = (typeof QUANTITIES)[number];

export interface TableRow extends Partial<Record<Quantity, number>> {
  /** Line of the text, from 1. */
  line: number;
  loss: number;
}

export interface Table {
  /** Quantities that every row has. */
  columns: Quantity[];
  rows: TableRow[];
  /** What was left out, and why, each naming its line. */
  notes: string[];
}

/** Header names by quantity, compared in lower case without spaces, `_`, `-` and units in brackets. */
const NAMES: Record<Quantity, string[]> = {
  N: [
    'n',
    'params',
    'parameters',
    'nparams',
    'nparameters',
    'numparams',
    'modelsize',
    'size',
    'modelparameters',
  ],
  D: [
    'd',
    'tokens',
    'data',
    'examples',
    'ntokens',
    'trainingtokens',
    'traintokens',
    'datasetsize',
    'numtokens',
  ],
  C: [
    'c',
    'flops',
    'flop',
    'compute',
    'trainingflops',
    'trainingflop',
    'budget',
    'trainflops',
    'trainingcompute',
  ],
  x: ['x'],
  loss: [
    'loss',
    'l',
    'y',
    'valloss',
    'testloss',
    'validationloss',
    'evalloss',
    'finalloss',
    'nats',
    'crossentropy',
  ],
  weight: ['weight', 'w', 'weights'],
};

/**
 * Reads a CSV text.
 *
 * Handled: separators, quotes, blank and comment lines, `1.5e9`, `1.5B`, `"1,000"`, units in cells or headers; a row without a loss (NaN,
 * diverged, empty) is left out with a note, an exact repetition of a row too; equal settings with other losses are seeds and stay.
 * Refused with the line: text for a number, zero or negative values, a missing size, a wrong number of cells.
 *
 * @param columns names of the columns in this table, `{ N: 'params', loss: 'final loss' }`, or positions from 1; without it the headers
 *   are recognised. With it, only the columns that it names are read.
 */
export function parseTable(text: string, columns?: Partial<Record<Quantity, string>>): Table | Refusal {
  const csv = parseCsv(text);
  if (isRefusal(csv)) return csv;
  const layout = columns ? mapped(csv, columns) : recognised(csv.rows[0]!);
  if (isRefusal(layout)) return layout;
  const { picked, body } = Array.isArray(layout) ? { picked: layout, body: csv.rows.slice(1) } : layout;
  if (!picked.some((column) => column.quantity === 'loss')) {
    return refuse(
      'missing-column',
      `No column is the loss; name it with columns loss=…. The columns are: ${csv.rows[0]!.cells.join(', ')}.`,
      csv.rows[0]!.line,
    );
  }
  return readRows(csv, body, picked);
}

interface Column {
  quantity: Quantity;
  index: number;
  header: string;
  /** From the header: `params (B)` → 1e9. */
  factor: number;
}

function normalise(header: string): string {
  return header
    .replace(/[([].*?[)\]]/g, '')
    .toLowerCase()
    .replace(/[\s_-]/g, '');
}

function column(quantity: Quantity, index: number, header: string, line: number): Column | Refusal {
  const bracket = /[([](.*?)[)\]]/.exec(header)?.[1];
  if (bracket === undefined) return { quantity, index, header, factor: 1 };
  if (quantity === 'loss' && /bit|bpb|ppl|perplexity/i.test(bracket)) {
    return refuse(
      'bad-table',
      `Line ${line}: “${header}” is not in nats; convert it first (1 bit = 0.6931 nats).`,
      line,
    );
  }
  if (quantity === 'loss') return { quantity, index, header, factor: 1 };
  const number = Number(bracket);
  const factor = number > 0 ? number : unitOf(bracket)?.factor;
  if (factor === undefined) {
    return refuse(
      'bad-table',
      `Line ${line}: the unit in “${header}” is unknown; write (M), (B) or nothing.`,
      line,
    );
  }
  return { quantity, index, header, factor };
}

/** Columns by their headers. */
function recognised({ cells, line }: CsvRow): Column[] | Refusal {
  if (cells.every((cell) => parseNumber(cell).kind === 'number')) {
    return refuse('bad-table', `Line ${line}: the first line must name the columns, such as N,D,loss.`, line);
  }
  const found: Column[] = [];
  for (const quantity of QUANTITIES) {
    const matches = cells.flatMap((cell, i) => (NAMES[quantity].includes(normalise(cell)) ? [i] : []));
    if (matches.length > 1) {
      const names = matches.map((i) => cells[i]!).join(' and ');
      return refuse(
        'bad-table',
        `Line ${line}: ${names} could both be ${quantity}; name one with columns.`,
        line,
      );
    }
    if (matches.length === 0) continue;
    const made = column(quantity, matches[0]!, cells[matches[0]!]!, line);
    if (isRefusal(made)) return made;
    found.push(made);
  }
  return found;
}

/** Columns as the caller names them. */
function mapped(
  csv: Csv,
  columns: Partial<Record<Quantity, string>>,
): { picked: Column[]; body: CsvRow[] } | Refusal {
  const { cells, line } = csv.rows[0]!;
  const headless = cells.every((cell) => parseNumber(cell).kind === 'number');
  const picked: Column[] = [];
  for (const quantity of QUANTITIES) {
    const name = columns[quantity];
    if (name === undefined) continue;
    const position = /^\d+$/.test(name) ? Number(name) - 1 : -1;
    const byName = headless
      ? -1
      : cells.findIndex((cell) => cell === name || normalise(cell) === normalise(name));
    const index = byName >= 0 ? byName : position;
    if (index < 0 || index >= cells.length) {
      return refuse(
        'missing-column',
        `There is no column “${name}”; the columns are: ${cells.join(', ')}.`,
        line,
      );
    }
    const made = column(quantity, index, headless ? '' : cells[index]!, line);
    if (isRefusal(made)) return made;
    picked.push(made);
  }
  return { picked, body: headless ? csv.rows : csv.rows.slice(1) };
}

function readRows(csv: Csv, body: readonly CsvRow[], picked: readonly Column[]): Table | Refusal {
  const width = csv.rows[0]!.cells.length;
  const rows: TableRow[] = [];
  const notes: string[] = [];
  const seen = new Map<string, number>();
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
    const row = readRow(line, cells, picked, csv.separator === ';');
    if (isRefusal(row)) return row;
    if (row === undefined) {
      notes.push(`Line ${line} is left out: it has no loss.`);
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
  return { columns: picked.map(({ quantity }) => quantity), rows, notes };
}

function readRow(
  line: number,
  cells: readonly string[],
  picked: readonly Column[],
  commaDecimals: boolean,
): TableRow | Refusal | undefined {
  const row: Partial<Record<Quantity, number>> = {};
  let lost = false;
  for (const { quantity, index, header, factor } of picked) {
    const parsed = parseNumber(cells[index]!, commaDecimals);
    const name = header || quantity;
    if (parsed.kind === 'unreadable') {
      return refuse('bad-table', `Line ${line}, column ${name}: ${parsed.why}.`, line);
    }
    if (parsed.kind === 'missing') {
      if (quantity !== 'loss') {
        return refuse('bad-table', `Line ${line}, column ${name}: the value is missing.`, line);
      }
      lost = true;
      continue;
    }
    if (parsed.scaled && factor !== 1) {
      return refuse(
        'bad-table',
        `Line ${line}, column ${name}: the unit stands in the header and in the cell.`,
        line,
      );
    }
    if (!(parsed.value > 0)) {
      return refuse(
        'bad-table',
        `Line ${line}, column ${name}: ${parsed.value} is not above zero, and the law needs its logarithm.`,
        line,
      );
    }
    row[quantity] = parsed.value * factor;
  }
  return lost ? undefined : { line, ...row, loss: row.loss! };
}
