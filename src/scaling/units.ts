/** Units of columns: what a header or a person names is converted to parameters, tokens, FLOPs and nats, or refused. */
import { unitOf } from './notation.ts';
import { type Refusal, refuse } from './refusal.ts';
import { type Quantity } from './quantities.ts';

export interface Unit {
  /** As it is shown: `M`, `GFLOPs`, `bits`. */
  name: string;
  /** The number of the table to N parameters, D tokens, C FLOPs, loss in nats. */
  convert: (value: number) => number;
  /** Whether it changes the number. */
  changes: boolean;
}

/** What numbers are in after conversion. */
export const BASE_UNITS: Record<Quantity, string> = {
  N: 'parameters',
  D: 'tokens or examples',
  C: 'FLOPs',
  x: 'as written',
  loss: 'nats',
  weight: 'relative weights',
};

const times = (name: string, factor: number): Unit => ({
  name,
  convert: (value) => value * factor,
  changes: factor !== 1,
});

const LOSS_UNITS: Record<string, Unit> = {
  nats: times('nats', 1),
  bits: times('bits', Math.LN2),
  perplexity: { name: 'perplexity', convert: Math.log, changes: true },
};

/** Other names of the units of a loss, in lower case without spaces, `_` and `-`. */
const LOSS_WORDS: Record<string, keyof typeof LOSS_UNITS> = {
  nat: 'nats',
  nats: 'nats',
  nll: 'nats',
  nllnats: 'nats',
  bit: 'bits',
  bits: 'bits',
  bpb: 'bits',
  bpc: 'bits',
  bpd: 'bits',
  bitsperbyte: 'bits',
  bitspercharacter: 'bits',
  bitsperchar: 'bits',
  bitspertoken: 'bits',
  bitspersymbol: 'bits',
  bitspersymbols: 'bits',
  bitsperword: 'bits',
  bitsperdim: 'bits',
  ppl: 'perplexity',
  perplexity: 'perplexity',
  wordperplexity: 'perplexity',
  tokenperplexity: 'perplexity',
};

/** Words in brackets that are no unit. */
const REMARKS =
  /^(non ?embedding|without embeddings?|with embeddings?|total|active|trainable|training|train|seen|unique|validation|valid|val|test|eval|evaluation|held ?out|final|best|last|mean|median|average|avg|smoothed|ema|lower is better|cross ?entropy|ce|log|approx\.?|est\.?|estimated|6nd)$/i;

const ALLOWED: Record<Quantity, string> = {
  N: 'nothing, (k), (M), (B), (T) or a number such as (1e6)',
  D: 'nothing, (k), (M), (B), (T), tokens or a number such as (1e9)',
  C: 'nothing, (FLOPs), (GFLOPs), (TFLOPs), (PFLOPs), (PF-days) or a number such as (1e18)',
  x: 'nothing, (k), (M), (B) or a number',
  loss: 'nats; bits and perplexity are converted by --units loss=bits or --units loss=perplexity',
  weight: 'nothing',
};

const isRemark = (text: string): boolean => REMARKS.test(text.replace(/[-_]/g, ' '));

const squeezed = (text: string): string => text.toLowerCase().replace(/[\s_-]/g, '');

const unknown = (line: number, header: string, quantity: Quantity): Refusal =>
  refuse(
    'bad-table',
    `Line ${line}: the unit in “${header.slice(0, 60)}” is unknown; allowed for ${quantity}: ${ALLOWED[quantity]}.`,
    line,
  );

/** The unit that a person names with `--units`. */
export function givenUnit(quantity: Quantity, name: string): Unit | Refusal {
  if (quantity === 'loss') {
    const word = LOSS_WORDS[squeezed(name)];
    if (word) return LOSS_UNITS[word]!;
  } else {
    const factor = Number(name) > 0 ? Number(name) : unitOf(name)?.factor;
    if (factor !== undefined && Number.isFinite(factor) && name.trim() !== '')
      return times(name.trim(), factor);
  }
  return refuse(
    'bad-table',
    `The unit “${name.slice(0, 40)}” is unknown; allowed for ${quantity}: ${ALLOWED[quantity]}.`,
  );
}

/**
 * The unit that a header carries: in brackets as in `params (B)`, or as a word of its name as in `total_gflops`, `loss_bpb`.
 * A loss that is not in nats is refused with what to write, as one does not see in a fitted E what it was fitted to.
 */
export function headerUnit(quantity: Quantity, header: string, line: number): Unit | Refusal {
  const bracket = /[([]([^)\]]*)[)\]]/.exec(header)?.[1]?.trim();
  if (quantity === 'loss') return lossUnit(header, bracket, line);
  if (bracket !== undefined && !isRemark(bracket)) {
    const factor = Number(bracket) > 0 ? Number(bracket) : unitOf(bracket.replace(/^in\s+/i, ''))?.factor;
    if (factor === undefined || !Number.isFinite(factor)) return unknown(line, header, quantity);
    return times(bracket, factor);
  }
  const name = header.replace(/[([][^)\]]*[)\]]/g, '');
  if (
    quantity === 'C' &&
    /flops?\s*(\/|_?per_?|p)\s*_?s(ec(ond)?s?)?\b|flops_?(sec|s)\b|\bmfu\b/i.test(name)
  ) {
    return refuse(
      'bad-table',
      `Line ${line}: “${header.slice(0, 60)}” is a rate; C is the whole compute of a run, in FLOPs.`,
      line,
    );
  }
  const words = name.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  if (words.length < 2) return times('', 1);
  const last = words.at(-1)!;
  const factor = /^\d/.test(last) ? undefined : unitOf(last)?.factor;
  return factor === undefined || factor === 1 ? times('', 1) : times(last, factor);
}

function lossUnit(header: string, bracket: string | undefined, line: number): Unit | Refusal {
  const name = header.replace(/[([][^)\]]*[)\]]/g, '');
  const words = name.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  const spelled = [bracket ?? '', name, ...words, ...words.slice(1).map((word, i) => words[i]! + word)];
  spelled.push(...words.slice(2).map((word, i) => words[i]! + words[i + 1]! + word));
  const named = spelled.map((word) => LOSS_WORDS[squeezed(word)]).find((unit) => unit && unit !== 'nats');
  if (named) {
    const conversion = named === 'bits' ? '1 bit = 0.6931 nats' : 'nats = ln perplexity';
    return refuse(
      'bad-table',
      `Line ${line}: “${header.slice(0, 60)}” is not in nats; add --units loss=${named} to convert it (${conversion}), or --units loss=nats if it is.`,
      line,
    );
  }
  if (bracket === undefined || isRemark(bracket)) return times('', 1);
  if (LOSS_WORDS[squeezed(bracket)] === 'nats' || /^nats?\b/i.test(bracket)) return times('nats', 1);
  return unknown(line, header, 'loss');
}
