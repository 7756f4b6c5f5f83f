/** Tables as people write them: no number and no column is silently another. */
import { describe, expect, it } from 'vitest';
import {
  fitTable,
  isRefusal,
  parseTable,
  powerLawAt,
  type Refusal,
  type Table,
} from '../../src/scaling/index.ts';
import { accepted } from './planted.ts';

type Arguments = Parameters<typeof parseTable>;
const table = (...given: Arguments): Table => accepted(parseTable(...given));
function refusal(...given: Arguments): Refusal {
  const result = parseTable(...given);
  if (!isRefusal(result)) throw new Error(`Not refused: ${JSON.stringify(result)}`);
  return result;
}
const column = (header: string, cells: readonly string[], separator = ','): string =>
  [
    `id${separator}${header}${separator}N`,
    ...cells.map((cell, i) => `r${i}${separator}"${cell}"${separator}${1e6 * 2 ** i}`),
  ].join('\n');
const losses = (cells: readonly string[], separator = ','): number[] =>
  table(column('loss', cells, separator)).rows.map(({ loss }) => loss);

describe('commas and points', () => {
  it.each([
    ['three digits only', ['2,774', '2,514', '2,301']],
    ['three digits beside a decimal point', ['2.5', '2,774', '2.1']],
    ['three digits beside plain ones', ['3', '2,774', '2']],
    ['a point with three digits beside decimal commas', ['1,5', '1,25', '1.234']],
    ['both marks as decimals', ['1,52', '1.5', '1,25']],
    ['one decimal comma alone', ['3', '2,51', '2']],
    ['groups and decimals', ['1,234,567', '2,51', '2,5']],
    ['groups of four', ['1,2345,678', '3', '2']],
    ['groups of two', ['12,34,567', '3', '2']],
    ['two kinds of groups', ["1'234,567.5", '1', '2']],
    ['decimals twice', ['1.2.3', '1', '2']],
  ])('%s: refused with line, column and what to write', (_, cells) => {
    for (const separator of [',', ';', '\t']) {
      const { line, sentence } = refusal(column('loss', cells, separator));
      expect(line).toBeGreaterThan(1);
      expect(sentence).toContain(`Line ${line}, column loss`);
      expect(sentence).toMatch(/“.*”/);
    }
  });

  it.each([
    ['decimal commas', ['2,774', '2,51', '1,9'], [2.774, 2.51, 1.9]],
    ['a leading zero', ['0,774', '0,514', '0,301'], [0.774, 0.514, 0.301]],
    ['points as groups, commas as decimals', ['1.234,5', '1.034,25', '934,5'], [1234.5, 1034.25, 934.5]],
    ['commas as groups, points as decimals', ['1,234.5', '1,034.25', '934.5'], [1234.5, 1034.25, 934.5]],
    ['groups that cannot be decimals', ['1,234,567', '2,774', '3'], [1234567, 2774, 3]],
    ['spaces as groups', ['1 234,5', '1\u00a0034,25', '1\u202f000,5'], [1234.5, 1034.25, 1000.5]],
    ['apostrophes as groups', ["1'234.5", '1’034.25', '3'], [1234.5, 1034.25, 3]],
    ['points', ['2.774', '2.514', '2.301'], [2.774, 2.514, 2.301]],
  ])('%s', (_, cells, values) => {
    for (const separator of [',', ';', '\t']) expect(losses(cells, separator)).toEqual(values);
  });

  it('says which reading was taken, and the line that shows it', () => {
    expect(table(column('loss', ['2,774', '2,51', '1,9'])).readings).toEqual([
      'Column loss: commas are read as decimal points, as “2,51” in line 3 shows.',
    ]);
    expect(table(column('loss', ['2.774', '2.51', '1.9'])).readings).toEqual([]);
  });

  it('counts are whole: groups of a size are no decimals, and points in threes are refused', () => {
    const { rows, readings } = table('N,loss\n"1,000",3\n"2,000",2.5');
    expect(rows.map(({ N }) => N)).toEqual([1000, 2000]);
    expect(readings).toHaveLength(1);
    expect(refusal('N,loss\n500,3\n1.000,2.5').line).toBe(3);
    expect(table('N (M),loss\n500,3\n1.250,2.5').rows[1]!.N).toBe(1.25e6);
    expect(refusal('N (M),loss\n500,3\n"1,250",2.5').line).toBe(3);
    expect(table('N,loss\n1.234e9,3\n7.615M,2.5').rows.map(({ N }) => N)).toEqual([1.234e9, 7.615e6]);
  });

  it('where `;` separates, points in threes need another cell that shows what they are', () => {
    expect(refusal('x;loss\n1;2.774\n2;2.514').line).toBe(2);
    expect(table('x;loss\n1.5;2.774\n2;2.514').rows[0]!.loss).toBe(2.774);
    expect(table('x;loss\n1000000;2.774\n2000000;2.514').rows[0]!.loss).toBe(2.774);
    expect(refusal('x;loss\n1,5;2.774\n2,5;2.514').line).toBe(2);
  });
});

