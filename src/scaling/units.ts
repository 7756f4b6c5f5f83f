/** Units of columns: what a header or a person names is converted to parameters, tokens, FLOPs and nats, or refused. */
import { unitOf } from './notation.ts';
import { PF_DAY } from './published-laws.ts';
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

/** How people name the units of a loss, in lower case without spaces, `_` and `-`; also at the end of words run together, as in `valppl`. */
const LOSS_WORDS: readonly [pattern: RegExp, unit: keyof typeof LOSS_UNITS][] = [
  [/ppl$|perplexity|perplexities|困惑度/, 'perplexity'],
  [/^bits?$|bp[bcdtw]$|bitsper|比特/, 'bits'],
  [/^(nats?|nll|nllnats)$/, 'nats'],
];

const lossWord = (text: string): string | undefined =>
  LOSS_WORDS.find(([pattern]) => pattern.test(squeezed(text)))?.[1];

/** Words in brackets that are no unit. */
const REMARKS =
  /^(non ?embedding|without embeddings?|with embeddings?|total|active|trainable|training|train|seen|unique|validation|valid|val|test|eval|evaluation|held ?out|final|best|last|mean|median|average|avg|smoothed|ema|lower is better|cross ?entropy|ce|approx\.?|est\.?|estimated|6nd)$/i;

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
    const word = lossWord(name);
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
 * The unit that a header carries: in brackets as in `params (B)`, or as a word of its name as in `total_gflops`, `paramsM`, `loss_bpb`.
 * A loss that is not in nats is refused with what to write, as one does not see in a fitted E what it was fitted to; so are logarithms,
 * formulas, ratios, and columns of something else.
 */
export function headerUnit(quantity: Quantity, written: string, line: number): Unit | Refusal {
  const header = plainWidth(written);
  const brackets = Array.from(header.matchAll(/[([]([^)\]]*)[)\]]/g), ([, text]) => text!.trim());
  const name = header.replace(/[([][^)\]]*[)\]]/g, '');
  // Words are also told apart by a capital letter, as in `valLoss`.
  const words = name
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
  // Log loss is a name of the cross-entropy.
  if ((quantity === 'loss' ? /^(ln|log(2|10|e))$/i : /^(ln|lg|log(2|10|e)?)$/i).test(words[0] ?? '')) {
    return refuse(
      'bad-table',
      `Line ${line}: “${header.slice(0, 60)}” is a logarithm; write the numbers themselves.`,
      line,
    );
  }
  const other = quantity === 'x' ? undefined : notItself(quantity, name, words);
  if (other !== undefined) {
    const sentence = `Line ${line}: “${header.slice(0, 60)}” ${other}; write ${BASE_UNITS[quantity]} themselves`;
    const help =
      quantity === 'loss'
        ? ''
        : `, or add --units ${quantity}= with the number of them that 1 in this column is`;
    return refuse('bad-table', `${sentence}${help}.`, line);
  }
  const bracket = brackets.find((text) => !isRemark(text));
  if (quantity === 'loss') return lossUnit(header, name, words, brackets, line);
  if (bracket !== undefined) {
    const factor = Number(bracket) > 0 ? Number(bracket) : unitOf(bracket.replace(/^in\s+/i, ''))?.factor;
    if (factor === undefined || !Number.isFinite(factor)) return unknown(line, header, quantity);
    return times(bracket, factor);
  }
  return quantity === 'C' ? computeUnit(header, name, words, line) : wordUnit(words);
}

