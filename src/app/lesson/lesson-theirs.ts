/** The prediction and result of a link's sender: the prediction is shown at once, the result when the learner has predicted, too. */
import { html, nothing, type TemplateResult } from 'lit';
import type { ChartSeries, Prediction } from '../../components/index.ts';
import type { Findings, Outcome } from '../../lessons/lesson.ts';
import { type Points, type Question, thinned } from '../../lessons/question.ts';
import type { Shared } from '../sharing/sharing.ts';
import { strings } from './lesson-strings.ts';
import { saidOf, withUnit } from './prediction-control.ts';

type Result = NonNullable<Shared['result']>;

const OUTCOMES: Record<Outcome, 'holds' | 'doesNotHold' | 'notEnoughEvidence'> = {
  holds: 'holds',
  'does-not-hold': 'doesNotHold',
  'not-enough-evidence': 'notEnoughEvidence',
};

/** What a link says of a result beside its numbers: the curve that the question is about, and the verdict. */
export function resultOf(
  question: Question,
  { figures, verdict }: Findings,
): Pick<Result, 'curve' | 'outcome'> {
  const figure = figures.find(({ name }) => name === question.figure);
  const series = figure && question.asked?.(figure);
  return { outcome: verdict.outcome, ...(series && { curve: thinned(series) }) };
}

/** @param isSeen the learner has predicted, or asked to be shown */
export function renderTheirs(
  question: Question,
  theirs: Prediction | undefined,
  result: Result | undefined,
  isSeen: boolean,
): TemplateResult | typeof nothing {
  const words = strings.theirs;
  const said = saidOf(question, theirs);
  const got = result?.numbers[question.value];
  const parts: string[] = [];
  if (said !== undefined) parts.push(words.said(withUnit(question, said)));
  else if (theirs) parts.push(words.drew);
  if (result && !isSeen) parts.push(words.waits);
  if (isSeen && got !== undefined) parts.push(words.got(withUnit(question, got)));
  if (isSeen && result?.outcome) parts.push(words.outcomes[OUTCOMES[result.outcome]]);
  if (isSeen && result) parts.push(words.compare);
  if (!parts.length) return nothing;
  return html`<p class="theirs" data-testid="theirs">${parts.join(' ')}</p>`;
}

/** The sender's prediction and result as curves, for the figure that the question is about. */
export function theirCurves(
  question: Question,
  theirs: Prediction | undefined,
  result: Result | undefined,
  isSeen: boolean,
): ChartSeries[] {
  const curve = (id: string, label: string, points: Points, more: Partial<ChartSeries>): ChartSeries => ({
    id,
    label,
    x: points.map(([x]) => x),
    y: points.map(([, y]) => y),
    color: 'c4',
    ...more,
  });
  const words = strings.theirs;
  const drawn = theirs && pathOf(question, theirs);
  return [
    ...(drawn ? [curve('their prediction', words.prediction, drawn, { dash: [2, 5] })] : []),
    ...(isSeen && result?.curve ? [curve('their run', words.run, result.curve, { width: 2.5 })] : []),
  ];
}

/** A predicted place on the horizontal axis is no curve: it is only put into words. */
function pathOf(question: Question, { points }: Prediction): Points | undefined {
  if (question.kind === 'curve') return points;
  if (question.kind !== 'level') return undefined;
  return question.x.range.map((x) => [x, points[0]![1]] as const);
}
