/** What the-bill measures: FLOPs and time of the run, and what they come to in energy and money. */
import { type Bill, billOfTime, reference } from '../../scaling/index.ts';
import type { Results } from '../lesson.ts';
import { known } from '../shared/evidence.ts';
import { finished, lastMetric, type Point, trainingCompute } from '../shared/runs.ts';
import { KEY, SHORTER_KEYS } from './design.ts';

/** Power of the learner's device, W: a page can't measure it. */
export const WATTS = reference('laptop-power').value;
/** USD per kWh: what a household paid in the US in 2023 on average (Energy Information Administration). */
export const PRICE = 0.16;
/** Litres of water per kWh, in the data centre and where its electricity is made, to the tenth that the input has. */
export const WATER = Number(
  (reference('water-on-site').value + reference('water-of-electricity').value).toFixed(1),
);
export const SECONDS_PER_YEAR = 365.25 * 86400;

/** What a run did, and what a device of some power and price would ask for it. */
export interface Measured {
  flopsPerSecond: number;
  bill: Bill;
  tariff: Tariff;
}

interface Tariff {
  watts: number;
  /** USD per kWh */
  price: number;
  /** litres per kWh */
  water: number;
}
export const USUAL: Tariff = { watts: WATTS, price: PRICE, water: WATER };

export function measure(flops: number, seconds: number, tariff: Tariff): Measured | undefined {
  const flopsPerSecond = flops / seconds;
  if (!(flopsPerSecond > 0) || !Number.isFinite(flopsPerSecond)) return undefined;
  const device = { flopsPerSecond, watts: tariff.watts };
  return {
    flopsPerSecond,
    tariff,
    bill: billOfTime(flops, seconds, device, { perKilowattHour: tariff.price }),
  };
}

/** What more compute buys: the reducible loss (nats above the floor) against the FLOPs of training, and its law. */
export interface Returns {
  /** x FLOPs, y nats */
  points: Point[];
  /** of the line through the logarithms: reducible loss ∝ C^(−exponent) */
  exponent: number;
  /** reducible loss at one FLOP by that line */
  scale: number;
}

/** None where a run is missing, or has come to the floor. */
export function returnsOf(results: Results): Returns | undefined {
  const points = [...SHORTER_KEYS, KEY].flatMap((key): Point[] => {
    const run = finished(results, key);
    if (!run) return [];
    const y = lastMetric(run, 'facts', 'exactLoss') - (run.floor ?? 0);
    return y > 0 ? [{ x: trainingCompute(run), y }] : [];
  });
  if (points.length <= SHORTER_KEYS.length) return undefined;
  const [x, y] = [points.map((point) => Math.log(point.x)), points.map((point) => Math.log(point.y))];
  const [mx, my] = [x, y].map((values) => values.reduce((sum, value) => sum + value, 0) / values.length) as [
    number,
    number,
  ];
  const slope =
    x.reduce((sum, value, i) => sum + (value - mx) * (y[i]! - my), 0) /
    x.reduce((sum, value) => sum + (value - mx) ** 2, 0);
  return { points, exponent: -slope, scale: Math.exp(my - slope * mx) };
}

/** The factor in compute that halves the reducible loss; not finite where it doesn't fall. */
export function halvingFactor({ exponent }: Returns): number {
  return exponent > 0 ? 2 ** (1 / exponent) : Infinity;
}

/** The numbers that depend on power and price. */
export function energyNumbers({ bill: own, tariff }: Measured): Record<string, number> {
  return known({
    kilowattHours: own.kilowattHours,
    cost: own.electricity,
    waterLitres: own.kilowattHours * tariff.water,
    watts: tariff.watts,
    pricePerKilowattHour: tariff.price,
  });
}

/** Years of this device for some FLOPs. */
export function years(flops: number, { flopsPerSecond }: Measured): number {
  return flops / flopsPerSecond / SECONDS_PER_YEAR;
}
