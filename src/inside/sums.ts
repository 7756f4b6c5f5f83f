/** Sums as a model that adds text answers them: digit by digit, each after those before it, the units first. */
import { addition, isHeldOut, type AdditionOptions } from '../tasks/addition.ts';
import type { RunSpec } from '../worker/protocol.ts';
import { answer, argmax, softmax } from './answer.ts';
import type { Weights } from './weights.ts';

/** By their ids. */
export const SIGNS = '0123456789+=';
const PLUS = 10;
const EQUALS = 11;

export interface Sum {
  a: number;
  b: number;
}

export interface Answered extends Sum {
  /** as the model has them, the units first; ids above 9 are no digits */
  digits: number[];
  /** the probability of each */
  shares: number[];
}

/** Sums that training never sees, spread over all of them, the same for every model of a task. */
export function heldOutSums(options: AdditionOptions, count: number): Sum[] {
  const bound = 10 ** options.digits;
  const sums: Sum[] = [];
  // Without a common factor with 10: every pair is met once, in an order without pattern.
  const stride = (618 * bound * bound) / 1000 + 1;
  for (let i = 1; i <= bound * bound && sums.length < count; i++) {
    const pair = (i * stride) % (bound * bound);
    const [a, b] = [Math.floor(pair / bound), pair % bound];
    if (isHeldOut(options, a, b)) sums.push({ a, b });
  }
  return sums;
}

/** The first sums of the validation set, which training never sees: a run with `watch: { answers }` answers them. */
export function validationSums(options: AdditionOptions, dataSeed: number, count: number): Sum[] {
  const { inputs, inputWidth, rows } = addition.generate({ ...options, pool: 1 }, dataSeed).evaluation
    .validation;
  const read = (first: number): number => {
    const spelled = Array.from(inputs.subarray(first, first + options.digits));
    return spelled.reduce((number, digit) => 10 * number + digit, 0);
  };
  return Array.from({ length: Math.min(count, rows) }, (_, row) => ({
    a: read(row * inputWidth),
    b: read(row * inputWidth + options.digits + 1),
  }));
}

/** As people write it: the units last, and no zeros before it. @param digits the units first */
export const spelled = (digits: readonly number[]): string =>
  digits
    .map((id) => SIGNS[id]!)
    .reverse()
    .join('')
    .replace(/^0+(?=.)/, '');

const digit = (number: number, place: number): number => Math.floor(number / 10 ** place) % 10;

/** The digits of the right answer, the units first. */
export function rightDigits({ a, b }: Sum, digits: number): number[] {
  return Array.from({ length: digits + 1 }, (_, place) => digit(a + b, place));
}

/** The probability that the model gives to the whole right answer. */
export function shareOfSum(model: RunSpec['model'], weights: Weights, sum: Sum, digits: number): number {
  const right = rightDigits(sum, digits);
  const { outputs } = answer(model, weights, [...question(sum, digits), ...right.slice(0, -1)]);
  const first = outputs.length - right.length;
  return right.reduce((share, digit, place) => share * softmax(outputs[first + place]!)[digit]!, 1);
}

/** `a+b=` as tokens. */
function question({ a, b }: Sum, digits: number): number[] {
  const spelled = (number: number): number[] =>
    Array.from({ length: digits }, (_, i) => digit(number, digits - 1 - i));
  return [...spelled(a), PLUS, ...spelled(b), EQUALS];
}

export function add(model: RunSpec['model'], weights: Weights, { a, b }: Sum, digits: number): Answered {
  const tokens = question({ a, b }, digits);
  const answered: Answered = { a, b, digits: [], shares: [] };
  for (let place = 0; place <= digits; place++) {
    const shares = softmax(answer(model, weights, [...tokens, ...answered.digits]).outputs.at(-1)!);
    const best = argmax(shares);
    answered.digits.push(best);
    answered.shares.push(shares[best]!);
  }
  return answered;
}
