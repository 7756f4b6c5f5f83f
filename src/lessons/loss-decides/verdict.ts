/** The verdict of loss-decides: whether the loss predicts an ability, whatever the size. */
import { type CollapseScore, isRefusal } from '../../scaling/index.ts';
import type { Results, Size, Verdict } from '../lesson.ts';
import { gap, known, notEnough, refusalText } from '../shared/evidence.ts';
import { signed, text } from '../shared/text.ts';
import { keyOf, OTHER_DATA } from './design.ts';
import { fairKeys, fairSentence, type Fair } from './fair.ts';
import { type BandScore, RAREST } from './measured.ts';
import { bandName } from './bands.ts';

const LEAST_R2_LOSS = 0.98;
const MOST_R2_SIZE = 0.5;
const MOST_LEAVE_ONE_OUT = 0.08;

const REFUTED_BY = text(
  `A monotone curve in the loss that explains less than ${LEAST_R2_LOSS} of the ability’s variance or misses a size left out by more than ${MOST_LEAVE_ONE_OUT}, or one in the size that explains more than ${MOST_R2_SIZE}; among finished models at equal compute, a loss that explains less than ${LEAST_R2_LOSS}, or no more than compute does.`,
  `以损失为自变量的单调曲线解释的能力方差不到 ${LEAST_R2_LOSS}，或对留出规模的误差超过 ${MOST_LEAVE_ONE_OUT}；或者以规模为自变量的曲线解释的超过 ${MOST_R2_SIZE}；在等计算量、训练到底的模型中，损失解释的不到 ${LEAST_R2_LOSS}，或者不比计算量解释的多。`,
);

export function verdictOf(
  results: Results,
  widths: readonly number[],
  scores: readonly BandScore[],
  thresholdLoss: number | undefined,
): Verdict {
  const missing = gap(results, widths.map(keyOf));
  if (missing) return notEnough(missing, REFUTED_BY);
  const judged: CollapseScore[] = [];
  for (const { score } of scores) {
    if (isRefusal(score)) return notEnough(refusalText(score), REFUTED_BY, { thresholdLoss });
    judged.push(score);
  }
  // The worst band of ranks decides: the one worst for the loss need not be that best for its rivals.
  const r2Loss = Math.min(...judged.map(({ byLoss }) => byLoss));
  const r2Size = Math.max(...judged.map(({ bySize }) => bySize));
  const r2Compute = Math.max(...judged.map(({ byCompute }) => byCompute));
  const leaveOneOut = Math.max(...judged.map(({ leaveOneSizeOut }) => leaveOneSizeOut));
  const holds = r2Loss >= LEAST_R2_LOSS && r2Size <= MOST_R2_SIZE && leaveOneOut <= MOST_LEAVE_ONE_OUT;
  return {
    outcome: holds ? 'holds' : 'does-not-hold',
    numbers: known({
      r2Loss,
      r2Size,
      r2Compute,
      leaveOneOut,
      thresholdLoss,
      spreadAtEqualLoss: Math.max(...judged.map(({ spreadAtEqualLoss }) => spreadAtEqualLoss)),
      spreadAtEqualStep: Math.max(...judged.map(({ spreadAtEqualStep }) => spreadAtEqualStep)),
    }),
    sentence: text(
      `Over the bands of ranks, the loss explains at least ${r2Loss.toFixed(3)} of the ability’s variance, the size at most ${r2Size.toFixed(2)}, compute at most ${r2Compute.toFixed(3)}; the typical error for a size left out is at most ${leaveOneOut.toFixed(3)}.`,
      `在各段名次中，损失至少解释了能力方差的 ${r2Loss.toFixed(3)}，规模最多解释 ${r2Size.toFixed(2)}，计算量最多解释 ${r2Compute.toFixed(3)}；对留出规模的典型误差最多为 ${leaveOneOut.toFixed(3)}。`,
    ),
    refutedBy: REFUTED_BY,
  };
}

/** The loss must also explain finished models at equal compute, and better than compute does. */
export function withFair(results: Results, size: Size, verdict: Verdict, fair: Fair | undefined): Verdict {
  if (verdict.outcome === 'not-enough-evidence') return verdict;
  if (!fair) {
    const reason =
      gap(results, fairKeys(size)) ??
      text('The runs do not spend equal compute any more.', '这些训练的计算量已不再相等。');
    return notEnough(reason, REFUTED_BY, verdict.numbers);
  }
  const { fairLoss, fairCompute } = fair.numbers;
  const holds = verdict.outcome === 'holds' && fairLoss >= LEAST_R2_LOSS && fairLoss > fairCompute;
  const more = fairSentence(fair);
  return {
    ...verdict,
    outcome: holds ? 'holds' : 'does-not-hold',
    numbers: { ...verdict.numbers, ...fair.numbers },
    sentence: text(verdict.sentence.en + more.en, verdict.sentence.zh + more.zh),
  };
}

/** Reported beside the verdict: the claim is about models of one kind of data. */
export function withOtherData(results: Results, verdict: Verdict, difference: number): Verdict {
  if (verdict.outcome === 'not-enough-evidence') return verdict;
  const missing = gap(results, [OTHER_DATA.key]);
  if (missing) return notEnough(missing, REFUTED_BY, verdict.numbers);
  if (!Number.isFinite(difference)) return verdict;
  const said = signed(difference, 2);
  const name = bandName(RAREST);
  return {
    ...verdict,
    numbers: { ...verdict.numbers, otherDataGap: difference },
    sentence: text(
      `${verdict.sentence.en} On other data the same network knew, at the same loss, up to ${said} of ${name.en}: the loss indicates, it does not decide.`,
      `${verdict.sentence.zh}换一批数据，同一个网络在同样的损失下，${name.zh}的准确率最多相差 ${said}：损失是指标，而不是决定者。`,
    ),
  };
}
