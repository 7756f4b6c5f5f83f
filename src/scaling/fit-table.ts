/** One law fitted to a table of runs, in the plain shape that is printed and saved. */
import { fitIsoflop } from './isoflop.ts';
import { fitParametricLaw } from './parametric-law.ts';
import { outliers } from './outliers.ts';
import { fitPowerLaw, type Noise, type PowerLawOptions } from './power-law.ts';
import { isRefusal, type Refusal, refuse } from './refusal.ts';
import { type Interval } from './statistics.ts';
import { type Table, type TableRow } from './table.ts';
import { type PowerPoint } from './variable-projection.ts';

export const LAWS = ['power', 'parametric', 'isoflop'] as const;
export type Law = (typeof LAWS)[number];

export interface TableFit {
  law: Law;
  /** The size column of a power law. */
  variable?: Size;
  /**
   * power: E, A, alpha. parametric: E, A, B, alpha, beta. isoflop: a, b, k (N_opt = k·C^a), and `N_opt(C)` per budget.
   * Intervals are at 90%. Empty where the fit is refused.
   */
  parameters: Record<string, Interval>;
  /** The rows that were fitted. */
  points: TableRow[];
  /** ln loss − ln fit, one per point; null where a valley did not use its point. Empty where the fit is refused. */
  residuals: (number | null)[];
  refusal?: Refusal;
  /** What a person should know of the fit: rows that do not belong to the curve, budgets that are left out, columns that are not used. */
  notes?: string[];
}

export type Size = 'N' | 'D' | 'C' | 'x';

export interface FitTableOptions {
  /** The variable of the power law, where the table has several. */
  x?: Size;
  /** Huber's loss, so that rows far from the curve pull less (the parametric law always has it); a number is its δ in log units. */
  robust?: boolean | number;
  /** How the noise of a power law changes with size, default `estimated`. */
  noise?: Noise;
  power?: PowerLawOptions;
  seed?: number;
}

/**
 * Fits a law to a table. A missing C is 6ND, a missing D is C/(6N), a missing N is C/(6D).
 * @param table the result of `parseTable`; its refusal is passed on
 */
export function fitTable(table: Table | Refusal, law: Law, options: FitTableOptions = {}): TableFit {
  if (isRefusal(table)) return refused(law, [], table);
  const { rows } = table;
  if (law === 'power') return power(table, options);
  const needed = law === 'parametric' ? (['N', 'D'] as const) : (['N', 'C'] as const);
  const complete: (TableRow & { N: number; D: number; C: number })[] = [];
  for (const row of rows) {
    const whole = complement(row);
    if (!whole) {
      return refused(
        law,
        rows,
        refuse(
          'missing-column',
          `The ${law} law needs ${needed.join(', ')} and loss; the table has ${table.columns.join(', ')}.`,
        ),
      );
    }
    complete.push(whole);
  }
  const fit = law === 'parametric' ? parametric(complete, options) : isoflop(complete, options);
  const notes = [...(fit.notes ?? []), ...unusedNotes(table, law === 'parametric' ? 'C' : 'D')];
  return { ...fit, ...(notes.length && { notes }) };
}

/** A C that is 6ND within this share says nothing of its own: numbers in tables are rounded. */
const SAME_C = 0.02;

/** A law of two of N, D and C that leaves the third aside says so where C is not 6ND. */
function unusedNotes({ rows, columns }: Table, unused: 'C' | 'D'): string[] {
  if (!columns.includes(unused)) return [];
  const ratios = rows.flatMap(({ N, D, C, line }) =>
    N === undefined || D === undefined || C === undefined ? [] : [{ line, ratio: C / (6 * N * D) }],
  );
  const far = ratios.filter(({ ratio }) => Math.abs(ratio - 1) > SAME_C);
  if (far.length === 0) return [];
  const worst = far.reduce((a, b) => (Math.abs(Math.log(b.ratio)) > Math.abs(Math.log(a.ratio)) ? b : a));
  const laws = { C: 'The parametric law is of N and D', D: 'IsoFLOP valleys are of N and C' };
  return [
    `${laws[unused]}; column ${unused} is not used. In ${far.length} of ${rows.length} rows C is not 6ND within ${100 * SAME_C}%: ` +
      `${worst.ratio.toPrecision(3)} times that in line ${worst.line}.`,
  ];
}

function complement(row: TableRow): (TableRow & { N: number; D: number; C: number }) | undefined {
  const { N, D, C } = row;
  if (N !== undefined && D !== undefined) return { ...row, N, D, C: C ?? 6 * N * D };
  if (N !== undefined && C !== undefined) return { ...row, N, C, D: C / (6 * N) };
  if (D !== undefined && C !== undefined) return { ...row, D, C, N: C / (6 * D) };
  return undefined;
}

