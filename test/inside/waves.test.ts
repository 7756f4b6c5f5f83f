/** Waves and circles in weights: what is planted is found, what is not there is not, and numbers are those of a direct computation. */
import { describe, expect, it } from 'vitest';
import { circle, type Table, waveShare } from '../../src/inside/waves.ts';
import { Random, Stream } from '../../src/random.ts';

const P = 59;
const H = 64;

/** Each neuron a wave of its own phase, of one of a few frequencies, and noise. */
function planted(noise: number, seed: number): [Table, Table] {
  const random = new Random(seed, Stream.train);
  const frequencies = [3, 11, 20];
  const tables = [0, 1].map(() => new Float64Array(P * H));
  for (let h = 0; h < H; h++) {
    const k = frequencies[h % 3]!;
    for (const table of tables) {
      const phase = 2 * Math.PI * random.uniform();
      for (let a = 0; a < P; a++)
        table[a * H + h] = Math.cos((2 * Math.PI * k * a) / P + phase) + noise * random.normal();
    }
  }
  const [first, second] = tables.map((values) => ({ numbers: P, neurons: H, values }));
  return [first!, second!];
}

function random(seed: number): [Table, Table] {
  const draw = new Random(seed, Stream.train);
  const table = (): Table => ({
    numbers: P,
    neurons: 128,
    values: Float64Array.from({ length: P * 128 }, () => 0.3 * draw.normal()),
  });
  return [table(), table()];
}

/** The share by complex exponentials, without the trick with turns. */
function shareDirectly({ numbers, neurons, values }: Table): number {
  let mean = 0;
  for (let h = 0; h < neurons; h++) {
    const column = Array.from({ length: numbers }, (_, a) => values[a * neurons + h]!);
    const average = column.reduce((sum, x) => sum + x) / numbers;
    const powers = Array.from({ length: (numbers - 1) / 2 }, (_, i) => {
      const k = i + 1;
      const re = column.reduce(
        (sum, x, a) => sum + (x - average) * Math.cos((-2 * Math.PI * k * a) / numbers),
        0,
      );
      const im = column.reduce(
        (sum, x, a) => sum + (x - average) * Math.sin((-2 * Math.PI * k * a) / numbers),
        0,
      );
      return re ** 2 + im ** 2;
    });
    mean += Math.max(...powers) / powers.reduce((sum, x) => sum + x) / neurons;
  }
  return mean;
}

describe('the wave share', () => {
  it('is 1 where each neuron is one wave, and what a direct computation gives elsewhere', () => {
    expect(waveShare(planted(0, 1)[0])).toBeCloseTo(1, 10);
    for (const [table] of [planted(0.5, 2), random(3)]) {
      expect(waveShare(table)).toBeCloseTo(shareDirectly(table), 10);
    }
  });

  it('is about ln(29) / 29 in random weights, and so there is nothing in them', () => {
    expect(waveShare(random(4)[0])).toBeLessThan(0.17);
  });
});

describe('the circle', () => {
  it('is whole where it was planted', () => {
    const { order, wave, neurons, places } = circle(...planted(0, 5));
    expect(order).toBeCloseTo(1, 8);
    expect([3, 11, 20]).toContain(wave);
    expect(neurons).toBeGreaterThan(20);
    places.forEach(([x, y], a) => {
      expect(x).toBeCloseTo(Math.cos((2 * Math.PI * wave * a) / P), 6);
      expect(y).toBeCloseTo(Math.sin((2 * Math.PI * wave * a) / P), 6);
    });
  });

  it('is the same in half the precision', () => {
    const [first, second] = planted(0.7, 6);
    const single = (table: Table): Table => ({ ...table, values: Float32Array.from(table.values) });
    const [double, rounded] = [circle(first, second), circle(single(first), single(second))];
    expect(rounded.wave).toBe(double.wave);
    expect(rounded.order).toBeCloseTo(double.order, 6);
  });

  it('is not found in random weights: a plane that had seen all of them would find one', () => {
    const orders = Array.from({ length: 20 }, (_, seed) => circle(...random(100 + seed)).order);
    expect(Math.max(...orders)).toBeLessThan(0.5);
    expect(orders.reduce((sum, order) => sum + order) / 20).toBeLessThan(0.25);
  });
});
