/**
 * The values of an axis as a person writes them.
 *
 *   16, 32, 64         a list
 *   1 .. 5             whole numbers
 *   0 .. 0.4 +0.1      evenly spaced
 *   8 .. 128 x2        by a factor
 *   16; 32, 32         lists of widths, separated by semicolons
 */

import { showSetting } from '../../show.ts';

const MOST = 200;

export class ValuesError extends Error {
  override name = 'ValuesError';
  constructor(
    readonly reason: 'empty' | 'number' | 'range' | 'many',
    readonly part = '',
  ) {
    super(reason);
  }
}

export type AxisKind = 'number' | 'numbers' | 'words' | 'flag';

/** @throws ValuesError */
export function readValues(text: string, kind: AxisKind): unknown[] {
  const parts = text
    .split(kind === 'numbers' ? ';' : /[,;]/)
    .map((part) => part.trim())
    .filter(Boolean);
  if (!parts.length) throw new ValuesError('empty');
  const values = parts.flatMap((part) => read(part, kind));
  if (values.length > MOST) throw new ValuesError('many');
  return values;
}

function read(part: string, kind: AxisKind): unknown[] {
  switch (kind) {
    case 'words':
      return [part];
    case 'flag':
      return [['true', 'yes', '1', '是'].includes(part.toLowerCase())];
    case 'numbers':
      return [/^[-–]$/.test(part) ? [] : part.split(/[\s,·]+/).map(number)];
    case 'number':
      return part.includes('..') || part.includes('…') ? range(part) : [number(part)];
  }
}

function number(text: string): number {
  const value = Number(text.replace('×10^', 'e'));
  if (text.trim() === '' || !Number.isFinite(value)) throw new ValuesError('number', text);
  return value;
}

function range(part: string): number[] {
  const [, from, to, sign, by] =
    /^([\d.e+-]+?)\s*(?:\.\.+|…)\s*([\d.e-]+(?:e\+?\d+)?)(?:\s*([x×*+])\s*([\d.e-]+))?$/i.exec(part) ?? [];
  if (from === undefined || to === undefined) throw new ValuesError('range', part);
  const [first, last, step] = [number(from), number(to), by === undefined ? 1 : number(by)];
  const factor = sign !== undefined && sign !== '+';
  const isEndless = factor ? step <= 1 || first <= 0 : step <= 0;
  if (isEndless || last < first) throw new ValuesError('range', part);
  const count = factor
    ? Math.floor(Math.log(last / first) / Math.log(step) + 1e-9) + 1
    : Math.floor((last - first) / step + 1e-9) + 1;
  if (count > MOST) throw new ValuesError('many');
  // Twelve digits hide what binary fractions add.
  return Array.from({ length: count }, (_, i) =>
    Number((factor ? first * step ** i : first + i * step).toPrecision(12)),
  );
}

/** Values as they are written; what no axis can hold is written as JSON, so that it can be seen and mended. */
export function writeValues(values: readonly unknown[]): string {
  const lists = values.some(Array.isArray);
  return values.map((value) => showSetting(value, ' ') || '–').join(lists ? '; ' : ', ');
}
