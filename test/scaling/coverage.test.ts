/**
 * The short form of the campaign of bench/fits.ts: some tables of each kind, with bars that a right interval misses once in a thousand.
 * `COVERAGE_TABLES=200 npx vitest run test/scaling/coverage.test.ts` is the long one.
 */
import { expect, test } from 'vitest';
import { ROWS, tally } from '../../bench/fits/campaign.ts';

const TABLES = Number(process.env.COVERAGE_TABLES ?? 10);
const HARDLY_ANY = /^(4 sizes|6 sizes over 5×|5 sizes over 10×)/;
const rows = ROWS.filter(({ name }) => TABLES > 100 || !name.includes('parametric'));

test.each(rows.map((row) => [row.name, row] as const))(
  '%s',
  (name, row) => {
    const count = Math.min(TABLES, row.tables);
    const { fitted, advised, coverUnadvised } = tally(row, count, 77);
    if (HARDLY_ANY.test(name)) {
      expect(fitted).toBeLessThanOrEqual(Math.max(1, 0.03 * count));
      return;
    }
    expect(fitted).toBeGreaterThanOrEqual(0.25 * count);
    // Where a row far off the curve is named and --robust advised, the interval without it is not what is promised.
    const least = 0.87 - 3.1 * Math.sqrt((0.87 * 0.13) / (fitted - advised));
    for (const share of Object.values(coverUnadvised)) expect(share).toBeGreaterThan(least);
  },
  600_000,
);
