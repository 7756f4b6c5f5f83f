import { describe, expect, it } from 'vitest';
import { isRefusal, parseTable, type Refusal, type Table } from '../../src/scaling/index.ts';
import { parseNumber } from '../../src/scaling/notation.ts';
import { accepted } from './planted.ts';

function table(text: string, columns?: Parameters<typeof parseTable>[1]): Table {
  return accepted(parseTable(text, columns));
}

function refusal(text: string, columns?: Parameters<typeof parseTable>[1]): Refusal {
  const result = parseTable(text, columns);
  if (!isRefusal(result)) throw new Error(`Not refused: ${JSON.stringify(result)}`);
  return result;
}

describe('numbers as people write them', () => {
  it.each([
    ['1.5e9', 1.5e9],
    ['1.5E+9', 1.5e9],
    ['1.5B', 1.5e9],
    ['1.5 b', 1.5e9],
    ['70M', 7e7],
    ['70 million', 7e7],
    ['1.4T tokens', 1.4e12],
    ['12k', 12_000],
    ['1,000', 1000],
    ['1,234,567.5', 1234567.5],
    ['1_000_000', 1e6],
    ['1 000 000', 1e6],
    ['3.8x10^25', 3.8e25],
    ['3.8 × 10^25 FLOPs', 3.8e25],
    ['2*10**3', 2000],
    ['.5', 0.5],
    ['576000000000000000000000', 5.76e23],
    ['0.0000001', 1e-7],
    ['2.31 nats', 2.31],
    ['2 PF-days', 2 * 8.64e19],
  ])('%s', (text, value) => {
    const parsed = parseNumber(text);
    expect(parsed.kind === 'number' && parsed.value / value).toBeCloseTo(1, 14);
  });

  it.each(['', 'NaN', 'nan', 'inf', '-Infinity', 'n/a', 'diverged', '-'])('“%s” is missing', (text) => {
    expect(parseNumber(text).kind).toBe('missing');
  });

  it.each(['abc', '1,5', '12,34', '1.2.3', '5 bananas', '0x10', '12 5', '50%', '1e999', '--3'])(
    '“%s” is refused',
    (text) => {
      expect(parseNumber(text).kind).toBe('unreadable');
    },
  );

  it('takes no comma for granted where `;` separates', () => {
    expect(parseNumber('1,000', true).kind).toBe('unreadable');
  });
});

describe('tables', () => {
  it('recognises headers, separators, quotes, comments and blank lines', () => {
    const text =
      '\uFEFF# runs of March\r\nmodel, Params ,"Training Tokens",val_loss\r\n\r\na,"1,000",1.5e9,3.2\r\n' +
      '"b, the ""big"" one",2k,1.5B,3.0\r\n,,,\r\n';
    const { columns, rows, notes } = table(text);
    expect(columns).toEqual(['N', 'D', 'loss']);
    expect(rows).toEqual([
      { line: 4, N: 1000, D: 1.5e9, loss: 3.2 },
      { line: 5, N: 2000, D: 1.5e9, loss: 3.0 },
    ]);
    expect(notes).toEqual([]);
    expect(table('N;loss\n1e6;3\n2e6;2').rows).toHaveLength(2);
  });

  it('takes units from headers', () => {
    expect(table('params (M)\ttokens [B]\tloss (nats)\n70\t1.4\t2.5').rows[0]).toEqual({
      line: 2,
      N: 7e7,
      D: 1.4e9,
      loss: 2.5,
    });
    expect(refusal('params (B),loss\n1.5B,3').line).toBe(2);
    expect(refusal('params (lb),loss\n1,3').line).toBe(1);
    expect(refusal('N,loss (bits)\n1,3').sentence).toMatch(/nats/);
  });

  it('takes columns by name or position', () => {
    const text = 'id,big,small,out\n1,5,2,3.5\n2,6,3,3.1';
    expect(table(text, { N: 'small', loss: 'out' }).rows[1]).toEqual({ line: 3, N: 3, loss: 3.1 });
    expect(table(text, { N: '2', loss: '4' }).rows[0]).toEqual({ line: 2, N: 5, loss: 3.5 });
    expect(table('1e6,3\n2e6,2.5', { x: '1', loss: '2' }).rows).toHaveLength(2);
    expect(refusal(text, { N: 'medium', loss: 'out' })).toMatchObject({ refused: 'missing-column' });
    expect(refusal(text, { N: '9', loss: 'out' })).toMatchObject({ refused: 'missing-column' });
    expect(refusal(text, { N: 'big' })).toMatchObject({ refused: 'missing-column' });
  });

  it('leaves out runs without a loss and repeated rows, and says so', () => {
    const { rows, notes } = table('N,D,loss\n1,2,3\n1,2,NaN\n1,2,3\n1,2,3.1\n2,2,diverged');
    expect(rows.map((row) => row.line)).toEqual([2, 5]);
    expect(notes).toHaveLength(3);
    expect(notes.join(' ')).toMatch(/Line 3 .*no loss.*Line 4 .*repeats line 2.*Line 6/);
    // Two seeds may come to the same loss.
    expect(table('N,seed,loss\n1,7,3\n1,8,3\n1,8,3').rows.map((row) => row.line)).toEqual([2, 3]);
  });

  it.each([
    ['text for a number', 'N,loss\n1e6,3\nbig,2.5', 3],
    ['a zero', 'N,loss\n1e6,3\n\n0,2.5', 4],
    ['a negative loss', 'N,loss\n1e6,-3', 2],
    ['a zero loss', 'N,loss\n1e6,0', 2],
    ['a missing size', 'N,loss\n1e6,3\n,2.5', 3],
    ['a NaN size', 'N,loss\n1e6,3\nNaN,2.5', 3],
    ['an unquoted thousand', 'N,loss\n1e6,3\n1,000,2.5', 3],
    ['a short row', 'N,D,loss\n1,2,3\n4,5', 3],
    ['an ambiguous comma', 'N;loss\n1e6;3\n2e6;2,5', 3],
    ['an unclosed quote', 'N,loss\n1e6,3\n"2e6,2.5\n3e6,2', 3],
    ['no header', '1e6,3\n2e6,2.5', 1],
    ['two columns for one quantity', 'N,params,loss\n1,2,3', 1],
  ])('names the line of %s', (_, text, line) => {
    const { line: found, sentence } = refusal(text);
    expect(found).toBe(line);
    expect(sentence).toContain(`ine ${line}`);
  });

  it('refuses an empty table, one without losses, and one without a loss column', () => {
    expect(refusal('').refused).toBe('bad-table');
    expect(refusal('\n\n# nothing\n').refused).toBe('bad-table');
    expect(refusal('N,loss\n1,NaN').refused).toBe('bad-table');
    expect(refusal('N,D\n1,2')).toMatchObject({ refused: 'missing-column', line: 1 });
  });
});

