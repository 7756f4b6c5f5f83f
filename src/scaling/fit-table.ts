/** One law fitted to a table of runs, in the plain shape that is printed and saved. */
import { fitIsoflop } from './isoflop.ts';
import { fitParametricLaw } from './parametric-law.ts';
import { fitPowerLaw, type Noise, type PowerLawOptions } from './power-law.ts';
import { isRefusal, type Refusal, refuse } from './refusal.ts';
import { type Interval } from './statistics.ts';
import { type Table, type TableRow } from './table.ts';

export const LAWS = ['power', 'parametric', 'isoflop'] as const;
export type Law = (typeof LAWS)[number];

export interface TableFit {
  law: Law;
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
}

export interface FitTableOptions {
  /** The variable of the power law, where the table has several. */
  x?: 'N' | 'D' | 'C' | 'x';
  power?: PowerLawOptions;
  seed?: number;
  robust?: boolean | number;
  noise?: Noise;
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
  return law === 'parametric' ? parametric(complete, options) : isoflop(complete, options);
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

/** The one size column that varies, or a refusal that says how to choose. */
function variable(table: Table, given: FitTableOptions['x']): 'N' | 'D' | 'C' | 'x' | Refusal {
  const sizes = (['x', 'N', 'D', 'C'] as const).filter((key) => table.columns.includes(key));
  if (given) {
    return sizes.includes(given) ? given : refuse('missing-column', `The table has no column ${given}.`);
  }
  if (sizes.length === 0) {
    return refuse('missing-column', 'A power law needs a size: name one column as N, D, C or x.');
  }
  if (sizes.includes('x') || sizes.length === 1) return sizes[0]!;
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
  const fit = fitPowerLaw(points, {
    noise: options.noise ?? 'estimated',
    ...(options.robust !== undefined && options.robust !== false && { method: 'huber' as const }),
    ...(typeof options.robust === 'number' && { huberDelta: options.robust }),
    ...options.power,
    seed: options.seed ?? 1,
  });
  if (isRefusal(fit)) return refused('power', table.rows, fit);
  const { E, A, alpha, residuals } = fit;
  return { law: 'power', parameters: { E, A, alpha }, points: table.rows, residuals };
}

function parametric(rows: (TableRow & { N: number; D: number })[], options: FitTableOptions): TableFit {
  const fit = fitParametricLaw(rows, { seed: options.seed ?? 1 });
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
    parameters: { a: fit.a, b: fit.b, k: fit.k, ...optima },
    points: rows,
    residuals: fit.residuals.map((residual) => (Number.isNaN(residual) ? null : residual)),
  };
}