describe('files of other programs', () => {
  it.each([
    'sep=;\r\nN;loss\r\n10;3\r\n20;2',
    '\uFEFFsep=;\nN;loss\n10;3\n20;2',
    '"sep=;"\nN;loss\n10;3\n20;2',
    'N|loss\n\n10|3\n20|2',
  ])('a first line that names the separator, other separators: %#', (text) => {
    expect(table(text).rows).toEqual([
      { line: 3, N: 10, loss: 3 },
      { line: 4, N: 20, loss: 2 },
    ]);
  });

  it.each([
    '#N/A',
    '#NUM!',
    '#DIV/0!',
    '#VALUE!',
    '<NA>',
    'NaN',
    'nan',
    'inf',
    '-Infinity',
    '-',
    '—',
    'null',
    '1.#QNAN',
    '-1.#IND',
    '',
  ])('“%s” as a loss leaves its line out, in the first column too', (word) => {
    const { rows, notes } = table(`loss,N\n3,10\n${word},15\n2,20`);
    expect(rows.map(({ line }) => line)).toEqual([2, 4]);
    expect(notes).toEqual(['Line 3 is left out: it has no loss.']);
  });

  it('step 0 of a log is left out, a model without parameters is not', () => {
    expect(table('Step,Value\n0,10\n1,5\n2,4', { x: 'Step', loss: 'Value' }).notes).toEqual([
      'Line 2 is left out: its Step is 0, of which the law needs the logarithm.',
    ]);
    expect(refusal('N,loss\n0,10\n1,5').line).toBe(2);
  });

  it('reads no exponent away', () => {
    expect(table('C,loss\n10²⁵,3\n3.8×10²⁴,3\n10^23,4').rows.map(({ C }) => C)).toEqual([1e25, 3.8e24, 1e23]);
    expect(refusal('C,loss\n10²,3\n１２,4').line).toBe(3);
  });

  it('refuses more than it can fit, at once', () => {
    const long = `N,loss\n${'1,2\n'.repeat(30_000)}`;
    expect(refusal(long).sentence).toMatch(/20000 rows/);
    expect(refusal(`${'a,'.repeat(3000)}loss\n1`).sentence).toMatch(/2000/);
    const started = performance.now();
    refusal(`N,loss\n1${' '.repeat(200_000)}x,2`);
    refusal(`N,loss\n${'1,'.repeat(100_000)}x,2`);
    expect(performance.now() - started).toBeLessThan(1000);
  });
});

describe('columns', () => {
  const line = (row: string): string =>
    `${row}\n${[1, 2, 3]
      .map((i) =>
        row
          .split(',')
          .map((_, j) => i + 10 * (j + 1))
          .join(','),
      )
      .join('\n')}`;
  const first = (text: string, columns?: Arguments[1]): unknown => {
    const { line: _, ...row } = table(text, columns).rows[0]!;
    return row;
  };

  it.each([
    ['x,N,loss', { x: 11, N: 21, loss: 31 }],
    ['N,w,loss', { N: 11, loss: 31 }],
    ['N,y,loss', { N: 11, loss: 31 }],
    ['N,l,nats,loss', { N: 11, loss: 41 }],
    ['size,N,loss', { N: 21, loss: 31 }],
    ['n,N,loss', { N: 21, loss: 31 }],
    ['data,D,budget,C,loss', { D: 21, C: 41, loss: 51 }],
    ['size,data,y', { N: 11, D: 21, loss: 31 }],
    ['N,weights,loss', { N: 11, weight: 21, loss: 31 }],
    ['parameters,held-out loss', { N: 11, loss: 21 }],
  ])('%s', (header, row) => {
    expect(first(line(header))).toEqual(row);
  });

  it('an exact header comes before one that differs in case, and two that do not are refused', () => {
    expect(first(line('LOSS,loss,N'), { loss: 'loss', N: 'N' })).toEqual({ loss: 21, N: 31 });
    expect(first(line('a,Held-Out Loss,N'), { loss: 'held-out loss', N: 'N' })).toEqual({ loss: 21, N: 31 });
    expect(refusal(line('loss,loss,N'), { loss: 'loss', N: 'N' }).sentence).toMatch(/columns 1 and 2/);
    expect(refusal(line('loss (train),loss (val),N'), { loss: 'loss', N: 'N' }).line).toBe(1);
    expect(first('"loss, nats",N\n3,1', { loss: 'loss, nats', N: 'N' })).toEqual({ loss: 3, N: 1 });
  });

  it('the power law is in N where both N and x are there, and says so', () => {
    const rows = Array.from({ length: 9 }, (_, i) => {
      const N = 1e6 * 3 ** i;
      return `${7 * i + 1},${N},${powerLawAt({ E: 1.7, A: 400, alpha: 0.34 }, N)}`;
    });
    const fit = fitTable(parseTable(['x,N,loss', ...rows].join('\n')), 'power');
    expect(fit.variable).toBe('N');
    expect(fit.parameters.alpha!.estimate).toBeCloseTo(0.34, 6);
    expect(fit.notes?.join()).toMatch(/x is not used/);
  });

  it('a standard deviation is a weight', () => {
    expect(first('N,sigma,loss\n1,0.1,2')).toEqual({
      N: 1,
      weight: expect.closeTo(400, 9) as number,
      loss: 2,
    });
  });
});

