/** Results as a file or a database has them: whatever it holds is checked before it is believed. */
import * as v from 'valibot';
import type { Divergence } from '../../replicas.ts';
import { saysOf } from '../../problem-words.ts';
import { problemAt, refusalOf } from '../../refusal.ts';
import { RESULT_PROBLEMS } from '../../result-words.ts';
import { message, messagesOf, parse, SchemaError } from '../../schema.ts';
import { describeDifferences, differences } from '../spec/identity.ts';
import type { LossCurve, RunResult } from './result.ts';
import { MOST_STEPS, parseSpec, type RunSpec } from '../spec/spec.ts';
import { checkedSnapshots } from './parse-snapshots.ts';

const resultMessage = messagesOf(RESULT_PROBLEMS);
const refusal = refusalOf(RESULT_PROBLEMS);

const MOST_SETS = 100;
const MOST_METRICS = 1000;
const OUTCOMES = ['finished', 'paused', 'diverged'] as const;

const amount = v.pipe(
  v.number(message('a-number')),
  v.finite(message('finite')),
  v.minValue(0, resultMessage('not-negative')),
);
const short = v.pipe(v.string(message('a-text')), v.maxLength(1000, message('long-text', 1000)));
const wholeNumber = message('integer', 0, MOST_STEPS);
const step = v.pipe(
  v.number(wholeNumber),
  v.integer(wholeNumber),
  v.minValue(0, wholeNumber),
  v.maxValue(MOST_STEPS, wholeNumber),
);

/** All but the long lists, which are checked by loops: a long run has tens of millions of losses. */
const ResultSchema = v.object(
  {
    spec: v.unknown(),
    device: short,
    date: short,
    outcome: v.picklist(OUTCOMES, message('choice', OUTCOMES.join(', '))),
    step,
    divergedAt: v.exactOptional(step),
    parameters: amount,
    flopsPerStep: amount,
    tokensPerStep: amount,
    floor: v.exactOptional(v.pipe(v.number(message('a-number')), v.finite(message('finite')))),
    from: v.exactOptional(v.object({ spec: v.unknown(), step }, resultMessage('from-run'))),
    seconds: amount,
    compileSeconds: amount,
  },
  resultMessage('result'),
);

/**
 * Checks the shape of a result, and that it is this run's. Numbers that JSON had to write as null become NaN, in place.
 * @param input what `JSON.parse` or a database gave
 * @param run whose result is wanted; without it, any run's will do
 * @throws SchemaError that says what is wrong, or in which options the result is another run's
 */
export function parseResult(input: unknown, run?: { spec: RunSpec }): RunResult {
  if (!isObject(input)) throw refusal('', 'result');
  const { losses, evaluations, divergences, snapshots, ...small } = input;
  const { from, ...facts } = parse(ResultSchema, small);
  const spec = specInside(facts.spec, 'spec');
  if (run) refuseOther(spec, run.spec, 'result');
  if (facts.step > spec.steps || (facts.outcome === 'finished' && facts.step < spec.steps)) {
    throw refusal('step', 'end', facts.step, spec.steps, facts.outcome);
  }
  return {
    ...facts,
    spec,
    ...(divergences !== undefined && { divergences: checkedDivergences(divergences, spec) }),
    ...(from && { from: { spec: specInside(from.spec, 'from.spec'), step: from.step } }),
    losses: checkedLosses(losses, spec),
    evaluations: checkedEvaluations(evaluations, spec),
    ...(snapshots !== undefined && { snapshots: checkedSnapshots(snapshots, spec) }),
  };
}

/**
 * The spec inside a file of ours, complete.
 * @throws SchemaError; an option that is unknown is taken for a newer version's
 */
export function specInside(input: unknown, path: string): RunSpec {
  try {
    return parseSpec(input);
  } catch (error) {
    if (!(error instanceof SchemaError)) throw error;
    const isNewer = error.problems.some(({ said }) => said?.code === 'unknown');
    const inside = error.problems.map((problem) => ({
      ...problem,
      path: [path, problem.path].filter(Boolean).join('.'),
    }));
    throw new SchemaError(
      isNewer ? [problemAt('', saysOf(RESULT_PROBLEMS)('newer-spec')), ...inside] : inside,
    );
  }
}

