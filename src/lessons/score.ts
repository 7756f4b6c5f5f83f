/** A prediction held against what came out: numbers, and points from 0 to 100. */
import type { Findings, Series } from '../findings/findings.ts';
import { conceal, heightAt, type Points, type Question } from './question.ts';

export interface Comparison {
  /** the number that the prediction says; infinite for "never" */
  said?: number;
  /** the number that came out */
  got?: number;
  /** of a drawn curve: how far from what came, on average, as a share of the chart's height */
  apart?: number;
  /** 100 where they agree, 0 where they are as far apart as the lesson calls far, or further */
  points: number;
}

/** Undefined where nothing can be compared yet. */
export function compare(question: Question, predicted: Points, findings: Findings): Comparison | undefined {
  const { kind, value, figure: name } = question;
  const got = findings.verdict.numbers[value];
  const figure = findings.figures.find((one) => one.name === name);
  if (kind === 'curve') {
    const series = figure && question.asked?.(figure);
    const apart = series && distance(question, predicted, series);
    if (apart === undefined) return undefined;
    const given = conceal(question, findings).figures[0]!.series;
    const said = question.said?.(predicted, given);
    // A third of the chart's height, on average, is as good as no idea.
    const points = score(3 * apart);
    return { apart, points, ...(said !== undefined && got !== undefined && { said, got }) };
  }
  const said = predicted[0]?.[kind === 'point' ? 0 : 1];
  if (said === undefined || got === undefined || !Number.isFinite(got)) return undefined;
  return { said, got, points: score(off(question, said, got)) };
}

const score = (share: number): number => Math.round(100 * Math.max(0, 1 - share));

/** 1 where they are as far apart as the lesson calls far. */
function off({ far }: Question, said: number, got: number): number {
  if ('difference' in far) return Math.abs(said - got) / far.difference;
  return said > 0 && got > 0 ? Math.abs(Math.log(said / got)) / Math.log(far.factor) : 1;
}

/** Mean over the measured points where the curve was drawn, as a share of the height of the chart. */
function distance({ y }: Question, predicted: Points, series: Series): number | undefined {
  const [first, last] = [predicted[0]?.[0], predicted.at(-1)?.[0]];
  if (first === undefined || last === undefined) return undefined;
  const scale = (value: number): number => (y.scale === 'log' ? Math.log(value) : value);
  const [low, high] = y.range.map(scale) as [number, number];
  const gaps = series.x.flatMap((x, i) => {
    const measured = series.y[i];
    if (x < first || x > last || measured === null || measured === undefined) return [];
    const gap = Math.abs(scale(heightAt(predicted, x)!) - scale(measured)) / (high - low);
    return Number.isFinite(gap) ? [Math.min(1, gap)] : [];
  });
  return gaps.length ? gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length : undefined;
}
