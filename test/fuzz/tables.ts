/**
 * Fuzz target: tables of runs, as people and their programs write them, and damaged. A table with a planted law gives that law or is
 * refused; no number of it is ever another one.
 */
import type { Random } from '../../src/random.ts';
import {
  fitTable,
  isRefusal,
  type Law,
  parseTable,
  powerLawAt,
  type Table,
  type TableRow,
} from '../../src/scaling/index.ts';
import { FuzzError, refusal, type Answer, type Target } from './harness.ts';
import { damaged, hostile, pick } from './values.ts';

type Size = 'N' | 'D' | 'C' | 'x';

interface Planted {
  text: string;
  columns?: Record<string, string>;
  /** what stands in the table, and which of it must be read; not there where it was damaged */
  truth?: { size: Size; alpha: number; sizes: number[]; losses: number[]; mayBeRefused: boolean };
}

const HEADERS: Record<Size, string[]> = {
  N: [
    'N',
    'params',
    'Parameters',
    'n_params',
    'model size',
    '"params"',
    'params (M)',
    'N [1e6]',
    'num-params',
  ],
  D: ['D', 'tokens', 'training tokens', 'dataset_size', 'tokens (M)'],
  C: ['C', 'flops', 'FLOPs', 'Training Compute', 'C (MFLOPs)'],
  x: ['x', 'X'],
};
const LOSSES = [
  'loss',
  'val_loss',
  'Validation loss',
  'test-loss',
  'held-out loss',
  'loss (nats)',
  'Loss (final)',
];
const STRAY = ['seed', 'w', 'name', 'y', 'run id', 'lr', 'Wall time'];
const MISSING = ['NaN', '#N/A', '', '<NA>', '-', 'diverged', 'inf'];

/** All tables are read; a fit takes longer than all the rest, so that of those that can be read one in so many is fitted. */
const FIT_ONE_IN = 40;
const LAWS: Law[] = ['power', 'power', 'isoflop', 'parametric'];

const NAMES = [
  '1',
  '2',
  '0',
  'N',
  'loss',
  'LOSS',
  '99999999',
  '__proto__',
  '',
  ' ',
  '(',
  'x'.repeat(3000),
  '=1+1',
];

/** How one number is written; all of them mean the same. */
const grouped = (value: number, mark: string): string => String(value).replace(/\B(?=(\d{3})+$)/g, mark);
const SIZE_STYLES: ((value: number) => string)[] = [
  String,
  (value) => value.toExponential(),
  (value) => grouped(value, ','),
  (value) => grouped(value, "'"),
  (value) => grouped(value, '\u202f'),
  (value) => grouped(value, ' '),
  (value) => grouped(value, '_'),
  (value) => `${value} `,
];

function planted(random: Random): Planted {
  const size = pick(random, ['N', 'N', 'D', 'C', 'x'] as const);
  const law = {
    E: 0.5 + 2 * random.uniform(),
    A: 100 + 400 * random.uniform(),
    alpha: 0.25 + 0.2 * random.uniform(),
  };
  const count = 7 + random.integer(5);
  const sizes = Array.from({ length: count }, (_, i) =>
    Math.round(1e4 * 4 ** i * (1 + 0.2 * random.uniform())),
  );
  const digits = pick(random, [3, 5, 8]);
  const losses = sizes.map((x) => Number(powerLawAt(law, x).toFixed(digits)));
  const commas = random.integer(5) === 0;
  const separator = pick(random, [',', ',', ';', '\t', '|']);
  const header = pick(random, HEADERS[size]);
  const factor = /\((M|MFLOPs)\)|1e6/.test(header) ? 1e6 : 1;
  const style = factor === 1 && size !== 'x' ? pick(random, SIZE_STYLES) : String;
  const writeLoss = (loss: number): string => {
    const plain = loss.toFixed(digits);
    return commas ? plain.replace('.', ',') : plain;
  };
  const quote = (cell: string): string => (cell.includes(separator) ? `"${cell}"` : cell);
  const stray = random.integer(2) ? [pick(random, STRAY)] : [];
  const order = random.integer(2) === 0;
  const row = (x: string, loss: string, i: string | number): string => {
    const cells = order ? [x, ...stray.map(() => String(i)), loss] : [loss, x, ...stray.map(() => String(i))];
    return cells.map(quote).join(separator);
  };
  const lines = sizes.map((x, i) => row(style(x / factor), writeLoss(losses[i]!), i));
  if (random.integer(3) === 0) lines.splice(random.integer(count), 0, row('5', pick(random, MISSING), 'x'));
  if (random.integer(3) === 0) lines.splice(random.integer(count), 0, '# a remark', '');
  const head = row(header, pick(random, LOSSES), stray[0] ?? '');
  const top = [...(random.integer(6) === 0 ? [`sep=${separator}`] : []), head];
  const text = [...top, ...lines].join(pick(random, ['\n', '\r\n'])) + pick(random, ['', '\n']);
  return {
    text: random.integer(5) ? text : `\uFEFF${text}`,
    truth: {
      size,
      alpha: law.alpha,
      sizes: sizes.map((x) => (factor === 1 ? x : (x / factor) * factor)),
      losses,
      // Three digits after a comma are no number that is one only, and after a point they may not be where `;` separates; counts
      // without a unit are sure of their groups but there.
      mayBeRefused: digits === 3 || separator === ';',
    },
  };
}

