/**
 * FactsWorld (facts.ts) in several domains, for generalists and specialists. All domains share the keys, but
 * each has its own order of popularity, and all but domain 0 have their own values for a part of the facts. The
 * input is (a, b, domain).
 *
 * Training examples come with probability `share` from one domain and else from the general mix, in which
 * domain 0 has most of the weight: share 0 pre-trains, 1 fine-tunes, between them the general part is replay.
 */
import * as v from 'valibot';
import { bandAccuracies, exactAccuracy, exactLoss, labelEntropy, makeFacts, noisy, VALUES } from './facts.ts';
import { accuracy, brier } from './metrics.ts';
import { integer, options, real } from '../option-schema.ts';
import { message } from '../schema.ts';
import { MAX_WORDS, pool, validation, world } from './options.ts';
import { hash, Random, Stream } from '../random.ts';
import { Categorical, powerLaw } from './sampling.ts';
import type { Examples, Scores, Task } from './task.ts';

const MAX_DOMAINS = 16;

const schema = v.pipe(
  options({
    facts: integer(4096, 16, 16384, 'Number of facts K in each domain; keys are pairs of ids below √K.'),
    domains: integer(8, 2, MAX_DOMAINS, 'Number of domains.'),
    overrides: real(0.5, 0, 1, 'Share of the facts to which each domain but 0 gives a value of its own.'),
    common: real(0.86, 0, 1, 'Weight of domain 0 in the general mix; the others share the rest evenly.'),
    domain: integer(1, 0, MAX_DOMAINS - 1, 'The domain to specialise in.'),
    share: real(0, 0, 1, 'Share of the training examples from that domain; the rest is the general mix.'),
    exponent: real(1.3, 0, 3, 'Popularity of the fact of rank k is k to the minus this.'),
    noise: real(0.05, 0, 0.95, 'Share of the labels replaced by a uniform value.'),
    pool: pool(524288, Math.floor(MAX_WORDS / 3)),
    validation: validation(4096),
    world: world(),
  }),
  v.forward(
    v.check(({ domain, domains }) => domain < domains, message('domain')),
    ['domain'],
  ),
);

export type DomainsOptions = v.InferOutput<typeof schema>;

interface Domains {
  side: number;
  /** p_k of every domain [K] */
  popularity: Float64Array<ArrayBuffer>;
  /** By domain and rank: a · side + b and the value [K] */
  facts: { keys: Int32Array; values: Int32Array }[];
}

function makeDomains({ facts: count, domains, overrides, exponent, world }: DomainsOptions): Domains {
  const base = makeFacts(count, exponent, world);
  const facts = Array.from({ length: domains }, (_, domain) => {
    const random = new Random(hash(world, domain), Stream.world);
    const own = domain === 0 ? 0 : overrides;
    const values = base.values.map((value) => (random.uniform() < own ? random.integer(VALUES) : value));
    const order = random.shuffle(Int32Array.from({ length: count }, (_, fact) => fact));
    return { keys: order.map((fact) => base.keys[fact]!), values: order.map((fact) => values[fact]!) };
  });
  return { side: base.side, popularity: base.popularity, facts };
}

/** Weight of each domain in the general mix; they sum to 1 [domains]. */
export function generalMix({ domains, common }: DomainsOptions): Float64Array<ArrayBuffer> {
  return Float64Array.from({ length: domains }, (_, domain) =>
    domain === 0 ? common : (1 - common) / (domains - 1),
  );
}

function rows(
  { side, facts }: Domains,
  count: number,
  draw: (row: number) => { domain: number; rank: number },
  label: (value: number) => number,
): Examples {
  const inputs = new Int32Array(3 * count);
  const targets = new Int32Array(count);
  for (let row = 0; row < count; row++) {
    const { domain, rank } = draw(row);
    const key = facts[domain]!.keys[rank]!;
    inputs[3 * row] = Math.floor(key / side);
    inputs[3 * row + 1] = key % side;
    inputs[3 * row + 2] = domain;
    targets[row] = label(facts[domain]!.values[rank]!);
  }
  return { rows: count, inputs, inputWidth: 3, targets, targetWidth: 1 };
}

function drawn(options: DomainsOptions, world: Domains, count: number, random: Random): Examples {
  const mix = generalMix(options).map((weight) => weight * (1 - options.share));
  mix[options.domain]! += options.share;
  const domains = new Categorical(mix);
  const ranks = new Categorical(world.popularity);
  return rows(
    world,
    count,
    () => ({ domain: domains.draw(random), rank: ranks.draw(random) }),
    (value) => noisy(value, options.noise, random),
  );
}

/** Every fact of some domains once, by domain and rank, with its weight in their mix. */
function everyFact(world: Domains, domains: number[], mix: ArrayLike<number>): Examples {
  const K = world.popularity.length;
  const place = (row: number): { domain: number; rank: number } => ({
    domain: domains[Math.floor(row / K)]!,
    rank: row % K,
  });
  const count = domains.length * K;
  const weights = Float64Array.from({ length: count }, (_, row) => {
    const { domain, rank } = place(row);
    return mix[domain]! * world.popularity[rank]!;
  });
  return { ...rows(world, count, place, (value) => value), weights };
}

/** Accuracy in each domain by its own popularity, from the scores of the set `general`. */
function domainAccuracies(options: DomainsOptions, set: Examples, scores: Scores): Record<string, number> {
  const right = new Float64Array(options.domains);
  const total = new Float64Array(options.domains);
  const popularity = powerLaw(options.facts, options.exponent);
  for (let row = 0; row < set.rows; row++) {
    const domain = Math.floor(row / options.facts);
    const weight = popularity[row % options.facts]!;
    total[domain]! += weight;
    if (scores.prediction[row] === set.targets[row]) right[domain]! += weight;
  }
  return Object.fromEntries(Array.from(right, (sum, domain) => [`domain${domain}`, sum / total[domain]!]));
}

export const domains: Task<DomainsOptions> = {
  name: 'domains',
  description: 'Memorise the facts of several domains that partly contradict each other.',
  schema,
  shape: (options) => ({
    inputs: {
      kind: 'tokens',
      vocabulary: Math.ceil(Math.sqrt(options.facts)),
      length: 3,
      tags: options.domains,
    },
    targets: { kind: 'classes', classes: VALUES, perRow: 1 },
  }),
  generate: (options, seed) => {
    const world = makeDomains(options);
    const all = world.facts.map((_, domain) => domain);
    return {
      train: drawn(options, world, options.pool, new Random(seed, Stream.train)),
      evaluation: {
        validation: drawn(options, world, options.validation, new Random(seed, Stream.evaluation)),
        general: everyFact(world, all, generalMix(options)),
        domain: everyFact(
          world,
          [options.domain],
          all.map(() => 1),
        ),
      },
      floor: labelEntropy(options.noise),
    };
  },
  metrics: (options, set, scores) => {
    if (!set.weights) return { accuracy: accuracy(set, scores), brier: brier(set, scores) };
    return {
      exactLoss: exactLoss(set, scores, options.noise),
      accuracy: exactAccuracy(set, scores),
      ...(set.rows === options.facts ? bandAccuracies(set, scores) : domainAccuracies(options, set, scores)),
    };
  },
  show: (_options, row) => {
    const [a, b, domain] = Array.from(row);
    return `(${a}, ${b}) in domain ${domain}`;
  },
};
