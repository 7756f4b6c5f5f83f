/** Which column of a table is which quantity: by headers that are recognised, or as a person names them. */
import { cut } from '../show.ts';
import { type Csv, type CsvRow } from './csv.ts';
import { parseNumber } from './notation.ts';
import { isRefusal, type Refusal, refuse } from './refusal.ts';
import { type ColumnNames, QUANTITIES, type Quantity } from './quantities.ts';
import { givenUnit, headerUnit, plainWidth, type Unit } from './units.ts';

export interface Column {
  quantity: Quantity;
  /** from 0 */
  index: number;
  /** empty where the table has no headers */
  header: string;
  unit: Unit;
}

/** Header names by quantity, compared in lower case without spaces, `_`, `-` and what is in brackets. */
const NAMES: Record<Quantity, string[]> = {
  N: [
    'n',
    'params',
    'parameters',
    'nparams',
    'nparameters',
    'numparams',
    'modelsize',
    'modelparameters',
    '参数',
  ],
  D: ['d', 'tokens', 'examples', 'ntokens', 'trainingtokens', 'traintokens', 'datasetsize', 'numtokens'],
  C: ['c', 'flops', 'flop', 'compute', 'trainingflops', 'trainingflop', 'trainflops', 'trainingcompute'],
  x: ['x'],
  loss: [
    'loss',
    'valloss',
    'testloss',
    'validationloss',
    'evalloss',
    'finalloss',
    'heldoutloss',
    'crossentropy',
    '损失',
    '留出损失',
  ],
  weight: ['weight', 'weights', 'sigma', 'σ'],
};

/** Names that may mean it, taken where none of the above is there. */
const GUESSES: Partial<Record<Quantity, string[]>> = {
  N: ['size'],
  D: ['data'],
  C: ['budget'],
  loss: ['l', 'y', 'nats'],
};

export const isSigma = (header: string): boolean => ['sigma', 'σ'].includes(normalise(header));

function normalise(header: string): string {
  return plainWidth(header)
    .replace(/[([][^)\]]*[)\]]/g, '')
    .toLowerCase()
    .replace(/[\s_-]/g, '');
}

const isNumber = (cell: string): boolean => parseNumber(cell).kind === 'number';

/** Names of columns as a message lists them, of any number and length. */
const quoted = (cells: readonly string[]): string => {
  const shown: string[] = [];
  let room = 200;
  for (const cell of cells) {
    const name = showText(cell);
    if ((room -= name.length + 2) < 0) break;
    shown.push(name);
  }
  return `${shown.join(', ')}${cells.length > shown.length ? ` and ${cells.length - shown.length} more` : ''}`;
};

/** In one line, whatever signs it has. */
const showText = (cell: string): string => {
  const text = cell.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim();
  return text.length > 40 ? `${cut(text, 40)}…` : text;
};

/** The columns of a table and the rows below its headers. */
export function columnsOf(
  csv: Csv,
  names: ColumnNames | undefined,
  units: ColumnNames = {},
): { picked: Column[]; body: CsvRow[]; reading?: string } | Refusal {
  const remark = headerAmong(csv);
  const head = remark ?? csv.rows[0]!;
  const headless = head.cells.every(isNumber);
  const found = names ? named(head, headless, names) : recognised(head, headless);
  if (isRefusal(found)) return found;
  if (!found.some(([quantity]) => quantity === 'loss')) {
    const one = head.cells.length > 1 ? '' : ' Cells are separated by a comma, a semicolon, a tab or |.';
    return refuse(
      'missing-column',
      `No column is the loss; name it with columns loss=…. The columns are: ${quoted(head.cells)}.${one}`,
      head.line,
    );
  }
  const picked: Column[] = [];
  for (const [quantity, index] of found) {
    const header = headless ? '' : head.cells[index]!;
    const given = units[quantity];
    const unit = given === undefined ? headerUnit(quantity, header, head.line) : givenUnit(quantity, given);
    if (isRefusal(unit)) return unit;
    if (given !== undefined && quantity !== 'loss') {
      const own = headerUnit(quantity, header, head.line);
      if (!isRefusal(own) && own.changes && own.convert(1) !== unit.convert(1)) {
        return refuse(
          'bad-table',
          `Line ${head.line}: “${header}” names the unit ${own.name}, --units ${unit.name}.`,
          head.line,
        );
      }
    }
    picked.push({ quantity, index, header, unit });
  }
  const unused = Object.keys(units).find(
    (quantity) => !picked.some((column) => column.quantity === quantity),
  );
  if (unused !== undefined) {
    return refuse('missing-column', `A unit is given for ${unused}, but no column is ${unused}.`, head.line);
  }
  if (remark) {
    const reading = `Line ${remark.line}, which begins with #, was read as the header.`;
    return { picked, body: csv.rows, reading };
  }
  return { picked, body: headless ? csv.rows : csv.rows.slice(1) };
}

