/** A replica that diverged is named with its step wherever replicas are summed up, and means are over the others. */
import { describe, expect, it } from 'vitest';
import { liveFigure } from '../src/figures/live-figure.ts';
import { lossCurves } from '../src/app/runs/loss-curves.ts';
import { PartialRun } from '../src/running/partial.ts';
import { RunHistory } from '../src/app/runs/run-history.ts';
import { heldOut } from '../src/app/sandbox/sweep-results.ts';
import { summary } from '../src/cli/run.ts';
import { judgeSpec } from '../src/embed/spec-findings.ts';
import { judge } from '../src/lessons/judge.ts';
import { lesson as inTime } from '../src/lessons/emergence-in-time/lesson.ts';
import { firstSound } from '../src/lessons/shared/replicas.ts';
import { lastMetric, metricCurve, trainingCurve } from '../src/lessons/shared/runs.ts';
import { divergencesOf, meanOfOthers, tellDivergences } from '../src/replicas.ts';
import type { RunResult } from '../src/training/results/result.ts';
import { flopsPerStep } from '../src/training/spec/flops.ts';
import { parseSpec } from '../src/training/spec/spec.ts';
import { sweepTable } from '../src/training/spec/sweep-table.ts';
import { planRun } from '../src/training/spec/sweep.ts';

const spec = parseSpec({ task: { name: 'shapes' }, replicas: 3, steps: 4, batch: 10 });

/** Replica 0 diverges at step 2, after it had stretched the axis. */
const result: RunResult = {
  spec,
  device: 'made up',
  date: '2026-01-01T00:00:00.000Z',
  outcome: 'finished',
  step: 4,
  divergedAt: 2,
  divergences: [{ replica: 0, step: 2 }],
  parameters: 100,
  flopsPerStep: 1,
  tokensPerStep: 30,
  seconds: 1,
  compileSeconds: 1,
  losses: {
    first: 0,
    values: [
      [1, 2e22, Infinity, NaN],
      [1, 2, 3, 4],
      [3, 4, 5, 6],
    ],
  },
  evaluations: [
    { step: 0, sets: { validation: [{ loss: 9 }, { loss: 1 }, { loss: 3 }] } },
    { step: 4, sets: { validation: [{ loss: NaN }, { loss: 2 }, { loss: 4 }] } },
  ],
};
const { divergences: _, ...before } = result;

