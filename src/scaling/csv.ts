/**
 * A tolerant reader of CSV text (RFC 4180 and its usual variants): separator `,` `;` `|` or tab, or the one that a first line `sep=;`
 * names; quotes, CRLF, blank and `#` lines.
 */
import { isSheetError } from './notation.ts';
import { type Refusal, refuse } from './refusal.ts';

export interface CsvRow {
  /** Line of the text on which the row begins, from 1. */
  line: number;
  cells: string[];
}

export interface Csv {
  separator: string;
  rows: CsvRow[];
  /** The lines with `#` before the first row, without it: one of them may be the header, as NumPy writes it. */
  remarks: CsvRow[];
}

/** What a table may have: a fit of more would take minutes, and was meant for something else. */
const MOST_CHARACTERS = 20_000_000;
const MOST_ROWS = 20_000;
const MOST_COLUMNS = 2000;
/** Of these the last are looked at. */
const MOST_REMARKS = 20;

const SEPARATORS = [',', ';', '\t', '|'] as const;

export function parseCsv(text: string): Csv | Refusal {
  if (text.length > MOST_CHARACTERS) {
    return refuse(
      'bad-table',
      `The table has ${text.length} characters; at most ${MOST_CHARACTERS} are read.`,
    );
  }
  // Signs without a width come along with what is copied from pages; nobody sees that a name has one.
  const whole = text.replace(/[\u200b\u200e\u200f\u2060\ufeff]/g, '').replace(/\r\n?/g, '\n');
  // Excel's own line, which says what separates; it stays as an empty line, so that the others keep their numbers.
  const named = /^"?sep=(.)"?[\t ]*(?=\n|$)/i.exec(whole);
  const clean = named ? whole.slice(named[0].length) : whole;
  const separator = named ? named[1]! : detectSeparator(clean);
  const rows: CsvRow[] = [];
  const remarks: CsvRow[] = [];
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
    // `#N/A` is a value, and no comment.
    const comment = cells[0]!.startsWith('#') && !(cells.length > 1 && isSheetError(cells[0]!));
    // The line of dashes below the header of a table in Markdown.
    const rule = cells.every((value) => /^(:?-{2,}:?)?$/.test(value.trim()));
    if (!blank && !comment && !rule) rows.push({ line: start, cells });
    else if (comment && rows.length === 0) {
      if (remarks.length === MOST_REMARKS) remarks.shift();
      remarks.push({ line: start, cells: [cells[0]!.replace(/^[#\s]+/, ''), ...cells.slice(1)] });
    }
    cells = [];
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
      start = line;
      if (rows.length > MOST_ROWS) {
        return refuse(
          'bad-table',
          `Line ${line}: the table goes on after ${MOST_ROWS} rows; at most so many are read.`,
          line,
        );
      }
    } else if (!wasQuoted || c.trim() !== '') {
      cell += c;
    }
  }
  if (quoted) return refuse('bad-table', `Line ${start}: a quote is opened and never closed.`, start);
  endRow();
  if (rows.length === 0) return refuse('bad-table', 'The table is empty.');
  const [{ cells: head, line: first }] = rows as [CsvRow];
  if (head.length > MOST_COLUMNS) {
    return refuse(
      'bad-table',
      `Line ${first} has ${head.length} cells; at most ${MOST_COLUMNS} are read.`,
      first,
    );
  }
  return { separator, rows, remarks };
}

/** The separator that the first line with any of them uses most, outside quotes. */
function detectSeparator(text: string): string {
  let first = '';
  for (let from = 0; from <= text.length && first === '';) {
    const end = text.indexOf('\n', from);
    const line = text.slice(from, end < 0 ? text.length : end);
    if (line.trim() !== '' && !line.trimStart().startsWith('#')) first = line;
    from = end < 0 ? text.length + 1 : end + 1;
  }
  const bare = first.replace(/"[^"]*"/g, '');
  const counts = SEPARATORS.map((separator) => ({ separator, count: bare.split(separator).length }));
  return counts.reduce((a, b) => (b.count > a.count ? b : a)).separator;
}