/** Full-width signs, as Chinese and Japanese keyboards have them, in their usual form. */
export const plainWidth = (text: string): string =>
  text
    .replace(/[\uff01-\uff5e]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
    .replace(/[【〔]/g, '[')
    .replace(/[】〕]/g, ']');

/** Arithmetic with a number: `N/1e6`, `params*1000`, `1/N`, `N^-1`, `1 - loss`, `loss %`. */
const FORMULA = /[*×]\s*\d|\d\s*[*×]|[\^%]|\/\s*\d|\sx\s*\d|^\s*1\s*\/|^\s*1\s+[-−]\s/i;
/** A quantity for each of something: `GFLOPs/token`, `D/N`, `tokens_per_param`; but `throughput/tokens` is a name with its folder. */
const RATIO =
  /(^|[\s_])per[\s_]+(?!s(ec(ond)?)?\b)|(flops?|tokens?|params?|parameters?|examples?|samples?|\b[NDC])\s*\/\s*(tok(en)?s?|param(eter)?s?|steps?|samples?|examples?|gpus?|[NDC])\s*$/i;
/** Words of something else that is counted, or of bytes, energy and money. */
const OTHERS: Partial<Record<Quantity, RegExp>> = {
  N: /^(bytes?|[kmgt]i?b)$/i,
  D: /^(bytes?|[kmgt]i?b)$/i,
  C: /^([kmgtpe]?macs?|[km]?wh|joules?|usd|eur|dollars?)$/i,
};

/** Why a column of that name does not hold the quantity itself, or undefined. */
function notItself(quantity: Quantity, name: string, words: readonly string[]): string | undefined {
  if (FORMULA.test(name) || (quantity === 'loss' && words.some(isPower))) return 'is a formula';
  if (quantity !== 'loss' && RATIO.test(name)) return 'is a ratio';
  const other = words.find((word) => OTHERS[quantity]?.test(word));
  return other && `counts ${other}`;
}

/** `e18` or `1e18`, a power of ten as a word of a name. */
const isPower = (word: string): boolean => /^1?e\d{1,2}$/i.test(word);

/** `GFLOPs`, `train_exaFLOPs_total`, `PF-days`: the prefix may stand in any word. */
function computeUnit(header: string, name: string, words: readonly string[], line: number): Unit | Refusal {
  if (/(?<!\p{L})p(eta)?[\s_-]?f(lops?)?[\s_/]*s?[\s_-]*days?(?!\p{L})/iu.test(name))
    return times('PF-days', PF_DAY);
  if (/flops?\s*(\/|_?per_?|p)\s*_?s(ec(ond)?s?)?\b|flops_?(sec|s)\b|\bmfu\b/i.test(name)) {
    return refuse(
      'bad-table',
      `Line ${line}: “${header.slice(0, 60)}” is a rate; C is the whole compute of a run, in FLOPs.`,
      line,
    );
  }
  if (words.some((word) => /^(sec(ond)?|min(ute)?|h(ou)?r|day|week)s?$/i.test(word))) {
    return refuse(
      'bad-table',
      `Line ${line}: “${header.slice(0, 60)}” is a time; C is in FLOPs: add --units C= with the FLOPs that one of these is.`,
      line,
    );
  }
  const joined = words.slice(1).map((word, i) => words[i]! + word);
  const named = [...joined, ...words].find(
    (word) => /.flops?$/i.test(word) && (unitOf(word)?.factor ?? 1) !== 1,
  );
  return named === undefined ? wordUnit(words) : times(named, unitOf(named)!.factor);
}

/** `params_M`, `tokens in billions`, `M params`. */
function wordUnit(words: readonly string[]): Unit {
  const prefixed = words
    .map((word) => /^([kmgbt])(?:params?|parameters|tok(?:en)?s?)$/i.exec(word)?.[1])
    .find(Boolean);
  if (prefixed !== undefined) return times(prefixed, unitOf(prefixed)!.factor);
  if (words.length < 2) return times('', 1);
  const last = words.at(-1)!;
  if (/^e\d{1,2}$/i.test(last)) return times(last, Number(`1${last}`));
  const named = words.length === 2 && unitOf(words.join(' ')) ? words.join(' ') : last;
  const factor = /^\d/.test(named) ? undefined : unitOf(named)?.factor;
  return factor === undefined || factor === 1 ? times('', 1) : times(named, factor);
}

function lossUnit(
  header: string,
  name: string,
  words: readonly string[],
  brackets: readonly string[],
  line: number,
): Unit | Refusal {
  const pairs = words.slice(1).map((word, i) => words[i]! + word);
  const threes = words.slice(2).map((word, i) => words[i]! + words[i + 1]! + word);
  const named = [...brackets, name, ...words, ...pairs, ...threes]
    .map(lossWord)
    .find((unit) => unit !== undefined && unit !== 'nats');
  if (named) {
    const conversion = named === 'bits' ? '1 bit = 0.6931 nats' : 'nats = ln perplexity';
    return refuse(
      'bad-table',
      `Line ${line}: “${header.slice(0, 60)}” is not in nats; add --units loss=${named} to convert it (${conversion}), or --units loss=nats if it is.`,
      line,
    );
  }
  const bracket = brackets.find((text) => !isRemark(text));
  if (bracket === undefined) return times('', 1);
  if (lossWord(bracket) === 'nats' || /^nats?\b/i.test(bracket)) return times('nats', 1);
  return unknown(line, header, 'loss');
}
