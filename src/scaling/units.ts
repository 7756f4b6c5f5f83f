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
  [/^bits?$|bp[bcdw]$|bitsper|比特/, 'bits'],
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
 * A loss that is not in nats is refused with what to write, as one does not see in a fitted E what it was fitted to; so are logarithms.
 */
export function headerUnit(quantity: Quantity, header: string, line: number): Unit | Refusal {
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
  const bracket = brackets.find((text) => !isRemark(text));
  if (quantity === 'loss') return lossUnit(header, name, words, brackets, line);
  if (bracket !== undefined) {
    const factor = Number(bracket) > 0 ? Number(bracket) : unitOf(bracket.replace(/^in\s+/i, ''))?.factor;
    if (factor === undefined || !Number.isFinite(factor)) return unknown(line, header, quantity);
    return times(bracket, factor);
  }
  return quantity === 'C' ? computeUnit(header, name, words, line) : wordUnit(words);
}

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
  if (words.length < 2) return times('', 1);
  const last = words.at(-1)!;
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
