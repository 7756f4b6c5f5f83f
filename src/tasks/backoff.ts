/**
 * A made-up language of which everything is known: its true probabilities, its entropy, and the least loss of
 * a model that looks back only 0, 1, 2 or 3 tokens. A model learns these orders one after the other, each as a
 * plateau of the loss.
 *
 * p(y | …, a, b, c) = 0.2 π(y) + Σ_m w_m [y = f_m(last m tokens)],  w = (0.15, 0.25, 0.40),  π(y) ∝ 1 / (y + 1),
 * where each f_m is a fixed function with values drawn from π. Before its beginning a text is preceded by zeros.
 */
import { hash, type Random, Stream } from '../random.ts';
import { powerLaw } from './sampling.ts';

const UNIGRAM = 0.2;
const ORDERS = [0.15, 0.25, 0.4] as const;

/** −p ln p, and 0 at 0. */
const surprisal = (p: number): number => (p > 0 ? -p * Math.log(p) : 0);

export class BackoffLanguage {
  /** π(y) [V] */
  readonly unigram: Float64Array;
  /** f_1 [V], f_2 [V²], f_3 [V³]; in an index the last token counts 1, the one before it V, the third last V². */
  private readonly followers: [Uint8Array, Uint8Array, Uint8Array];
  private readonly cumulative: Float64Array;
  private readonly contexts = new Map<number, Float64Array>();

  constructor(
    readonly vocabulary: number,
    world: number,
  ) {
    this.unigram = powerLaw(vocabulary, 1);
    let sum = 0;
    this.cumulative = this.unigram.map((p) => (sum += p));
    const key = hash(world, Stream.world);
    const follower = (m: number): Uint8Array =>
      Uint8Array.from({ length: vocabulary ** m }, (_, context) =>
        this.inverse(hash(key, m, context) / 2 ** 32),
      );
    this.followers = [follower(1), follower(2), follower(3)];
  }

