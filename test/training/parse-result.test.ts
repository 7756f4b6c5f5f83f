/** What a file or a database holds is a result only where its shape and its spec say so. */
import { describe, expect, it } from 'vitest';
import { SchemaError } from '../../src/schema.ts';
import { parseResult } from '../../src/training/results/parse-result.ts';
import type { RunResult } from '../../src/training/results/result.ts';
import { parseSpec } from '../../src/training/spec/spec.ts';

const spec = parseSpec({ task: { name: 'shapes' }, replicas: 2, steps: 2 });

const result: RunResult = {
  spec,
  device: 'a device',
  date: '2026-11-28T12:00:00.000Z',
  outcome: 'finished',
  step: 2,
  divergedAt: 1,
  divergences: [{ replica: 1, step: 1 }],
  parameters: 4546,
  flopsPerStep: 1e6,
  tokensPerStep: 128,
  floor: 0.1,
  from: { spec, step: 5 },
  seconds: 1.5,
  compileSeconds: 0.5,
  losses: {
    first: 0,
    values: [
      [0.7, 0.6],
      [0.7, NaN],
    ],
  },
  evaluations: [
    { step: 0, sets: { validation: [{ loss: 0.7, accuracy: 0.5 }, { loss: 0.8 }] } },
    { step: 2, sets: { validation: [{ loss: 0.6 }, { loss: NaN }] } },
  ],
};

const stored = (): Record<string, unknown> => JSON.parse(JSON.stringify(result)) as Record<string, unknown>;

describe('a result that was kept', () => {
  it('is read back as it was, NaN included', () => {
    expect(parseResult(stored(), { spec })).toEqual(result);
    expect(parseResult(structuredClone(result))).toEqual(result);
  });

  it('of an earlier version, without options and fields that came later, is still read', () => {
    const { divergences: _, ...before } = stored();
    const { trainingFractions: __, ...older } = JSON.parse(JSON.stringify(spec)) as Record<string, unknown>;
    const { divergences: ___, ...expected } = result;
    expect(parseResult({ ...before, spec: older }, { spec })).toEqual(expected);
  });

  it('may have its keys in any order', () => {
    const reversed = Object.fromEntries(Object.entries(spec).reverse());
    expect(parseResult({ ...stored(), spec: reversed }, { spec }).spec).toEqual(spec);
  });

  it('is refused where it is another run’s, in words that say in what', () => {
    const other = parseSpec({ ...spec, seed: 2, model: { kind: 'mlp', hidden: [96] } });
    expect(() => parseResult(stored(), { spec: other })).toThrow(
      "result: is another run's: model.hidden is [64,64], not [96]; seed is 1, not 2",
    );
  });

  it.each<[string, unknown, string]>([
    ['nothing', undefined, 'must be the result of a run'],
    ['null', null, 'must be the result of a run'],
    ['a number', 5, 'must be the result of a run'],
    ['a list', [], 'must be the result of a run'],
    ['an empty object', {}, 'outcome'],
    ['another version’s spec', { ...result, spec: { ...spec, future: 1 } }, 'made by a newer version'],
    ['no spec', { ...result, spec: [] }, 'spec'],
    ['an outcome that there is not', { ...result, outcome: 'won' }, 'outcome: must be one of'],
    ['a step behind the last', { ...result, step: 3 }, 'step: is 3 of 2'],
    ['a run that ended before its end', { ...result, step: 1 }, 'step: is 1 of 2, where the run is finished'],
    ['a step that is no number', { ...result, step: null }, 'step: must be an integer'],
    ['seconds that are no number', { ...result, seconds: null }, 'seconds: must be a number'],
    ['no losses', { ...result, losses: {} }, 'losses'],
    ['too few replicas', { ...result, losses: { first: 0, values: [[1, 2]] } }, 'each of 2 replicas'],
    ['curves of two lengths', { ...result, losses: { first: 0, values: [[1], [1, 2]] } }, 'as many losses'],
    ['texts for losses', { ...result, losses: { first: 0, values: [['1'], [2]] } }, 'values.0: must be'],
    [
      'losses behind the end',
      {
        ...result,
        losses: {
          first: 1,
          values: [
            [1, 2],
            [1, 2],
          ],
        },
      },
      'step 3 of 2',
    ],
    ['evaluations that are no list', { ...result, evaluations: {} }, 'evaluations: must be a list'],
    ['an evaluation that is null', { ...result, evaluations: [null] }, 'evaluations.0.step'],
    ['steps out of order', { ...result, evaluations: result.evaluations.toReversed() }, 'evaluations.1.step'],
    ['metrics of one replica', evaluated([{ loss: 1 }]), 'evaluations.0.sets: must have numbers by name'],
    ['metrics that are texts', evaluated([{ loss: '1' }, {}]), 'evaluations.0.sets: must have numbers'],
    ['metrics that are null', evaluated([null, null]), 'evaluations.0.sets: must have numbers'],
    ['a replica that is not there', { ...result, divergences: [{ replica: 2, step: 1 }] }, 'divergences'],
    [
      'a replica that diverged twice',
      { ...result, divergences: [1, 2].map((step) => ({ replica: 0, step })) },
      'divergences',
    ],
    ['divergences that are none', { ...result, divergences: { length: 1e9 } }, 'divergences'],
  ])('%s is refused', (_, input, message) => {
    const copy: unknown = structuredClone(input);
    expect(() => parseResult(copy)).toThrow(SchemaError);
    expect(() => parseResult(copy)).toThrow(message);
  });

  it('of a million losses is checked in a fraction of a second', () => {
    const steps = 100_000;
    const long = parseSpec({ task: { name: 'shapes' }, steps, replicas: 10 });
    const values = Array.from({ length: 10 }, () => Array<number>(steps).fill(0.5));
    const started = performance.now();
    parseResult({ ...result, spec: long, step: steps, losses: { first: 0, values }, evaluations: [] });
    expect(performance.now() - started).toBeLessThan(300);
  });
});

function evaluated(records: unknown[]): unknown {
  return { ...result, evaluations: [{ step: 0, sets: { validation: records } }] };
}