/** @throws SchemaError that names the options in which `spec` is another run's */
export function refuseOther(spec: RunSpec, wanted: RunSpec, what: string): void {
  const different = differences(spec, wanted);
  if (different.length) throw refusal(what, 'other-run', describeDifferences(different));
}

function checkedDivergences(list: unknown, { replicas, steps }: RunSpec): Divergence[] {
  const isBelow = (value: unknown, end: number): boolean =>
    Number.isInteger(value) && (value as number) >= 0 && (value as number) < end;
  if (
    !Array.isArray(list) ||
    list.length > replicas ||
    !list.every(
      (item) => isObject(item) && isBelow(item.replica, replicas) && isBelow(item.step, steps + 1),
    ) ||
    new Set(list.map(({ replica }: Divergence) => replica)).size < list.length
  ) {
    throw refusal('divergences', 'divergences', replicas);
  }
  return list as Divergence[];
}

function checkedLosses(losses: unknown, { replicas, steps }: RunSpec): RunResult['losses'] {
  if (!isObject(losses)) throw refusal('losses', 'losses');
  const first = parse(step, losses.first, 'losses.first');
  const { values } = losses;
  if (!Array.isArray(values) || values.length !== replicas) {
    throw refusal('losses.values', 'losses-each', replicas);
  }
  const lists = values.map((list: unknown, r): LossCurve => {
    if (list instanceof Float32Array) return list as Float32Array<ArrayBuffer>;
    if (!Array.isArray(list) || !reviveAll(list)) {
      throw refusal(`losses.values.${r}`, 'list-of-numbers');
    }
    return list;
  });
  if (lists.some(({ length }) => length !== lists[0]!.length)) {
    throw refusal('losses.values', 'equal-losses');
  }
  if (first + lists[0]!.length > steps) {
    throw refusal('losses', 'late-losses', first + lists[0]!.length, steps);
  }
  return { first, values: lists };
}

function checkedEvaluations(list: unknown, { replicas, steps }: RunSpec): RunResult['evaluations'] {
  if (!Array.isArray(list)) throw refusal('evaluations', 'list');
  let before = -1;
  return list.map((evaluation: unknown, i) => {
    const { step, sets } = isObject(evaluation) ? evaluation : {};
    if (!(Number.isInteger(step) && (step as number) > before && (step as number) <= steps)) {
      throw refusal(`evaluations.${i}.step`, 'in-order', steps);
    }
    before = step as number;
    if (!isObject(sets) || Object.keys(sets).length > MOST_SETS || Object.hasOwn(sets, '__proto__')) {
      throw refusal(`evaluations.${i}.sets`, 'sets', MOST_SETS);
    }
    for (const records of Object.values(sets)) {
      if (!Array.isArray(records) || records.length !== replicas || !records.every(isMetrics)) {
        throw refusal(`evaluations.${i}.sets`, 'metrics', replicas);
      }
    }
    return { step: before, sets: sets as Record<string, Record<string, number>[]> };
  });
}

function isMetrics(record: unknown): record is Record<string, number> {
  if (!isObject(record) || Object.hasOwn(record, '__proto__')) return false;
  const values: unknown[] = Object.values(record);
  if (values.length > MOST_METRICS || !reviveAll(values)) return false;
  Object.keys(record).forEach((name, i) => (record[name] = values[i]));
  return true;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * JSON has no NaN and no Infinity: it writes null, which is NaN where a number is wanted, and nowhere else.
 * @returns whether the list holds nothing but numbers, now that nulls are NaN
 */
function reviveAll(list: unknown[]): list is number[] {
  for (let i = 0; i < list.length; i++) {
    const item = list[i];
    if (item === null) list[i] = NaN;
    else if (typeof item !== 'number') return false;
  }
  return true;
}