  /** π's inverse distribution: the first y with u < π(0) + … + π(y). */
  private inverse(u: number): number {
    let low = 0;
    let high = this.vocabulary - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (u < this.cumulative[middle]!) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  /** Number of the context made of the last three tokens, zeros before the beginning. */
  private state(context: ArrayLike<number>): number {
    const [a, b, c] = [3, 2, 1].map((back) => context[context.length - back] ?? 0) as [
      number,
      number,
      number,
    ];
    return (a * this.vocabulary + b) * this.vocabulary + c;
  }

  /** f_1, f_2, f_3 of a context. */
  private successors(state: number): [number, number, number] {
    const V = this.vocabulary;
    const [f1, f2, f3] = this.followers;
    return [f1[state % V]!, f2[state % (V * V)]!, f3[state]!];
  }

  /** The true probabilities of the next token after `context` (any length; the last three count) [V]. */
  conditional(context: ArrayLike<number>): Float64Array {
    return this.distribution(this.state(context));
  }

  private distribution(state: number): Float64Array {
    const p = this.unigram.map((q) => UNIGRAM * q);
    this.successors(state).forEach((y, m) => (p[y]! += ORDERS[m]!));
    return p;
  }

  private next(state: number, random: Random): number {
    let u = random.uniform();
    const V = this.vocabulary;
    if (u < ORDERS[2]) return this.followers[2][state]!;
    if ((u -= ORDERS[2]) < ORDERS[1]) return this.followers[1][state % (V * V)]!;
    if ((u -= ORDERS[1]) < ORDERS[0]) return this.followers[0][state % V]!;
    return this.inverse((u - ORDERS[0]) / UNIGRAM); // what is left of u is uniform again
  }

  /** Writes a text of tokens.length tokens, as if after zeros. */
  fill(tokens: Int32Array, random: Random): void {
    const V = this.vocabulary;
    let state = 0;
    for (let t = 0; t < tokens.length; t++) {
      const y = this.next(state, random);
      tokens[t] = y;
      state = (state % (V * V)) * V + y;
    }
  }

  /** `count` tokens that continue a prompt, from the true distribution. */
  sample(prompt: ArrayLike<number>, count: number, random: Random): number[] {
    const text = Array.from(prompt);
    for (let i = 0; i < count; i++) text.push(this.next(this.state(text.slice(-3)), random));
    return text.slice(prompt.length);
  }

  /** −ln p of each token given those before it, nats [tokens.length]: judges text by the truth. */
  score(tokens: ArrayLike<number>): Float64Array {
    const V = this.vocabulary;
    let state = 0;
    return Float64Array.from(tokens, (y) => {
      let p = UNIGRAM * this.unigram[y]!;
      this.successors(state).forEach((follower, m) => (p += Number(follower === y) * ORDERS[m]!));
      state = (state % (V * V)) * V + y;
      return -Math.log(p);
    });
  }

  /**
   * Probability of each context of three tokens, mean over the scored positions of a row [V³]. Exact: it starts
   * from three zeros and follows the language's own transition T = length times.
   */
  private contextDistribution(length: number): Float64Array {
    const known = this.contexts.get(length);
    if (known) return known;
    const mean = new Float64Array(this.vocabulary ** 3);
    let p = new Float64Array(mean.length);
    p[0] = 1;
    // The token at position 0 is never a target, so the first scored context already ends with it.
    for (let t = 0; t < length; t++) {
      p = this.advance(p);
      for (let state = 0; state < p.length; state++) mean[state]! += p[state]! / length;
    }
    this.contexts.set(length, mean);
    return mean;
  }

  /** One step of the chain: from p(a, b, c) to p(b, c, y), both [V³]. */
  private advance(p: Float64Array): Float64Array<ArrayBuffer> {
    const V = this.vocabulary;
    const [f1, f2, f3] = this.followers;
    const next = new Float64Array(V ** 3);
    const pair = new Float64Array(V * V); // p(b, c)
    for (let state = 0; state < p.length; state++) {
      const bc = state % (V * V);
      pair[bc]! += p[state]!;
      next[bc * V + f3[state]!]! += ORDERS[2] * p[state]!;
    }
    for (let bc = 0; bc < pair.length; bc++) {
      next[bc * V + f2[bc]!]! += ORDERS[1] * pair[bc]!;
      next[bc * V + f1[bc % V]!]! += ORDERS[0] * pair[bc]!;
      for (let y = 0; y < V; y++) next[bc * V + y]! += UNIGRAM * pair[bc]! * this.unigram[y]!;
    }
    return next;
  }

  /** Entropy of the next token in nats, mean over the scored positions of a row: no model can do better. */
  entropy(length: number): number {
    const rest = this.unigram.reduce((sum, q) => sum + surprisal(UNIGRAM * q), 0);
    let mean = 0;
    this.contextDistribution(length).forEach((probability, state) => {
      if (probability === 0) return;
      // Only the followers' probabilities differ from 0.2 π; two followers may coincide.
      const [a, b, c] = this.successors(state);
      let h = rest;
      for (const y of new Set([a, b, c])) {
        const extra = ORDERS[0] * Number(y === a) + ORDERS[1] * Number(y === b) + ORDERS[2] * Number(y === c);
        const base = UNIGRAM * this.unigram[y]!;
        h += surprisal(base + extra) - surprisal(base);
      }
      mean += probability * h;
    });
    return mean;
  }

  /** Least loss of a model that sees only the last 0, 1, 2, 3 tokens, nats: where learning pauses. */
  plateaus(length: number): [number, number, number, number] {
    const V = this.vocabulary;
    // Probability of the last two, one and no tokens together with the next one.
    const joint2 = this.advance(this.contextDistribution(length));
    const joint1 = new Float64Array(V * V);
    joint2.forEach((q, i) => (joint1[i % (V * V)]! += q));
    const joint0 = new Float64Array(V);
    joint1.forEach((q, i) => (joint0[i % V]! += q));
    const conditionalEntropy = (table: Float64Array): number => {
      let h = 0;
      for (let row = 0; row < table.length; row += V) {
        const next = table.subarray(row, row + V);
        h += next.reduce((sum, q) => sum + surprisal(q), 0) - surprisal(next.reduce((sum, q) => sum + q, 0));
      }
      return h;
    };
    const [order0, order1, order2] = [joint0, joint1, joint2].map(conditionalEntropy) as [
      number,
      number,
      number,
    ];
    return [order0, order1, order2, this.entropy(length)];
  }
}
