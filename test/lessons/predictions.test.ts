/** What each lesson asks: on which figure, what of it is given, and that nothing of the answer is. */
import { describe, expect, it } from 'vitest';
import { LESSONS } from '../../src/lessons/index.ts';
import type { Figure } from '../../src/lessons/lesson.ts';
import { conceal, type Question } from '../../src/lessons/question.ts';
import { replayed } from '../../src/lessons/replay.ts';
import { compare } from '../../src/lessons/score.ts';
import { recordingOf, RECORDINGS } from '../support/recording.ts';

/** That a recording is missing, complete.test.ts says. */
const RECORDED = RECORDINGS.flatMap(({ lesson, size }) =>
  LESSONS.filter(({ name }) => name === lesson).map(({ name, question }) => [name, size, question] as const),
);

const pointsOf = ({ series }: Figure): number => series.reduce((sum, { x }) => sum + x.length, 0);

describe.each(RECORDED)('%s, %s', (name, size, question) => {
  const { findings } = recordingOf(name, size);
  const figure = findings.figures.find((one) => one.name === question.figure)!;
  const got = findings.verdict.numbers[question.value]!;

  it('asks for a number of the run, on one of its figures', () => {
    expect(Number.isFinite(got)).toBe(true);
    expect(figure, question.figure).toBeDefined();
    for (const axis of ['x', 'y'] as const) {
      expect(question[axis]).toMatchObject({ label: figure[axis].label, scale: figure[axis].scale });
    }
  });

  it('gives part of that figure, and nothing else', () => {
    const { figures, tables, verdict, fits, listings } = conceal(question, findings);
    expect([tables, fits, verdict.numbers, verdict.sentence.en, listings]).toEqual([
      [],
      {},
      {},
      '',
      undefined,
    ]);
    expect(figures.map((one) => one.name)).toEqual([question.figure]);
    if (question.kind !== 'curve') {
      expect(JSON.stringify(figures[0])).not.toContain(JSON.stringify(got));
      return;
    }
    const asked = question.asked?.(figure);
    expect(asked).toBeDefined();
    // Of the curve that is asked for, at most its beginning.
    const seen = figures[0]!.series.filter(({ name }) => name.en === asked!.name.en);
    for (const { x } of seen)
      expect(Math.max(...x)).toBeLessThanOrEqual(question.from ?? Math.min(...asked!.x));
  });

  it('has room for the answer on its axes, where it has one', () => {
    if (question.kind === 'number') return;
    const [low, high] = question[question.kind === 'point' ? 'x' : 'y'].range;
    const asked = question.kind === 'curve' ? question.asked!(figure)!.y : [got];
    for (const value of asked) {
      expect(value).toBeGreaterThanOrEqual(low);
      expect(value).toBeLessThanOrEqual(high);
    }
  });

  it('counts a right prediction as right, and a far one as nothing', () => {
    const [right, wrong] = [
      compare(question, rightOf(question, figure, got), findings)!,
      wrongOf(question, figure),
    ];
    expect(right.points).toBeGreaterThanOrEqual(97);
    if (right.got !== undefined) expect(right.got).toBe(got);
    expect(compare(question, wrong, findings)!.points).toBeLessThan(45);
  });

  it('is replayed from nothing, or little, to all', () => {
    const order = question.replay ?? 'x';
    const counts = [0, 0.25, 0.5, 0.75, 1].map((share) => pointsOf(replayed(figure, share, order)));
    expect(counts).toEqual(counts.toSorted((a, b) => a - b));
    expect(counts.at(-1)).toBe(pointsOf(figure));
    expect(counts[0]).toBeLessThan(counts[4]! / 2);
  });
});

function rightOf({ kind, asked }: Question, figure: Figure, got: number): [number, number][] {
  if (kind === 'point') return [[got, 0]];
  if (kind !== 'curve') return [[0, got]];
  const { x, y } = asked!(figure)!;
  return x.flatMap((position, i): [number, number][] => (y[i] === null ? [] : [[position, y[i]!]]));
}

/** At the other end of what the axis shows. */
function wrongOf({ kind, asked, x, y }: Question, figure: Figure): [number, number][] {
  if (kind === 'point') return [[x.range[0] / 10, 0]];
  if (kind !== 'curve') return [[0, y.range[1] * 1e6]];
  const { x: places, y: values } = asked!(figure)!;
  const middle = (y.range[0] + y.range[1]) / 2;
  return places.map((place, i) => [place, values[i]! < middle ? y.range[1] : y.range[0]]);
}
