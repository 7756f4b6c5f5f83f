import { describe, expect, it } from 'vitest';
import { growthAxes, SIZES, transformerOf } from '../../bench/growth/axes.ts';
import { exponent, localExponents } from '../../bench/growth/exponent.ts';
import { buildMeasured, growthOf, predictedBytes } from '../../bench/growth/measure.ts';
import { replicaChart } from '../../bench/growth/table.ts';
import { readGrowthArguments } from '../../bench/growth.ts';
import { tinyMlpCase } from '../../src/bench/workloads.ts';
import { useDevice } from '../support/device.ts';

const device = useDevice();

describe('exponents', () => {
  it('are found where they were planted', () => {
    const x = [1, 2, 4, 16];
    expect(
      exponent(
        x,
        x.map((value) => 3 * value ** 1.7),
      ),
    ).toBeCloseTo(1.7, 12);
    const [flat, linear] = localExponents([1, 2, 4], [5, 5, 10]);
    expect(flat).toBeCloseTo(0, 12);
    expect(linear).toBeCloseTo(1, 12);
  });

  it('need two sizes and positive numbers', () => {
    expect(() => exponent([2, 2], [1, 2])).toThrow(RangeError);
    expect(() => exponent([1, 2], [0, 1])).toThrow(RangeError);
  });

  it('tell time from FLOPs', () => {
    const at = (value: number) => ({
      value,
      msPerStep: value,
      flops: 1e6 * value ** 2,
      predictedBytes: 4,
      measuredBytes: 8,
    });
    const growth = growthOf({ name: 'replicas', description: '' }, [1, 2, 8].map(at));
    expect(growth.exponents.timeByAxis).toBeCloseTo(1, 12);
    expect(growth.exponents.flopsByAxis).toBeCloseTo(2, 12);
    expect(growth.exponents.timeByFlops).toBeCloseTo(0.5, 12);
    expect(growth.points[0]!.localExponent).toBeUndefined();
    expect(growth.points[2]!.localExponent).toBeCloseTo(0.5, 12);
    expect(replicaChart(growth)).toContain('ms per model-step');
  });
});

describe('axes', () => {
  it.each(SIZES)('of size %s are valid specs that change one number', (size) => {
    for (const axis of growthAxes(size)) {
      const { spec } = axis.at(axis.values.at(-1)!);
      const last = axis.values.at(-1);
      const { model } = spec;
      if (axis.name === 'replicas') expect(spec.replicas).toBe(last);
      if (axis.name === 'batch') expect(spec.batch).toBe(last);
      if (axis.name === 'width') expect(model).toMatchObject({ width: last });
      if (axis.name === 'depth') expect(model).toMatchObject({ layers: last });
      if (axis.name === 'context') expect(axis.at(last!).data.inputWidth).toBe(last);
    }
  });
});

describe('memory', () => {
  it.each([
    ['a transformer', transformerOf({ depth: 1, width: 16, headWidth: 8, context: 8, batch: 2 })],
    ['a deeper one', transformerOf({ depth: 3, width: 32, headWidth: 16, context: 16, batch: 4 })],
    ['an MLP', tinyMlpCase(1)],
    ['replicas', tinyMlpCase(8)],
  ])('of %s is what was predicted, and the loss readback', async (_name, given) => {
    const predicted = predictedBytes(device(), given);
    const { subject, bytes } = await buildMeasured(device(), given);
    subject.destroy();
    expect(bytes).toBe(predicted + 4 * given.spec.replicas);
  });
});

describe('arguments', () => {
  it('say what is allowed', () => {
    expect(() => readGrowthArguments(['--size', 'huge'])).toThrow(/small, standard/);
    expect(() => readGrowthArguments(['--axis', 'height'])).toThrow(/width, depth, .* not "height"/);
    expect(() => readGrowthArguments(['--seconds', '0'])).toThrow(/--seconds: must be an integer/);
    expect(() => readGrowthArguments(['--fast'])).toThrow(/known options are/);
    expect(readGrowthArguments(['--axis', 'batch']).axes).toHaveLength(1);
  });
});
