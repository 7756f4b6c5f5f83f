/**
 * Thirty results of lessons that were really run (ten seeds each of three, size small, on the processor; how they were made:
 * test/support/class/runs.ts), gathered as links, as a document, and as pictures of QR codes: what the class shows is what
 * the runs themselves give.
 */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { decodeResult, fittingResult, MOST_CHARACTERS } from '../../src/class/codec.ts';
import { Pool } from '../../src/class/pool.ts';
import { against, countVerdicts, pooledCurve, quantile, toTable } from '../../src/class/pooled.ts';
import { qrSquares } from '../../src/class/qr.ts';
import { type Given, type MemberResult, memberResult, pooledSeries } from '../../src/class/result.ts';
import { type Picture, readQR } from '../../src/class/scan.ts';
import type { Series } from '../../src/findings/findings.ts';
import type { Recording } from '../../src/findings/recording.ts';
import type { ForClass } from '../../src/lessons/for-class.ts';
import { forClass as learning } from '../../src/lessons/learning/class.ts';
import { forClass as lossDecides } from '../../src/lessons/loss-decides/class.ts';
import { forClass as overtraining } from '../../src/lessons/overtraining/class.ts';

const runs = JSON.parse(
  readFileSync(new URL('../fixtures/class/runs.json', import.meta.url), 'utf8'),
) as Recording[];
const ABOUT: Record<string, ForClass> = {
  learning,
  'loss-decides': lossDecides,
  overtraining,
};
const VALUES: Record<string, string> = {
  learning: 'trainLoss',
  'loss-decides': 'r2Size',
  overtraining: 'trainingRatio',
};
const LESSONS = Object.keys(ABOUT);
const PAGE = 'https://lab.example/scaling/?device=cpu#/class?r=';
const PIXELS = 3;

/** What the i-th learner has, with a prediction and answers that a test can compute again. */
const givenBy = (run: Recording, i: number): Given => ({
  run,
  pooled: ABOUT[run.lesson]!.pooled,
  member: `learner-${String(i).padStart(2, '0')}`,
  prediction: { kind: 'level', points: [[0, 0.3 + 0.01 * i]] },
  before: i % 4,
  after: (i + 1) % 4,
});
const texts = await Promise.all(runs.map(async (run, i) => (await fittingResult(givenBy(run, i))).text));

/** The code as a screen would show it: three pixels for a square, dark on light. */
function pictureOf(text: string): Picture {
  const squares = qrSquares(text);
  const size = squares.length * PIXELS;
  const data = new Uint8ClampedArray(4 * size * size).fill(255);
  squares.forEach((row, y) =>
    row.forEach((dark, x) => {
      if (!dark) return;
      for (let dy = 0; dy < PIXELS; dy++) {
        for (let dx = 0; dx < PIXELS; dx++) {
          const at = 4 * ((y * PIXELS + dy) * size + x * PIXELS + dx);
          data.fill(0, at, at + 3);
        }
      }
    }),
  );
  return { width: size, height: size, data };
}

/** A third each as a link, as a file that another teacher has saved, and as a picture. */
async function gathered(): Promise<Pool> {
  const [pool, elsewhere] = [new Pool(), new Pool()];
  for (const [i, text] of texts.entries()) {
    const link = `${PAGE}${text}`;
    if (i % 3 === 1) elsewhere.add(await decodeResult(link));
    else pool.add(await decodeResult(i % 3 === 2 ? readQR(pictureOf(link))! : link));
  }
  expect(pool.merge(elsewhere.export()).added).toBe(10);
  return pool;
}

test('there are thirty real runs, and the text of each fits', () => {
  expect(runs).toHaveLength(30);
  for (const lesson of LESSONS) {
    const mine = runs.filter((run) => run.lesson === lesson);
    expect(new Set(mine.map(({ seed }) => seed)).size).toBe(10);
    expect(new Set(mine.map(({ digest }) => digest)).size).toBe(10);
  }
  for (const text of texts) expect(text.length).toBeLessThanOrEqual(MOST_CHARACTERS);
});

test('gathered by link, file and QR code they are the results that were given, once each', async () => {
  const pool = await gathered();
  const points = (result: MemberResult): number => result.curve!.x.length;
  const results = pool.results();
  expect(results).toHaveLength(30);
  for (const result of results) {
    const i = Number(result.member.slice(-2));
    expect(result).toEqual(memberResult(givenBy(runs[i]!, i), points(result)));
    expect(points(result)).toBeGreaterThanOrEqual(10);
  }
  for (const text of texts) expect(pool.add(await decodeResult(text))).toBe('known');
  expect(pool.results()).toEqual(results);
});

