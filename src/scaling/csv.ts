/** A tolerant reader of CSV text (RFC 4180 and its usual variants): separator `,` `;` or tab, quotes, CRLF, blank and `#` lines. */
import { type Refusal, refuse } from './refusal.ts';

export interface CsvRow {
  /** Line of the text on which the row begins, from 1. */
  line: number;
  cells: string[];
}

export interface Csv {
  separator: ',' | ';' | '\t';
  rows: CsvRow[];
}

export function parseCsv(text: string): Csv | Refusal {
  const clean = text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  const separator = detectSeparator(clean);
  const rows: CsvRow[] = [];
  let cells: string[] = [];
  let cell = '';
  let quoted = false;
  let wasQuoted = false;
  let line = 1;
  let start = 1;

  const endCell = (): void => {
    cells.push(wasQuoted ? cell : cell.trim());
    cell = '';
    wasQuoted = false;
  };
  const endRow = (): void => {
    endCell();
    const blank = cells.every((value) => value.trim() === '');
    if (!blank && !cells[0]!.startsWith('#')) rows.push({ line: start, cells });
    cells = [];
    start = line + 1;
  };

  for (let i = 0; i < clean.length; i++) {
    const c = clean[i]!;
    if (quoted) {
      if (c === '\n') line++;
      if (c !== '"') cell += c;
      else if (clean[i + 1] === '"') cell += clean[i++]!;
      else quoted = false;
    } else if (c === '"' && cell.trim() === '') {
      [quoted, wasQuoted, cell] = [true, true, ''];
    } else if (c === separator) {
      endCell();
    } else if (c === '\n') {
      endRow();
      line++;
    } else if (!wasQuoted || c.trim() !== '') {
      cell += c;
    }
  }
  if (quoted) return refuse('bad-table', `Line ${start}: a quote is opened and never closed.`, start);
  endRow();
  if (rows.length === 0) return refuse('bad-table', 'The table is empty.');
  return { separator, rows };
}

/** The separator that the first line with any of them uses most, outside quotes. */
function detectSeparator(text: string): Csv['separator'] {
  const first = text.split('\n').find((line) => line.trim() !== '' && !line.trim().startsWith('#')) ?? '';
  const bare = first.replace(/"[^"]*"/g, '');
  const counts = ([',', ';', '\t'] as const).map((separator) => ({
    separator,
    count: bare.split(separator).length,
  }));
  return counts.reduce((a, b) => (b.count > a.count ? b : a)).separator;
}
