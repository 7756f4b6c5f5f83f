/** Numbers as people write them in tables of runs: 1.5e9, 1.5B, 70 M, 1,000, 1_000, 3.8×10^25 FLOPs, 12 PF-days. */
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

/** Units that change nothing, but for the one that does. */
const UNITS: Record<string, number> = {
  '': 1,
  param: 1,
  params: 1,
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
  'pfs-days': PF_DAY,
  'petaflop/s-days': PF_DAY,
};

/** Words for a value that is not there, such as the loss of a run that diverged. */
const MISSING = /^(|nan|na|n\/a|null|none|-|–|—|\?|[+-]?inf(inity)?|∞|diverged|missing)$/i;

export type Parsed =
  | { kind: 'number'; value: number; scaled: boolean }
  | { kind: 'missing' }
  | { kind: 'unreadable'; why: string };

/**
 * Reads one cell.
 * @param commaDecimals the table is separated by `;`, so a comma may stand for a decimal point: such cells are refused as ambiguous
 */
export function parseNumber(cell: string, commaDecimals = false): Parsed {
  const text = cell.trim();
  if (MISSING.test(text)) return { kind: 'missing' };
  const match =
    /^([+-]?(?:\d[\d,_ ]*\.?\d*|\.\d+))(?:\s*[eE]([+-]?\d+)|\s*[×x*]\s*10\s*(?:\^|\*\*)\s*\{?([+-]?\d+)\}?)?\s*(.*)$/u.exec(
      text,
    );
  if (!match) return { kind: 'unreadable', why: `“${text}” is not a number` };
  const [, digits, exponent, power, rest] = match;
  const grouped = /[,_ ]/.test(digits!.trim());
  const clear = /^[+-]?\d{1,3}([,_ ]\d{3})+(\.\d*)?$/.test(digits!.trim());
  if (grouped && (!clear || (commaDecimals && digits!.includes(',')))) {
    return {
      kind: 'unreadable',
      why: `“${text}” could be read in two ways; write 1000 or 1.5 without commas`,
    };
  }
  const unit = unitOf(rest!);
  if (!unit) return { kind: 'unreadable', why: `“${text}” ends in an unknown unit` };
  const plain = digits!.replace(/[,_ ]/g, '');
  // One decimal literal, so that 1.5e9 and 1.5B are the same double.
  const value = Number(`${plain}e${exponent ?? power ?? '0'}`) * unit.factor;
  return Number.isFinite(value)
    ? { kind: 'number', value, scaled: unit.factor !== 1 }
    : { kind: 'unreadable', why: `“${text}” is too large` };
}

/** `B`, `million tokens`, `FLOPs`: a multiplier, a unit, or both. */
export function unitOf(text: string): { factor: number } | undefined {
  const words = text.trim().toLowerCase().split(/\s+/).filter(Boolean);
  const [first = '', second = ''] = words;
  if (words.length > 2) return undefined;
  const multiplier = Object.hasOwn(MULTIPLIERS, first) ? MULTIPLIERS[first] : undefined;
  const unit = multiplier === undefined ? first : second;
  if ((multiplier === undefined && second !== '') || !Object.hasOwn(UNITS, unit)) return undefined;
  return { factor: (multiplier ?? 1) * UNITS[unit]! };
}
