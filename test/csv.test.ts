import { expect, test } from 'vitest';
import { writeCSV } from '../src/csv.ts';
import { parseCsv } from '../src/scaling/csv.ts';

test('numbers stay numbers, and what is no number is nothing', () => {
  expect(writeCSV([[1, -2.5, 1e21, NaN, Infinity, null, undefined, '', '-3', '+4e-5']])).toBe(
    '1,-2.5,1e+21,,,,,,-3,+4e-5\n',
  );
});

test.each([
  '=1+1',
  '+A1',
  '-A1',
  '@SUM(A1)',
  '\t=1',
  '\r=1',
  '\n=1',
  ' =1',
  '＝1',
  '-1+cmd|x',
  '-',
  '=',
  '-2,774',
])('a spreadsheet is given no formula: %j', (text) => {
  const line = writeCSV([[text, 'next']]);
  expect(line).toMatch(/^"?'/);
  const read = parseCsv(line.replaceAll('\r', ' '));
  expect('rows' in read && read.rows[0]!.cells).toEqual([`'${text.replaceAll('\r', ' ')}`, 'next']);
});

test.each([
  ['a;=1+1', "a;'=1+1"],
  ['a\n@x', "a\n'@x"],
  ['a; -1 b', "a;' -1 b"],
  ['a-1 b+2', 'a-1 b+2'],
])('nor one in a cell of its own where other signs separate: %j', (text, guarded) => {
  const read = parseCsv(writeCSV([[text, 'next']]));
  expect('rows' in read && read.rows[0]!.cells).toEqual([guarded, 'next']);
});

test('separators, quotes and line ends are quoted', () => {
  expect(writeCSV([['a,b', 'say "x"', 'two\nlines', 'a\rb', 'plain text']])).toBe(
    '"a,b","say ""x""","two\nlines","a\rb",plain text\n',
  );
});
