/** The verdict of mirage: whether the jump is in the metric and not in the model. */
import { isRefusal, type MirageScore } from '../../scaling/index.ts';
import type { Results, Verdict } from '../lesson.ts';
import { gap, known, notEnough, refusalText } from '../shared/evidence.ts';
import { text } from '../shared/text.ts';
import { ADDITION, keyOf, WIDTHS } from './design.ts';
import { farthest, type Row, type Sum } from './measured.ts';

/** At the last size that all but fails the exam, single questions stand at this share of their final value or more. */
const LEAST_SHARE = 0.35;
/** The items' factor in width over the exam's, at least. */
const LEAST_RATIO = 1.4;
/** Below this the largest model has not learned enough for a final value to mean something. */
const LEAST_FINAL = 0.5;

const REFUTED_BY = text(
  `Single questions below ${LEAST_SHARE * 100}% of their final value where the exam is still below 1% of its own, or a rise of theirs less than ${LEAST_RATIO} times as wide as the exam’s.`,
  `在考试成绩仍不到其终值 1% 的地方，单题正确率也不到其终值的 ${LEAST_SHARE * 100}%；或者单题上升所跨的宽度倍数不到考试的 ${LEAST_RATIO} 倍。`,
);

export function verdictOf(
  results: Results,
  rows: readonly Row[],
  { item, exam, itemShareBeforeExam: itemShare, consistent }: MirageScore,
  sums: readonly Sum[],
): Verdict {
  const missing = gap(results, [...WIDTHS.map(keyOf), ADDITION]);
  if (missing) return notEnough(missing, REFUTED_BY);
  const final = rows.at(-1)?.accuracy ?? 0;
  if (final < LEAST_FINAL) {
    return notEnough(
      text(
        `The largest model knows only ${percent(final)} of these facts; train longer.`,
        `最大的模型也只记住了这些事实的 ${percent(final)}；请训练得更久。`,
      ),
      REFUTED_BY,
    );
  }
  if (isRefusal(item)) return notEnough(refusalText(item), REFUTED_BY, { itemShare });
  if (isRefusal(exam)) return notEnough(refusalText(exam), REFUTED_BY, { itemShare });
  const worst = farthest(sums);
  const numbers = {
    itemShare,
    itemFactor: item.factor,
    examFactor: exam.factor,
    final,
    // Models whose drawn papers agree with p^m within what drawing so few gives.
    consistent: consistent.rows,
    sumsExpected: worst?.expected,
    sumsExact: worst?.exact,
  };
  if (itemShare === undefined) {
    return notEnough(
      text(
        'Even the smallest model passes some exams, so no size fails them all.',
        '连最小的模型也能通过一些考试，没有全部失败的规模。',
      ),
      REFUTED_BY,
      numbers,
    );
  }
  const ratio = item.factor / exam.factor;
  return {
    outcome: itemShare >= LEAST_SHARE && ratio >= LEAST_RATIO ? 'holds' : 'does-not-hold',
    numbers: known({ ...numbers, ratio }),
    sentence: text(
      `At the last size that all but fails the exam, single questions stand at ${percent(itemShare)} of their final value; from 10% to 90% they take a factor of ${item.factor.toFixed(1)} in width, the exam ${exam.factor.toFixed(1)}. Drawn papers agree with pᵐ in ${consistent.rows} of ${consistent.of} models.`,
      `在几乎通不过考试的最大规模上，单题正确率已达其终值的 ${percent(itemShare)}；从 10% 到 90%，单题跨越的宽度倍数是 ${item.factor.toFixed(1)}，考试是 ${exam.factor.toFixed(1)}。在 ${consistent.of} 个模型中，有 ${consistent.rows} 个的试卷成绩与 pᵐ 一致。`,
    ),
    refutedBy: REFUTED_BY,
  };
}

const percent = (share: number): string => `${(100 * share).toFixed(0)}%`;
