/** Numbers as people write them in tables of runs: 1.5e9, 1.5B, 70 M, 1,000, 1'000, 1_000, 3.8×10^25 FLOPs, 12 PF-days. */
import { PF_DAY } from './published-laws.ts';

const MULTIPLIERS: Record<string, number> = {
  k: 1e3,
  thousand: 1e3,
  thousands: 1e3,
  m: 1e6,
  mn: 1e6,
  million: 1e6,
  millions: 1e6,
  b: 1e9,
  bn: 1e9,
  g: 1e9,
  billion: 1e9,
  billions: 1e9,
  t: 1e12,
  tn: 1e12,
  trillion: 1e12,
  trillions: 1e12,
};

const FLOP_PREFIXES: Record<string, number> = {
  k: 1e3,
  m: 1e6,
  mega: 1e6,
  g: 1e9,
  giga: 1e9,
  t: 1e12,
  tera: 1e12,
  p: 1e15,
  peta: 1e15,
  e: 1e18,
  exa: 1e18,
  z: 1e21,
  zetta: 1e21,
  y: 1e24,
  yotta: 1e24,
};

/** Units that change nothing, but for the ones that do. */
const UNITS: Record<string, number> = {
  '': 1,
  param: 1,
  params: 1,
  parameter: 1,
  parameters: 1,
  token: 1,
  tokens: 1,
  example: 1,
  examples: 1,
  flop: 1,
  flops: 1,
  nat: 1,
  nats: 1,
  'pf-day': PF_DAY,
  'pf-days': PF_DAY,
  'pfs-day': PF_DAY,
  'pfs-days': PF_DAY,
  'petaflop/s-day': PF_DAY,
  'petaflop/s-days': PF_DAY,
  ...Object.fromEntries(
    Object.entries(FLOP_PREFIXES).flatMap(([prefix, factor]) => [
      [`${prefix}flop`, factor],
      [`${prefix}flops`, factor],
    ]),
  ),
};

/** Words for a value that is not there, such as the loss of a run that diverged. */
const MISSING =
  /^(|nan|na|n\/a|n\.a\.|null|nil|none|undefined|[-.–—?]|[+-]?inf(inity)?|∞|-∞|diverged|missing|<na>|<nan>|[+-]?nan\(.{0,8}\)|[+-]?1\.#(inf|ind|qnan|snan)0*)$/i;

/** What spreadsheets write for a value that they could not compute, in their languages: `#N/A`, `#DIV/0!`, `#NV`, `#WERT!`, `#¿NOMBRE?`. */
export const isSheetError = (cell: string): boolean =>
  /^#(n\/[ad]|nv|(div|d|del)\/0!|[¡¿]?[\p{L}/0]{3,16}[!?]|getting_data)$/iu.test(cell.trim());

/** Longer cells are no numbers; the patterns below are not tried on them. */
const MOST_CHARACTERS = 80;

export type Parsed =
  | { kind: 'number'; value: number; scaled: boolean }
  | { kind: 'missing' }
  | { kind: 'unreadable'; why: string };

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** One form for signs that mean one thing: all narrow and unbreakable spaces, apostrophes, minus signs, raised digits. */
function plainSigns(cell: string): string {
  return cell
    .trim()
    .replace(/[\u00a0\u2007-\u200a\u202f\u205f]/g, ' ')
    .replace(/[’‘ʼ′＇´`]/g, "'")
    .replace(/[−﹣－]/g, '-')
    .replace(
      /⁻?[⁰¹²³⁴-⁹]+/g,
      (raised) =>
        `^${Array.from(raised, (sign) => (sign === '⁻' ? '-' : SUPERSCRIPTS.indexOf(sign))).join('')}`,
    );
}

export const isMissing = (cell: string): boolean =>
  cell.length <= MOST_CHARACTERS && (MISSING.test(plainSigns(cell)) || isSheetError(cell));

/** A number's parts; `rest` is what follows: a unit, or what makes it none. */
export interface NumberParts {
  sign: string;
  /** digits with the marks between them */
  digits: string;
  exponent: string;
  rest: string;
}

export function partsOf(cell: string): NumberParts | undefined {
  const text = plainSigns(cell);
  if (text.length > MOST_CHARACTERS) return undefined;
  const power = /^([+-]?)10(?:\^|\*\*)\{?([+-]?\d+)\}?\s*(.*)$/u.exec(text);
  if (power) return { sign: power[1]!, digits: '1', exponent: power[2]!, rest: power[3]! };
  const match =
    /^([+-]?)([.,]?\d(?:[\d.,'_ ]*\d)?[.,]?)(?:\s*[eE]([+-]?\d+)|\s*[×x*·]\s*10\s*(?:\^|\*\*)\s*\{?([+-]?\d+)\}?)?\s*(.*)$/u.exec(
      text,
    );
  if (!match) return undefined;
  const [, sign, digits, exponent, power10, rest] = match;
  return { sign: sign!, digits: digits!, exponent: exponent ?? power10 ?? '0', rest: rest! };
}

/**
 * Reads one cell by itself. Commas, apostrophes, spaces and `_` may group digits by threes, a point is a decimal point.
 * @param commaDecimals a comma may as well stand for a decimal point here: such cells are refused as ambiguous
 */
export function parseNumber(cell: string, commaDecimals = false): Parsed {
  if (isMissing(cell)) return { kind: 'missing' };
  const shown = cell.trim().length > 40 ? `${cell.trim().slice(0, 40)}…` : cell.trim();
  const parts = partsOf(cell);
  if (!parts) return { kind: 'unreadable', why: `“${shown}” is not a number` };
  const { sign, digits, exponent, rest } = parts;
  const grouped = /[,'_ ]/.test(digits);
  const clear = /^\d{1,3}([,'_ ])\d{3}(\1\d{3})*(\.\d*)?$/.test(digits);
  if (grouped && (!clear || (commaDecimals && digits.includes(',')))) {
    return {
      kind: 'unreadable',
      why: `“${shown}” could be read in two ways; write 1000 or 1.5 without commas`,
    };
  }
  const unit = unitOf(rest);
  if (!unit || !/^[\d,'_ ]*\.?\d*$/.test(digits)) {
    return { kind: 'unreadable', why: `“${shown}” is not a number, or ends in an unknown unit` };
  }
  const plain = digits.replace(/[,'_ ]/g, '');
  // One decimal literal, so that 1.5e9 and 1.5B are the same double.
  const value = Number(`${sign}${plain}e${exponent}`) * unit.factor;
  return Number.isFinite(value)
    ? { kind: 'number', value, scaled: unit.factor !== 1 }
    : { kind: 'unreadable', why: `“${shown}” is too large` };
}

/** `B`, `million tokens`, `GFLOPs`: a multiplier, a unit, or both. */
export function unitOf(text: string): { factor: number } | undefined {
  const words = text.trim().toLowerCase().split(/\s+/).filter(Boolean);
  const [first = '', second = ''] = words;
  if (words.length > 2) return undefined;
  const multiplier = Object.hasOwn(MULTIPLIERS, first) ? MULTIPLIERS[first] : undefined;
  const unit = multiplier === undefined ? first : second;
  if ((multiplier === undefined && second !== '') || !Object.hasOwn(UNITS, unit)) return undefined;
  return { factor: (multiplier ?? 1) * UNITS[unit]! };
}
