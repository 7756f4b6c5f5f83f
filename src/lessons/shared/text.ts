/** Texts in two languages, and numbers as they stand in sentences. */
import type { Text } from '../lesson.ts';

export function text(en: string, zh: string): Text {
  return { en, zh };
}

/** The same in both languages: names, formulas, numbers. */
export function same(both: string): Text {
  return { en: both, zh: both };
}

/** 12,345 */
export function grouped(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}

/** With so many decimals; what rounds to zero has no sign. */
export function fixed(value: number, digits: number): string {
  return (Number(value.toFixed(digits)) || 0).toFixed(digits).replace('-', '−');
}

/** The same with a plus where it is not negative. */
export function signed(value: number, digits: number): string {
  return fixed(value, digits).replace(/^(?!−)/, '+');
}

/** 2.1·10²⁵; numbers from 0.001 to a million as they are, with so many significant digits. */
export function scientific(value: number, digits = 2): string {
  if (!Number.isFinite(value)) return '–';
  const size = Math.abs(value);
  if (size === 0 || (size >= 1e-3 && size < 1e6)) {
    return size >= 1000
      ? grouped(Number(value.toPrecision(digits)))
      : String(Number(value.toPrecision(digits)));
  }
  const [mantissa, exponent] = value.toExponential(digits - 1).split('e') as [string, string];
  return `${mantissa}·10${superscript(String(Number(exponent)))}`;
}

/** In words from a million on: 40 billion, 400 亿. */
export function counted(value: number, digits = 2): Text {
  if (!(Math.abs(value) >= 1e6 && Math.abs(value) < 1e15)) return same(scientific(value, digits));
  const rounded = Number(value.toPrecision(digits));
  const of = (scales: readonly (readonly [number, string])[]): string => {
    const [size, word] = scales.findLast(([size]) => Math.abs(rounded) >= size)!;
    return `${(rounded / size).toLocaleString('en-US')} ${word}`;
  };
  return text(
    of([
      [1e6, 'million'],
      [1e9, 'billion'],
      [1e12, 'trillion'],
    ]),
    of([
      [1e4, '万'],
      [1e8, '亿'],
      [1e12, '万亿'],
    ]),
  );
}

function superscript(whole: string): string {
  return Array.from(whole, (sign) => (sign === '-' ? '⁻' : '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(sign)]!)).join('');
}
