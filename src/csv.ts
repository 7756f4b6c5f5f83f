/** The one writer of comma-separated values: RFC 4180 with `\n`, safe to open in a spreadsheet. */

/** Null, undefined and numbers that are not finite give an empty cell. */
export type Cell = number | string | null | undefined;

export function writeCSV(rows: readonly (readonly Cell[])[]): string {
  return `${rows.map((row) => row.map(written).join(',')).join('\n')}\n`;
}

function written(cell: Cell): string {
  if (typeof cell === 'number') return Number.isFinite(cell) ? String(cell) : '';
  if (!cell) return '';
  const text = guarded(cell);
  return /[",\n\r\t]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * A text that a spreadsheet would run as a formula gets an apostrophe, also behind a `;` or a line break inside it, where another
 * country's spreadsheet begins a cell; a number, be it negative, stays one.
 */
function guarded(text: string): string {
  const isNumber = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text);
  if (isNumber) return text;
  const inside = text.replace(/(?<=[^])[;|\t\r\n](?=\s*[=+\-@＝＋－＠])/g, "$&'");
  return /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/.test(text) ? `'${inside}` : inside;
}
