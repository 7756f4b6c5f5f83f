/** One run has one id, however it is spelled, and is found under the ids that it had before. */
import { describe, expect, it } from 'vitest';
import { Random } from '../../src/random.ts';
import { differences, idsOf } from '../../src/training/spec/identity.ts';
import { parseSpec } from '../../src/training/spec/spec.ts';
import { planRun } from '../../src/training/spec/sweep.ts';
import { planItems } from '../../src/worker/jobs.ts';
import { randomSpec } from '../support/random-spec.ts';

type Json = Record<string, unknown>;

const shapes = { task: { name: 'shapes' } };
const mlp = { task: { name: 'shapes' }, model: { kind: 'mlp' } };

/** The same JSON with the keys of all objects in another order. */
function permuted(value: unknown, random: Random): unknown {
  if (Array.isArray(value)) return value.map((item) => permuted(item, random));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, item]) => [key, permuted(item, random)] as const);
  return Object.fromEntries(random.shuffle(entries));
}

describe('the id of a run', () => {
  it('is the same for random specs, their keys in another order, and their own completed specs', () => {
    const random = new Random(20);
    const ids = new Set<string>();
    for (let i = 0; i < 300; i++) {
      const input = randomSpec(new Random(i));
      const { id, spec } = planRun(input, {});
      const completed = JSON.parse(JSON.stringify(spec)) as Json;
      for (const spelling of [permuted(input, random), completed, permuted(completed, random)]) {
        expect(planRun(spelling as Json, {}).id, JSON.stringify(input)).toBe(id);
        expect(differences(parseSpec(spelling), spec)).toEqual([]);
      }
      expect(planRun({ ...completed, seed: 77 }, {}).id).not.toBe(id);
      ids.add(id);
    }
    expect(ids.size).toBeGreaterThan(290);
  });

  it('is the same with defaults written out one by one', () => {
    const { id, spec } = planRun(shapes, {});
    for (const [key, value] of Object.entries(spec)) {
      expect(planRun({ ...shapes, [key]: value }, {}).id, key).toBe(id);
    }
    for (const [key, value] of Object.entries<unknown>(spec.optimizer)) {
      expect(planRun({ ...shapes, optimizer: { [key]: value, name: 'adamw' } }, {}).id, key).toBe(id);
    }
  });

  it('tells texts apart that differ in one emoji, and takes long ones', () => {
    const own = (text: string) => planRun({ task: { name: 'text', text } }, {}).id;
    expect(own('A smile 😀 or another. '.repeat(20))).not.toBe(own('A smile 😁 or another. '.repeat(20)));
    expect(own('A long text. '.repeat(20_000))).toMatch(/^[0-9a-f]{16}$/);
  });

  /** Ids as the version before gave them, of the spec as it was written and of the completed one. */
  it.each<[Json, Json, string[]]>([
    [shapes, {}, ['ff49b842b9407d42', 'fd10fd38a711dbd4']],
    [shapes, { seed: 2 }, ['1d36230e64260ed2', 'cc9efea43346070f']],
    [mlp, {}, ['fd10fd38a711dbd4']],
    [{ task: { name: 'backoff-language' }, steps: 7 }, {}, ['c79f76cd44d05952', 'dd8af62dad1ed8f8']],
    [
      {
        task: { name: 'factsworld', facts: 256, pool: 4096 },
        model: { kind: 'mlp', activation: 'gelu' },
        batch: 32,
        steps: 20,
      },
      {},
      ['436505f1b7b9159a'],
    ],
    [
      { optimizer: { name: 'muon' }, task: { name: 'induction' }, replicas: 2, learningRates: [0.01, 0.02] },
      {},
      ['98503d5d863ce64a', '6e784254cd96f25f'],
    ],
    [
      {
        task: { name: 'factsworld', facts: 64, pool: 512, validation: 64 },
        trainingFractions: [1, 0.5],
        replicas: 2,
      },
      {},
      ['47fcdf6b7675c25d', 'b4e1da0382311b3a'],
    ],
    [
      { task: { name: 'text', text: 'The cat 😀 sat on the mat. '.repeat(30) } },
      {},
      ['0d88f803dc274818', 'e09517b9319df8f2'],
    ],
  ])('has those of before behind it: %j %j', (spec, values, before) => {
    expect(idsOf(planRun(spec, values))).toEqual(expect.arrayContaining(before));
  });

  it('stays as it was for a spec that names its model', () => {
    expect(planRun(mlp, {}).id).toBe('fd10fd38a711dbd4');
    expect(planRun(shapes, {}).formerIds).toEqual(['ff49b842b9407d42']);
  });

  it('includes the run with whose weights it begins, whichever way either was spelled', () => {
    const items = (a: Json, b: Json) => [
      { key: 'a', spec: a },
      { key: 'b', spec: b, from: 'a' },
      { key: 'c', spec: a, from: 'b' },
    ];
    const plan = (a: Json, b: Json) =>
      planItems(items(a, b)).flatMap((item) => ('run' in item ? [item.run] : []));
    const [, b, c] = plan(shapes, mlp);
    const [, , same] = plan(mlp, shapes);
    expect(b!.id).toBe('fd10fd38a711dbd4 from fd10fd38a711dbd4');
    expect(idsOf(b!)).toContain('fd10fd38a711dbd4 from ff49b842b9407d42');
    expect(idsOf(c!)).toContain('ff49b842b9407d42 from fd10fd38a711dbd4 from ff49b842b9407d42');
    expect(same!.id).toBe(c!.id);
  });
});