function refused(law: Law, points: TableRow[], refusal: Refusal): TableFit {
  return { law, parameters: {}, points, residuals: [], refusal };
}

/** The one size column that varies, or a refusal that says how to choose. A column x is only taken where no quantity has a name. */
function variable(table: Table, given: Size | undefined): Size | Refusal {
  const sizes = (['N', 'D', 'C', 'x'] as const).filter((key) => table.columns.includes(key));
  if (given) {
    return sizes.includes(given) ? given : refuse('missing-column', `The table has no column ${given}.`);
  }
  if (sizes.length === 0) {
    return refuse('missing-column', 'A power law needs a size: name one column as N, D, C or x.');
  }
  const known = sizes.filter((key) => key !== 'x');
  if (known.length < 2) return sizes[0]!;
  const rows = table.rows.map(complement).filter((row) => row !== undefined);
  const varies = (key: 'N' | 'D'): boolean => {
    const values = rows.map((row) => row[key]);
    return Math.max(...values) > 1.01 * Math.min(...values);
  };
  if (!varies('D')) return 'N';
  if (!varies('N')) return 'D';
  return refuse(
    'no-range',
    'N and D both vary, so a power law in one of them would blame it for the other: ' +
      'fit the parametric law, or name one size column only.',
  );
}

function power(table: Table, options: FitTableOptions): TableFit {
  const x = variable(table, options.x);
  if (typeof x !== 'string') return refused('power', table.rows, x);
  const points = table.rows.map((row) => ({ x: row[x]!, y: row.loss, weight: row.weight ?? 1 }));
  const { robust = false } = options;
  const fit = fitPowerLaw(points, {
    noise: options.noise ?? 'estimated',
    ...(robust !== false && { method: 'huber' as const }),
    ...(typeof robust === 'number' && { huberDelta: robust }),
    ...options.power,
    seed: options.seed ?? 1,
  });
  const notes = robust === false ? outlierNotes(table.rows, points) : [];
  if (x !== 'x' && table.columns.includes('x') && options.x === undefined) {
    notes.push(`Column x is not used, since ${x} is there; --x x takes it instead.`);
  }
  const common = { variable: x, ...(notes.length && { notes }) };
  if (isRefusal(fit)) return { ...refused('power', table.rows, fit), ...common };
  const { E, A, alpha, residuals } = fit;
  return { law: 'power', ...common, parameters: { E, A, alpha }, points: table.rows, residuals };
}

/** Rows that lie far off the curve of the others, and what helps. */
function outlierNotes(rows: readonly TableRow[], points: readonly PowerPoint[]): string[] {
  const far = outliers(points);
  if (far.length === 0) return [];
  const shown = far.slice(0, 5).map(({ index, residual }) => {
    const share = Math.abs(Math.expm1(residual));
    return `line ${rows[index]!.line} (${(100 * share).toPrecision(2)}% too ${residual > 0 ? 'high' : 'low'})`;
  });
  const more = far.length > shown.length ? ` and ${far.length - shown.length} more` : '';
  return [
    `Far off the curve of the other rows: ${shown.join(', ')}${more}; --robust lets such rows pull less.`,
  ];
}

function parametric(rows: (TableRow & { N: number; D: number })[], options: FitTableOptions): TableFit {
  const fit = fitParametricLaw(rows, {
    ...(typeof options.robust === 'number' && { huberDelta: options.robust }),
    seed: options.seed ?? 1,
  });
  if (isRefusal(fit)) return refused('parametric', rows, fit);
  const { E, A, B, alpha, beta, residuals } = fit;
  return { law: 'parametric', parameters: { E, A, B, alpha, beta }, points: rows, residuals };
}

function isoflop(rows: (TableRow & { N: number; C: number })[], options: FitTableOptions): TableFit {
  const fit = fitIsoflop(rows, { seed: options.seed ?? 1 });
  if (isRefusal(fit)) return refused('isoflop', rows, fit);
  const optima = Object.fromEntries(
    fit.valleys.map(({ C, N }) => [`N_opt(${Number(C.toPrecision(3)).toExponential().replace('+', '')})`, N]),
  );
  return {
    law: 'isoflop',
    ...(fit.notes.length && { notes: fit.notes }),
    parameters: { a: fit.a, b: fit.b, k: fit.k, ...optima },
    points: rows,
    residuals: fit.residuals.map((residual) => (Number.isNaN(residual) ? null : residual)),
  };
}