function broken(random: Random): Planted {
  let { text } = planted(random);
  for (let i = 1 + random.integer(3); i > 0; i--) text = damaged(text, random);
  const columns = random.integer(3) ? undefined : { loss: pick(random, NAMES), N: pick(random, NAMES) };
  return { text, ...(columns && { columns }) };
}

function generate(random: Random): Planted {
  const share = random.uniform();
  if (share < 0.3) return planted(random);
  if (share < 0.9) return broken(random);
  const cells = Array.from({ length: 1 + random.integer(60) }, () => {
    const value = hostile(random);
    return typeof value === 'string' || typeof value === 'number' ? String(value) : '{}';
  });
  const width = 1 + random.integer(5);
  return {
    text: cells
      .map((cell, i) => `${cell}${i % width === width - 1 ? '\n' : pick(random, [',', ';', '\t'])}`)
      .join(''),
  };
}

function checkRows({ rows }: Table, text: string): void {
  const last = text.split(/\r\n?|\n/).length;
  for (const { line, ...values } of rows) {
    if (!(line >= 1 && line <= last)) throw new FuzzError(`a row of line ${line}, of ${last}`);
    const bad = Object.entries(values).find(([, value]) => !(value > 0) || !Number.isFinite(value));
    if (bad) throw new FuzzError(`line ${line} has ${bad[0]} ${bad[1]}`);
  }
}

type Truth = NonNullable<Planted['truth']>;

function checkNumbers(table: Table, { size, sizes, losses }: Truth): void {
  const near = (a: number | undefined, b: number): boolean => a !== undefined && Math.abs(a / b - 1) < 1e-9;
  const wrong = table.rows.findIndex(
    (row: TableRow, i) => !near(row[size], sizes[i]!) || !near(row.loss, losses[i]!),
  );
  if (table.rows.length !== sizes.length || wrong >= 0) {
    throw new FuzzError(
      `row ${wrong} is ${JSON.stringify(table.rows[wrong])}, not ${sizes[wrong]} and ${losses[wrong]}`,
    );
  }
}

function checkLaw(table: Table, { size, alpha }: Truth): void {
  const fit = fitTable(table, 'power', { power: { draws: 200 } });
  if (fit.variable !== size) throw new FuzzError(`the law is in ${fit.variable}`);
  // Rounded to three digits a table may leave E open.
  const found = fit.parameters.alpha;
  if (found && !(found.low - 0.03 < alpha && alpha < found.high + 0.03)) {
    throw new FuzzError(`α is ${found.estimate} [${found.low}, ${found.high}], not ${alpha}`);
  }
}

export function tables(): Target {
  return {
    name: 'tables',
    generate,
    check(input, random): Answer {
      const { text, columns, truth } = input as Planted;
      const table = parseTable(text, columns);
      if (isRefusal(table)) {
        if (truth && !truth.mayBeRefused) throw new FuzzError(`a sound table is refused: ${table.sentence}`);
        const named = /\b[Ll]ine \d+|column|The table (is empty|has)/;
        if (!named.test(table.sentence))
          throw new FuzzError(`names neither line nor column: ${table.sentence}`);
        return refusal(table.sentence);
      }
      checkRows(table, text);
      const isFitted = random.integer(FIT_ONE_IN) === 0;
      if (truth) {
        checkNumbers(table, truth);
        if (isFitted) checkLaw(table, truth);
      } else if (isFitted) {
        const { refusal: why } = fitTable(table, pick(random, LAWS), { power: { draws: 200 } });
        if (why) refusal(why.sentence);
      }
      return 'accepted';
    },
  };
}