describe('units', () => {
  const one = (header: string, cell: string, columns?: Arguments[1], units?: Arguments[2]): number => {
    const [row] = table(`${header},loss\n${cell},2`, columns, units).rows;
    return (row!.N ?? row!.D ?? row!.C)!;
  };

  it.each([
    ['params (M)', '70', 7e7],
    ['params (in millions)', '70', 7e7],
    ['tokens [B]', '1.4', 1.4e9],
    ['compute (PF-days)', '2', 2 * 8.64e19],
    ['flops (GFLOPs)', '289', 2.89e11],
    ['C (EFLOP)', '3', 3e18],
    ['C', '3 ZFLOPs', 3e21],
    ['params (non-embedding)', '70', 70],
  ])('%s, %s', (header, cell, value) => {
    expect(one(header, cell)).toBeCloseTo(value, -3);
  });

  it('of a column that is named', () => {
    const text = (header: string): string => `${header},N,loss\n289,1,2`;
    const C = (header: string): number =>
      table(text(header), { C: header, N: 'N', loss: 'loss' }).rows[0]!.C!;
    expect(C('throughput/total_gflops')).toBeCloseTo(2.89e11, -3);
    expect(C('total_PFLOPs')).toBeCloseTo(2.89e17, -3);
    expect(C('spent')).toBe(289);
    expect(refusal(text('gflops_per_second'), { C: '1', loss: 'loss' }).sentence).toMatch(/rate/);
    expect(refusal(text('flops/s'), { C: '1', loss: 'loss' }).sentence).toMatch(/rate/);
    expect(refusal(text('flops (dB)'), { C: '1', loss: 'loss' }).sentence).toMatch(/allowed/);
  });

  it.each([
    'perplexity',
    'ppl',
    'bpb',
    'val_bpb',
    'bits_per_byte',
    'bits per character',
    'loss (bits)',
    'test/ppl',
    'loss [perplexity]',
  ])('a loss called %s is refused, and converted when its unit is said', (header) => {
    const text = `N,${header}\n10,8\n20,4`;
    const columns = { N: 'N', loss: header };
    expect(refusal(text, columns).sentence).toMatch(/nats.*--units loss=/);
    expect(table(text, columns, { loss: 'bits' }).rows[0]!.loss).toBeCloseTo(8 * Math.LN2, 12);
    expect(table(text, columns, { loss: 'perplexity' }).rows[0]!.loss).toBeCloseTo(Math.log(8), 12);
    expect(table(text, columns, { loss: 'nats' }).rows[0]!.loss).toBe(8);
  });

  it('says what it took, and refuses what is no unit', () => {
    const { sources } = table('N (M),loss\n1,2', undefined, { loss: 'bits' });
    expect(sources).toEqual([
      { quantity: 'N', header: 'N (M)', position: 1, unit: 'M', convertedTo: 'parameters' },
      { quantity: 'loss', header: 'loss', position: 2, unit: 'bits', convertedTo: 'nats' },
    ]);
    expect(refusal('N,loss\n1,2', undefined, { loss: 'dB' }).sentence).toMatch(/bits and perplexity/);
    expect(refusal('N,loss\n1,2', undefined, { C: 'GFLOPs' }).sentence).toMatch(/no column is C/);
    expect(refusal('N (M),loss\n1,2', undefined, { N: 'B' }).line).toBe(1);
    expect(refusal('N,loss (dB)\n1,2').sentence).toMatch(/allowed/);
    expect(refusal('N,ppl\n1,0.5\n2,3', { N: 'N', loss: 'ppl' }, { loss: 'perplexity' }).line).toBe(2);
  });
});
