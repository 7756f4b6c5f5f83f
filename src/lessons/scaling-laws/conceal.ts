/** What may be seen of scaling-laws before the learner has said what the largest model will reach. */
import type { Figure, Findings, Series, Table } from '../lesson.ts';
import { text } from '../shared/text.ts';

/** Numbers that the seven smaller models give alone. */
const BEFORE = ['predicted', 'low', 'high', 'alpha'];

export function conceal(findings: Findings): Findings {
  const { numbers, refutedBy } = findings.verdict;
  const [predicted, low, high] = BEFORE.map((name) => numbers[name]?.toFixed(3) ?? '–');
  return {
    ...findings,
    tables: findings.tables.filter(({ name }) => name !== 'held-out' && name !== 'joint').map(withoutLargest),
    figures: findings.figures.map(open),
    verdict: {
      outcome: 'not-enough-evidence',
      numbers: Object.fromEntries(Object.entries(numbers).filter(([name]) => BEFORE.includes(name))),
      sentence: text(
        `From seven smaller models the law predicts ${predicted} [${low}, ${high}] nats for the eighth. What it reached is shown when you have set your own line.`,
        `幂律由七个较小的模型预测第八个的损失为 ${predicted} [${low}, ${high}] 纳特。放好你自己的横线后，才显示它的实测值。`,
      ),
      refutedBy,
    },
  };
}

/** Neither the held-out point, nor the guesses beside it, nor the curve of the largest model. */
function open(figure: Figure): Figure {
  const isLargest = ({ rank }: Series): boolean =>
    figure.name === 'curves' && rank?.[0] === (rank?.[1] ?? NaN) - 1;
  const series = figure.series.filter(
    (one) => one.role !== 'held-out' && one.role !== 'control' && !isLargest(one),
  );
  return { ...figure, series };
}

function withoutLargest(table: Table): Table {
  return table.name === 'runs' ? { ...table, rows: table.rows.slice(0, -1) } : table;
}
