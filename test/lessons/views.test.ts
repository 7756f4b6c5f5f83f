/** The views of lessons: the same findings under other values, recorded or one's own. */
import { describe, expect, it, test } from 'vitest';
import { LESSONS, findLesson } from '../../src/lessons/index.ts';
import type { Figure, Findings, Lesson, Results, ViewValues } from '../../src/lessons/lesson.ts';
import { unusual, viewValues } from '../../src/lessons/views.ts';
import { recordingOf } from '../support/recording.ts';
import { planted } from './planted.ts';

const recorded = (name: string): Findings => recordingOf(name).findings;
const lessonOf = (name: string): Lesson => findLesson(name)!;
const look = (name: string, findings: Findings, values: ViewValues): Findings => {
  const views = lessonOf(name).views!;
  return views.look(findings, viewValues(views, values));
};
const figure = ({ figures }: Findings, name: string): Figure => figures.find((one) => one.name === name)!;

const anyModels = (lesson: Lesson): Results =>
  planted(lesson, (N) => {
    const exactLoss = 0.45 + 8 * N ** -0.45;
    const known = 1 / (1 + Math.exp(20 * (exactLoss - 0.62)));
    return { exactLoss, ranks101to300: known, ranks301to1000: known / 2, ranks1001to3000: known / 4 };
  });

test('values that do not fit have no effect', () => {
  const views = lessonOf('mirage').views!;
  expect(viewValues(views)).toEqual({ metric: 'both', m: 10 });
  expect(viewValues(views, { m: 5, metric: 'items', other: 1 })).toEqual({ metric: 'items', m: 5 });
  expect(viewValues(views, { m: 1e9, metric: 'loss' })).toEqual({ metric: 'both', m: 30 });
  expect(viewValues(views, { m: 4.4, metric: 3 })).toEqual({ metric: 'both', m: 4 });
  expect(viewValues(views, { m: '5' })).toEqual({ metric: 'both', m: 10 });
  expect(unusual(views, { metric: 'both', m: 5 })).toEqual({ m: 5 });
});

describe.each(LESSONS.filter(({ views }) => views).map(({ name }) => name))('%s', (name) => {
  it('leaves findings as they are under the usual values, but for what it adds', () => {
    const findings = lessonOf(name).judge(anyModels(lessonOf(name)), 'standard');
    const before = structuredClone(findings);
    const seen = look(name, findings, {});
    expect(findings).toEqual(before);
    expect(seen.verdict).toEqual(before.verdict);
    for (const shown of seen.figures) expect(shown.series).toEqual(figure(before, shown.name).series);
  });

  it('says in both languages what the recorded run shows', () => {
    const { remark } = look(name, recorded(name), {});
    expect(remark!.en).toBeTruthy();
    expect(remark!.zh).toBeTruthy();
  });

  it('bears having nothing to show yet', () => {
    const nothing = lessonOf(name).judge({ runs: new Map(), benchmarks: new Map() }, 'standard');
    expect(look(name, nothing, {}).verdict).toEqual(nothing.verdict);
  });
});

describe('mirage', () => {
  const share = (width: number): number => 0.99 / (1 + (12 / width) ** 1.7);
  const lesson = lessonOf('mirage');
  const own = lesson.judge(
    planted(lesson, (_N, _D, width) => ({ exactLoss: 1, ranks101to300: share(width) })),
    'standard',
  );

  it.each([
    ['own', own],
    ['recorded', recorded('mirage')],
  ])('scores the %s models in exams of another length', (_, findings) => {
    const items = figure(findings, 'metrics').series[0]!.y as number[];
    const [, exams] = figure(look('mirage', findings, { m: 3 }), 'metrics').series;
    expect(exams!.name.en).toContain('3');
    exams!.y.forEach((y, i) => expect(y).toBeCloseTo(items[i]! ** 3, 3));
    expect(look('mirage', findings, { m: 3 }).verdict).toEqual(findings.verdict);
  });

  it('shows one metric alone; exams of one question are questions', () => {
    const items = figure(look('mirage', own, { metric: 'items' }), 'metrics').series;
    const exams = figure(look('mirage', own, { metric: 'exams', m: 1 }), 'metrics').series;
    expect([items.length, exams.length]).toEqual([1, 1]);
    expect(exams[0]!.y).toEqual(items[0]!.y);
  });
});

describe('loss-decides', () => {
  it('shows one axis, and says how much it explains', () => {
    const findings = recorded('loss-decides');
    for (const axis of ['size', 'loss', 'compute']) {
      const { figures, remark } = look('loss-decides', findings, { axis });
      expect(figures.map(({ name }) => name)).toEqual([`by-${axis}`, 'bands', 'fair', 'other-data']);
      expect(remark!.en).toContain(axis);
    }
    expect(look('loss-decides', findings, { axis: 'loss' }).figures[0]!.marks).toHaveProperty('threshold');
  });
});

describe('the-bill', () => {
  const lesson = lessonOf('the-bill');
  const own = lesson.judge(
    planted(lesson, (_N, D) => ({ exactLoss: 0.42 + 30 * D ** -0.45 })),
    'standard',
  );

  it.each([
    ['own', own],
    ['recorded', recorded('the-bill')],
  ])('bills the %s run at another power and price', (_, findings) => {
    const { seconds } = findings.verdict.numbers;
    const { verdict, tables, figures } = look('the-bill', findings, { watts: 120, price: 0.4 });
    const kilowattHours = (120 * seconds!) / 3.6e6;
    expect(verdict.numbers.kilowattHours! / kilowattHours).toBeCloseTo(1, 9);
    expect(verdict.numbers.cost! / (0.4 * kilowattHours)).toBeCloseTo(1, 9);
    expect(verdict.numbers.yearsForGpt4).toBe(findings.verdict.numbers.yearsForGpt4);
    expect(tables.map(({ name }) => name).sort()).toEqual(findings.tables.map(({ name }) => name).sort());
    expect(tables.find(({ name }) => name === 'own')!.rows[0]!.slice(0, 2)).toEqual(['120 W', 120]);
    expect(figure({ ...findings, figures }, 'money').series[0]!.y[0]! / (0.4 * kilowattHours)).toBeCloseTo(
      1,
      9,
    );
  });
});