/** The last line with `#` that names as many columns as the first row has, if that row begins with no header of its own. */
function headerAmong({ rows, remarks }: Csv): CsvRow | undefined {
  const { cells } = rows[0]!;
  if (!cells.some(isNumber)) return undefined;
  return remarks.findLast(
    (remark) =>
      remark.cells.length === cells.length && !remark.cells.every(isNumber) && remark.cells.length > 1,
  );
}

type Found = [quantity: Quantity, index: number];

function recognised({ cells, line }: CsvRow, headless: boolean): Found[] | Refusal {
  if (headless) {
    return refuse('bad-table', `Line ${line}: the first line must name the columns, such as N,D,loss.`, line);
  }
  const normal = cells.map(normalise);
  const matching = (names: readonly string[]): number[] =>
    normal.flatMap((name, i) => (names.includes(name) ? [i] : []));
  const found: Found[] = [];
  for (const quantity of QUANTITIES) {
    let matches = matching(NAMES[quantity]);
    // `n` beside `N` counts something else.
    if (matches.length > 1 && matches.every((i) => normal[i] === quantity.toLowerCase())) {
      const exact = matches.filter((i) => cells[i]!.trim() === quantity);
      if (exact.length === 1) matches = exact;
    }
    if (matches.length === 0) matches = matching(GUESSES[quantity] ?? []);
    if (matches.length > 1) {
      const both = matches.map((i) => `“${cells[i]!}” (column ${i + 1})`).join(' and ');
      return refuse(
        'bad-table',
        `Line ${line}: ${both} could both be ${quantity}; name one with columns.`,
        line,
      );
    }
    if (matches.length === 1) found.push([quantity, matches[0]!]);
  }
  return found;
}

/** As the caller names them: exactly, else without regard to case, else as headers are compared, else by position. */
function named({ cells, line }: CsvRow, headless: boolean, names: ColumnNames): Found[] | Refusal {
  const found: Found[] = [];
  for (const quantity of QUANTITIES) {
    const name = names[quantity];
    if (name === undefined) continue;
    const forms: ((text: string) => string)[] = [
      (text) => text.trim(),
      (text) => text.trim().toLowerCase(),
      normalise,
    ];
    const matches = headless
      ? []
      : forms
          .map((form) =>
            cells.flatMap((cell, i) => (form(name) !== '' && form(cell) === form(name) ? [i] : [])),
          )
          .find((indices) => indices.length > 0);
    if (matches && matches.length > 1) {
      const places = matches.map((i) => i + 1).join(' and ');
      return refuse(
        'bad-table',
        `Line ${line}: columns ${places} could both be “${name}”; name one by its number.`,
        line,
      );
    }
    const position = /^\d{1,5}$/.test(name.trim()) ? Number(name) - 1 : -1;
    const index = matches?.[0] ?? position;
    if (index < 0 || index >= cells.length) {
      return refuse(
        'missing-column',
        `There is no column “${name.slice(0, 60)}”; the columns are: ${quoted(cells)}.`,
        line,
      );
    }
    found.push([quantity, index]);
  }
  return found;
}