describe('replicas of which one diverged', () => {
  it('are known from results of before, too', () => {
    expect(divergencesOf(result)).toEqual([{ replica: 0, step: 2 }]);
    expect(divergencesOf(before)).toEqual([{ replica: 0, step: 2 }]);
    const going = { first: 3, values: [Float32Array.of(1, NaN)] };
    expect(divergencesOf({ losses: going })).toEqual([{ replica: 0, step: 4 }]);
  });

  it('have means over the others, and are named', () => {
    expect(meanOfOthers([NaN, 2, 4], divergencesOf(result))).toBe(3);
    expect(meanOfOthers([NaN], [{ replica: 0, step: 1 }])).toBeNaN();
    expect(meanOfOthers([], [])).toBeNaN();
    expect(tellDivergences(divergencesOf(result), 3)).toEqual({
      en: '1 of 3 replicas diverged (replica 0 at step 2); numbers are of the others',
      zh: '3 个副本中有 1 个发散（副本 0 在第 2 步）；数值取自其余副本',
    });
  });

  it('stand in the summary of the command line', () => {
    expect(summary(result)).toContain('1 of 3 replicas diverged (replica 0 at step 2)');
    expect(summary(result)).toContain('validation at step 4: loss 3.0000');
    expect(summary({ ...result, divergences: [] })).not.toContain('diverged');
  });

  it('have rows of their own in the table of a sweep', () => {
    const run = planRun(JSON.parse(JSON.stringify(spec)) as Record<string, unknown>, {});
    const { columns, rows } = sweepTable([run], new Map([[run.id, result]]));
    const records = rows.map((row) => Object.fromEntries(columns.map((name, i) => [name, row[i]])));
    expect(records).toMatchObject([
      {
        replica: 0,
        D: 20,
        C: 2 * flopsPerStep(spec),
        '6 N D': 6 * 100 * 20,
        outcome: 'diverged',
        loss: NaN,
        'validation.loss': NaN,
      },
      { replica: 1, D: 40, outcome: 'finished', loss: 2 },
      { replica: 2, D: 40, outcome: 'finished', loss: 4 },
    ]);
  });

  it('are left out of the sums of pages and of the embedded figure', () => {
    expect(heldOut(result)).toBe(3);
    const [training, validation] = liveFigure(result).series;
    expect(training!.y).toEqual([2, 3, 4, 5]);
    expect(validation!.y).toEqual([2, 3]);
    expect(judgeSpec({ runs: new Map([['a', result]]), benchmarks: new Map() }).verdict.numbers).toEqual({
      a: 3,
    });
  });

  it('are left out of a live curve from its beginning, as soon as they are known', () => {
    const history = new RunHistory(3);
    const step = (first: number): void => {
      const losses = Float32Array.from(result.losses.values.map((values) => values[first]!));
      history.addLosses({ kind: 'losses', first, replicas: 3, losses }, first);
    };
    history.addEvaluation({ kind: 'evaluation', ...result.evaluations[0]! });
    step(0);
    step(1);
    expect(history.training.latest).toBeGreaterThan(1e20);
    step(2);
    step(3);
    history.addEvaluation({ kind: 'evaluation', ...result.evaluations[1]! });
    expect(history.diverged).toEqual([{ replica: 0, step: 2 }]);
    expect([...history.training.mean.values]).toEqual([2, 3, 4, 5]);
    expect([...history.training.high.values]).toEqual([3, 4, 5, 6]);
    expect([...history.validation.mean.values]).toEqual([2, 3]);
    expect(history.metrics.get('loss')).toEqual([2, 3]);
    const drawn = lossCurves(history, undefined);
    expect(drawn.filter(({ thin }) => thin)).toHaveLength(4);
    expect(Math.max(...drawn.flatMap(({ y }) => Array.from(y)))).toBe(6);
  });

  it('keep their curve where all have diverged', () => {
    const history = new RunHistory(2);
    history.addLosses({ kind: 'losses', first: 0, replicas: 2, losses: Float32Array.of(1, 3, NaN, NaN) }, 1);
    expect([...history.training.mean.values]).toEqual([2, NaN]);
    expect(history.diverged).toHaveLength(2);
  });

  it('are known of a run under way', () => {
    const partial = new PartialRun({ ...result });
    partial.hear({
      kind: 'losses',
      key: 'a',
      first: 0,
      replicas: 3,
      losses: Float32Array.of(1, 1, 1, 1, NaN, 1),
    });
    expect(partial.result.divergences).toEqual([{ replica: 1, step: 1 }]);
  });

  it('are left out of what lessons read', () => {
    expect(lastMetric(result, 'validation', 'loss')).toBe(3);
    expect(metricCurve(result, 'validation', 'loss').map(({ y }) => y)).toEqual([2, 3]);
    expect(firstSound(result)).toBe(1);
    expect(trainingCurve(result, 1)[0]!.y).toBe(2.5);
  });

  it('are named in the sentence of the verdict, in both languages', () => {
    const verdict = (run: RunResult) =>
      judge(inTime, { runs: new Map([['a-run', run]]), benchmarks: new Map() }, 'small').verdict.sentence;
    expect(verdict(result).en).toContain('In a-run, 1 of 3 replicas diverged (replica 0 at step 2)');
    expect(verdict(result).zh).toContain('副本 0 在第 2 步');
    expect(verdict({ ...result, divergences: [] }).en).not.toContain('diverged');
  });
});
