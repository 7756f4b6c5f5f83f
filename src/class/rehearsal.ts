/** Members who are not there: a class to rehearse with, made from a recorded run with noise. Never kept, and always said. */
import { Random } from '../random.ts';
import { type Given, type MemberResult, memberResult } from './result.ts';

/** Standard deviations: of what runs differ by, relative, and of guesses, in factors of e. */
const NOISE = 0.015;
const GUESS = 0.4;
/** Chances that the claim holds, that a guess exists, that an answer is right before and at the end. */
const HOLDS = 0.93;
const GUESSES = 0.95;
const RIGHT_BEFORE = 0.35;
const RIGHT_AFTER = 0.75;

export interface Rehearsed extends Omit<Given, 'member' | 'prediction' | 'before' | 'after'> {
  /** what the lesson has predicted, and by which number */
  predicted: { kind: 'level' | 'point' | 'curve' | 'number'; value: string } | undefined;
  /** place of the right option of the lesson's question */
  right: number;
}

export function rehearsal(given: Rehearsed, members = 30, seed = 1): MemberResult[] {
  const random = new Random(seed);
  return Array.from({ length: members }, (_, i) => simulated(given, i, random));
}

function simulated({ run, pooled, predicted, right }: Rehearsed, i: number, random: Random): MemberResult {
  const noisy = (value: number): number => value * (1 + NOISE * random.normal());
  const base = memberResult({ run, pooled, member: `simulated-${String(i + 1).padStart(2, '0')}` });
  const shift = noisy(1);
  // Shares stay shares.
  const isShare = base.curve?.y.every((y) => y >= 0 && y <= 1) ?? false;
  const bounded = (y: number): number => (isShare ? Math.min(1, Math.max(0, y)) : y);
  const numbers = Object.fromEntries(
    Object.entries(base.numbers).map(([name, value]) => [name, noisy(value)]),
  );
  const guess = Math.exp(GUESS * random.normal());
  const measured = predicted && numbers[predicted.value];
  const answer = (chance: number): number =>
    random.uniform() < chance ? right : (right + 1 + random.integer(3)) % 4;
  return {
    ...base,
    seed: 11 + 10 * i,
    device: random.uniform() < 0.8 ? 'simulated GPU' : 'simulated processor',
    digest: 'simulated',
    outcome: random.uniform() < HOLDS ? 'holds' : 'does-not-hold',
    numbers,
    ...(base.curve && { curve: { x: base.curve.x, y: base.curve.y.map((y) => bounded(y * shift)) } }),
    ...(predicted &&
      measured !== undefined &&
      random.uniform() < GUESSES && {
        prediction: predictionOf(predicted.kind, measured * guess, base.curve, (y) => bounded(y * guess)),
      }),
    before: answer(RIGHT_BEFORE),
    after: answer(RIGHT_AFTER),
  };
}

type Prediction = NonNullable<MemberResult['prediction']>;

function predictionOf(
  kind: Prediction['kind'],
  value: number,
  curve: MemberResult['curve'],
  guessed: (y: number) => number,
): Prediction {
  if (kind === 'point') return { kind, points: [[value, curve?.y[0] ?? 0]] };
  if (kind !== 'curve') return { kind, points: [[0, value]] };
  const { x = [1], y = [value] } = curve ?? {};
  const kept = [0, 0.25, 0.5, 0.75, 1].map((share) => Math.round(share * (x.length - 1)));
  return { kind, points: [...new Set(kept)].map((at) => [x[at]!, guessed(y[at]!)]) };
}
