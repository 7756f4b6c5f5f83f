/** Numbers as people read them. */
import { durations as strings } from './duration-strings.ts';

const PREFIXES = ['', 'k', 'M', 'G', 'T', 'P', 'E'];

/** Three significant digits with a prefix: 9.31 M. */
export function compact(value: number): string {
  if (!Number.isFinite(value)) return '–';
  const magnitude = Math.abs(value);
  if (magnitude < 1000) return significant(value, 3);
  let power = Math.min(Math.floor(Math.log10(magnitude) / 3), PREFIXES.length - 1);
  // 999,950 is 1 M, not 1000 k.
  if (magnitude / 1000 ** power >= 999.5 && power < PREFIXES.length - 1) power++;
  return `${significant(value / 1000 ** power, 3)} ${PREFIXES[power]!}`;
}

/** At most `digits` significant digits, without an exponent and without trailing zeros. */
export function significant(value: number, digits: number): string {
  if (value === 0) return '0';
  const decimals = Math.max(0, digits - 1 - Math.floor(Math.log10(Math.abs(value))));
  return String(Number(value.toFixed(Math.min(decimals, 12))));
}

/** 0.003 as 3e-3, as learning rates are written. */
export function scientific(value: number): string {
  if (value === 0) return '0';
  const [factor, exponent] = inPowers(value, 3);
  return exponent >= -1 && exponent < 4 ? significant(value, 3) : `${factor}e${exponent}`;
}

/** Whole numbers with separators: 26,336. */
export const whole = (value: number): string => Math.round(value).toLocaleString('en');

/** Three decimals, an exponent for what is smaller than a thousandth, and powers of ten for what is very large. */
export function loss(value: number | undefined): string {
  if (value === undefined || !Number.isFinite(value)) return '–';
  if (Math.abs(value) >= 1e7) return measured(value);
  return Math.abs(value) < 1e-3 && value !== 0 ? value.toExponential(1) : value.toFixed(3);
}

/** At most `digits` significant digits with separators; powers of ten for what is very large or very small. */
export function measured(value: number | undefined, digits = 4): string {
  if (value === undefined || !Number.isFinite(value)) return '–';
  const magnitude = Math.abs(value);
  if (magnitude !== 0 && (magnitude >= 1e13 || magnitude < 1e-4)) {
    const [factor, exponent] = inPowers(value, digits);
    return `${factor} × ${powerOfTen(exponent)}`;
  }
  return value.toLocaleString('en', { maximumSignificantDigits: digits });
}

/** factor · 10^exponent; by the text, since 10^−320 is no number to divide by. */
function inPowers(value: number, digits: number): [factor: string, exponent: number] {
  const [factor, exponent] = value
    .toExponential(digits - 1)
    .split('e')
    .map(Number) as [number, number];
  return [String(factor), exponent];
}

function powerOfTen(exponent: number): string {
  const sign = exponent < 0 ? '⁻' : '';
  return `10${sign}${String(Math.abs(exponent)).replace(/\d/g, (digit) => '⁰¹²³⁴⁵⁶⁷⁸⁹'.charAt(Number(digit)))}`;
}

/** At an axis: 2,500, 20 k, 3 M, and powers of ten for what is very large or very small. */
export function tickText(value: number): string {
  const magnitude = Math.abs(value);
  if (magnitude === 0 || (magnitude > 9e-5 && magnitude < 10_000))
    return Number(significant(value, 6)).toLocaleString('en', { maximumFractionDigits: 12 });
  if (magnitude >= 10_000 && magnitude < 1e9) return compact(value);
  return inTens(value);
}

/** A power of ten, and what it is multiplied with. */
export function inTens(value: number): string {
  const [factor, exponent] = inPowers(value, 3);
  return `${factor === '1' ? '' : `${factor}·`}${powerOfTen(exponent)}`;
}

/** 75 as 1 min 15 s. */
export function duration(seconds: number): string {
  if (!Number.isFinite(seconds)) return '–';
  if (seconds < 1) return strings.underSecond;
  if (seconds < 90) return strings.seconds(Math.round(seconds));
  const minutes = Math.floor(seconds / 60);
  if (minutes >= 90) return strings.hoursMinutes(Math.floor(minutes / 60), minutes % 60);
  const rest = Math.round(seconds - minutes * 60);
  return rest === 60 ? strings.minutes(minutes + 1) : strings.minutesSeconds(minutes, rest);
}

/** A number in a sentence: whole ones in full, others and very large ones as powers of ten where they are far from one. */
export function bound(value: number): string {
  const magnitude = Math.abs(value);
  if (Number.isInteger(value) && magnitude < 1e10) return whole(value);
  return magnitude >= 1e6 || magnitude < 1e-3 ? scientific(value) : String(value);
}