/** What was measured has five digits in a result, and a curve four. */
const near = (value: number, digits: number): number => Math.abs(value) * 0.6 * 10 ** (1 - digits);

/** A run's points from left to right: those against loss come from right to left. */
function rightwards({ x, y }: Series): Pick<Series, 'x' | 'y'> {
  const order = x.map((_, i) => i).sort((i, j) => x[i]! - x[j]!);
  return { x: order.map((i) => x[i]!), y: order.map((i) => y[i]!) };
}

/** What a run had at a position: between two of its points, on the straight line that joins them; NaN beyond its ends. */
function between({ x, y }: Pick<Series, 'x' | 'y'>, here: number, isLog: boolean): number {
  const same = x.findIndex((each) => Math.abs(each - here) <= near(here, 4));
  if (same >= 0) return y[same]!;
  const right = x.findIndex((each) => each > here);
  if (right < 1) return NaN;
  const scale = (value: number): number => (isLog ? Math.log(value) : value);
  const share = (scale(here) - scale(x[right - 1]!)) / (scale(x[right]!) - scale(x[right - 1]!));
  return (1 - share) * y[right - 1]! + share * y[right]!;
}

test.each(LESSONS)('%s: curves, predictions, verdicts and table are those of the runs', async (lesson) => {
  const results = (await gathered()).results(lesson);
  const mine = runs.filter((run) => run.lesson === lesson);
  const value = VALUES[lesson]!;

  // The chart: at each position of the pooled curve, the quantiles of the runs' own series there.
  const { pooled } = ABOUT[lesson]!;
  const isLog = mine[0]!.findings.figures[0]!.x.scale === 'log';
  const series = mine.map((run) => rightwards(pooledSeries({ run, pooled })!));
  const curve = pooledCurve(results, isLog);
  expect(curve.x.length).toBeGreaterThanOrEqual(10);
  curve.x.forEach((x, i) => {
    const ys = (at: number): number[] => series.map((one) => between(one, at, isLog)).filter(Number.isFinite);
    expect(ys(x).length).toBeGreaterThanOrEqual(5);
    for (const [q, drawn] of [
      [0.5, curve.median[i]!],
      [0.05, curve.low[i]!],
      [0.95, curve.high[i]!],
    ] as const) {
      // Positions were rounded, too: where a curve is steep, that is more than its own digits.
      const own = [x - near(x, 4), x, x + near(x, 4)]
        .map((at) => quantile(ys(at), q))
        .filter(Number.isFinite);
      expect(drawn, `${q} at ${x}`).toBeGreaterThanOrEqual(Math.min(...own) - 2 * near(drawn, 4));
      expect(drawn, `${q} at ${x}`).toBeLessThanOrEqual(Math.max(...own) + 2 * near(drawn, 4));
    }
  });

  const { measured, predicted, off } = against(results, value);
  const truth = mine.map((run) => run.findings.verdict.numbers[value]!);
  const said = runs.flatMap((run, i) => (run.lesson === lesson ? [0.3 + 0.01 * i] : []));
  expect(measured.map((number, i) => Math.abs(number - truth[i]!) <= near(number, 5))).toEqual(
    Array(10).fill(true),
  );
  expect(predicted.map((number, i) => Math.abs(number - said[i]!) <= near(number, 4))).toEqual(
    Array(10).fill(true),
  );
  expect(off).toBeCloseTo(
    quantile(
      said.map((number, i) => Math.abs(number - truth[i]!)),
      0.5,
    ),
    3,
  );

  const outcomes = mine.map((run) => run.findings.verdict.outcome);
  const count = countVerdicts(results, { rate: 0.9 });
  expect([count.of, count.holds, count.doesNotHold, count.notEnough]).toEqual([
    10,
    outcomes.filter((outcome) => outcome === 'holds').length,
    outcomes.filter((outcome) => outcome === 'does-not-hold').length,
    outcomes.filter((outcome) => outcome === 'not-enough-evidence').length,
  ]);

  const [head, ...rows] = toTable(results);
  expect(new Set(head).size).toBe(head!.length);
  const column = (name: string): unknown[] => rows.map((row) => row[head!.indexOf(name)]);
  expect(column('seed')).toEqual(mine.map(({ seed }) => seed));
  expect(column('digest')).toEqual(mine.map(({ digest }) => digest));
  expect(column('outcome')).toEqual(outcomes);
  for (const [name, numbers] of Object.entries(mine[0]!.findings.verdict.numbers)) {
    expect(Math.abs((column(name)[0] as number) - numbers), name).toBeLessThanOrEqual(near(numbers, 5));
  }
});
