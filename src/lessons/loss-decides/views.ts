/** How loss-decides is looked at: ability against loss, size or compute. */
import type { Figure, Findings, ViewValues } from '../lesson.ts';
import { recordsOf } from '../shared/tables.ts';
import { text } from '../shared/text.ts';

/** What the ability can be shown against; figures are named after them, columns of the scores too. */
export const AXES = [
  { value: 'size', label: text('size', '规模'), column: 'bySize' },
  { value: 'loss', label: text('loss', '损失'), column: 'byLoss' },
  { value: 'compute', label: text('compute', '计算量'), column: 'byCompute' },
] as const;

/** One axis of the three, and how much it explains. */
export function look(findings: Findings, values: ViewValues): Findings {
  const axis = AXES.find(({ value }) => value === values.axis) ?? AXES[0];
  const { thresholdLoss } = findings.verdict.numbers;
  const figures = findings.figures.filter(
    ({ name }) => name === `by-${axis.value}` || !name.startsWith('by-'),
  );
  const explained = recordsOf(findings, 'scores')[0]?.[axis.column];
  return {
    ...findings,
    figures: figures.map((figure) =>
      !figure.name.startsWith('by-') ? figure : { ...figure, marks: momentsIn(figure, thresholdLoss) },
    ),
    ...(typeof explained === 'number' && {
      remark: text(
        `By ${axis.label.en}, a curve that never turns back explains ${explained.toFixed(3)} of the differences in ability between these checkpoints (facts of rank 101 to 300).`,
        `以${axis.label.zh}为横轴，一条不回头的曲线能解释这些检查点能力差异的 ${explained.toFixed(3)}（第 101 至 300 名的事实）。`,
      ),
    }),
  };
}

/** Where the moments of the text lie; an equal loss is shown where the ability begins. */
function momentsIn(
  { name, series }: Figure,
  thresholdLoss: number | undefined,
): NonNullable<Figure['marks']> {
  const last = series.length - 1;
  return {
    'w-8': { series: 0 },
    'w-128': { series: last },
    ...(name === 'by-size' && { 'equal-size': { series: Math.ceil(last / 2) } }),
    ...(name === 'by-loss' &&
      thresholdLoss !== undefined && {
        threshold: { x: thresholdLoss },
        'equal-loss': { x: thresholdLoss },
      }),
  };
}
