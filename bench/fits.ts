/**
 * Coverage of the intervals of `lab fit` on planted tables: `node bench/start.mjs fits [--tables 200] [--seed 1] [--rows TEXT]`.
 * `--rows` keeps the rows whose name has this text. Shares have their standard error. Where `--robust` was advised
 * of some tables, the shares of the others stand apart. A full campaign takes some minutes; test/scaling/coverage.test.ts is its short form.
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
    const { name, fitted, refused, advised, cover, coverUnadvised } = tally(row, count, Number(values.seed));
    const rest = fitted - advised;
    const apart = advised ? `; without advice (${rest}): ${shares(coverUnadvised, rest)}` : '';
    console.log(`| ${name} | ${fitted} / ${refused} | ${shares(cover, fitted)}${apart} |`);
  }
  return Promise.resolve(0);
}

function shares(cover: Readonly<Record<string, number>>, tables: number): string {
  const parts = Object.entries(cover).map(([key, share]) => {
    const error = Math.sqrt((share * (1 - share)) / tables);
    return `${key} ${(100 * share).toFixed(1)} ± ${(100 * error).toFixed(1)}%`;
  });
  return parts.join(', ');
}