describe('tables as programs write them', () => {
  it.each([
    ['of Markdown', '| N | loss |\n|--:|:---|\n| 1e6 | 3.2 |\n| 2e6 | 3.1 |'],
    ['with signs without a width', 'N\u200b,\ufeffloss\n1e6\u200e,3.2\n2e6,3.1'],
    ['with full-width brackets', 'N（M）,loss（nats）\n1,3.2\n2,3.1'],
    ['with acute accents for groups', 'N;loss\n1´000´000;3.2\n2`000`000;3.1'],
    ['with errors of a German spreadsheet', 'N;loss\n1e6;3.2\n3e6;#WERT!\n4e6;#NV\n2e6;3.1'],
    ['with errors of a Spanish spreadsheet', 'loss;N\n3.2;1e6\n#¡DIV/0!;3e6\n#¿NOMBRE?;4e6\n3.1;2e6'],
  ])('%s', (_, text) => {
    expect(table(text).rows.map(({ N, loss }) => [N, loss])).toEqual([[1e6, 3.2], [2e6, 3.1]]); // prettier-ignore
  });

  it.each(['N loss\n1e6 3.2', 'N:loss\n1e6:3.2'])(
    'says what separates cells where nothing does: %j',
    (text) => {
      expect(refusal(text).sentence).toMatch(/Cells are separated by a comma, a semicolon, a tab or \|/);
    },
  );

  it('a remark that looks like an error of a spreadsheet stays a remark', () => {
    expect(table('#WARNING!\nN,loss\n1e6,3.2').rows).toHaveLength(1);
  });
});

describe('a header behind #', () => {
  const ROWS = '1e6,3.2\n2e6,3.1\n4e6,3.0';

  it.each([
    ['as NumPy writes it', `# params, loss\n${ROWS}`, 1],
    ['without a space', `#params,loss\n${ROWS}`, 1],
    ['below other remarks', `# a sweep, of May, 2026\n# seed 3\n\n# params,loss\n${ROWS}`, 4],
    ['above one more remark', `# params,loss\n# in nats\n${ROWS}`, 1],
    ['with a row that diverged first', `# params,loss\n5e5,diverged\n${ROWS}`, 1],
    ['with tabs', `# params\tloss\n${ROWS.replaceAll(',', '\t')}`, 1],
  ])('%s', (_, text, line) => {
    const { rows, readings, sources } = table(text);
    expect(rows.map(({ N, loss }) => [N, loss])).toEqual([[1e6, 3.2], [2e6, 3.1], [4e6, 3]]); // prettier-ignore
    expect(sources.map(({ header }) => header)).toEqual(['params', 'loss']);
    expect(readings[0]).toBe(`Line ${line}, which begins with #, was read as the header.`);
  });

  it('is one too where # is the name of the first column', () => {
    const { rows } = table('#,N,loss\n1,1e6,3.2\n2,2e6,3.1');
    expect(rows.map(({ N, loss }) => [N, loss])).toEqual([[1e6, 3.2], [2e6, 3.1]]); // prettier-ignore
  });

  it('its units count', () => {
    expect(table(`# params (M), loss\n1,3.2\n2,3.1`).rows[0]!.N).toBe(1e6);
    expect(refusal(`# params, perplexity loss (bits)\n1e6,3.2\n2e6,3.1`).sentence).toMatch(/bits/);
  });

  it('remarks stay remarks where the table has a header of its own, or they name other columns', () => {
    expect(table(`# loss, params\nN,loss\n${ROWS}`).sources.map(({ header }) => header)).toEqual([
      'N',
      'loss',
    ]);
    expect(refusal(`# a remark\n${ROWS}`).sentence).toMatch(/the first line must name the columns/);
    expect(table(`# a remark\n${ROWS}`, { N: '1', loss: '2' }).rows).toHaveLength(3);
  });
});
