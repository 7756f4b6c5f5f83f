/**
 * Coverage of the intervals of `lab fit` on planted tables: `node bench/start.mjs fits [--tables 200] [--seed 1] [--rows TEXT]`.
 * `--rows` keeps the rows whose name has this text. A full campaign takes some minutes; test/scaling/coverage.test.ts is its short form.
 */
import { parseArgs } from 'node:util';
import { ROWS, tally } from './fits/campaign.ts';

export function main(argv: string[]): Promise<number> {
  const { values } = parseArgs({
    args: argv,
    options: {
      tables: { type: 'string' },
      seed: { type: 'string', default: '1' },
      rows: { type: 'string', default: '' },
    },
  });
  console.log('| tables | fitted / refused | cover at 90% |\n| --- | --- | --- |');
  for (const row of ROWS.filter(({ name }) => name.includes(values.rows))) {
    const count = values.tables === undefined ? row.tables : Number(values.tables);
    const { name, fitted, refused, cover } = tally(row, count, Number(values.seed));
    const shares = Object.entries(cover).map(([key, share]) => `${key} ${Math.round(100 * share)}%`);
    console.log(`| ${name} | ${fitted} / ${refused} | ${shares.join(', ')} |`);
  }
  return Promise.resolve(0);
}
