/** The verdict of scaling-laws: the held-out loss against the law's band, and against simpler guesses. */
import {
  type HeldOutScore,
  isRefusal,
  type PowerLawFit,
  predict,
  type Refusal,
} from '../../scaling/index.ts';
import type { Results, Size, Text, Verdict } from '../lesson.ts';
import { gap, known, notEnough, refusalText } from '../shared/evidence.ts';
import { factsParameters } from '../shared/facts.ts';
import { keyOf, type Model } from '../shared/facts-models.ts';
import { text } from '../shared/text.ts';
import { DESIGNS, FITTED, HELD_OUT, LEAST_HALF_WIDTH, LONGER_WIDTH } from './design.ts';
import type { Beyond, Joint } from './joint.ts';

/** Nats: a wider band says nothing. */
const MOST_HALF_WIDTH = 0.02;
const FEWEST_SIZES = 6;
/** Parameters of the held-out model over those of the largest fitted one. */
const FARTHEST = 3;

const REFUTED_BY = text(
  'In size, in data or in compute: a held-out loss outside the band, or one that a line through the last two points predicts as well; in size also one that a law without a floor, or with the known floor, predicts as well.',
  '在规模、数据或计算量上：留出的损失落在区间之外，或者过最后两点的直线预测得同样好；在规模上，还包括没有下限的幂律或以已知下限为 E 的幂律预测得同样好。',
);

export function verdictOf(
  results: Results,
  steps: number,
  fitted: readonly Model[],
  fit: PowerLawFit | Refusal,
  strict: PowerLawFit | Refusal,
  score: HeldOutScore | undefined,
): Verdict {
  if (fitted.length < FEWEST_SIZES) {
    const reason = gap(
      results,
      FITTED.map((width) => keyOf(width, steps)),
    );
    return notEnough(reason ?? text('Too few sizes.', '规模的个数太少。'), REFUTED_BY);
  }
  if (isRefusal(fit)) return notEnough(refusalText(fit), REFUTED_BY);
  const alpha = isRefusal(strict) ? undefined : strict.alpha.estimate;
  const predicted =
    score?.predicted ?? predict(fit, factsParameters(HELD_OUT), { leastHalfWidth: LEAST_HALF_WIDTH });
  const { estimate, low, high } = predicted;
  const numbers = {
    predicted: estimate,
    low,
    high,
    measured: score?.y,
    alpha,
    error: score?.error,
    reach: score?.reach,
    lastTwo: score?.naive.lastTwo,
    noFloor: score?.naive.noFloor,
    fixedFloor: score?.naive.fixedFloor,
  };
  const said = `${estimate.toFixed(3)} [${low.toFixed(3)}, ${high.toFixed(3)}]`;
  if (!score) {
    const reason =
      gap(results, [keyOf(HELD_OUT, steps)]) ?? text('There is no held-out loss.', '没有留出模型的损失。');
    return notEnough(
      text(
        `The law predicts ${said} nats for the largest model. ${reason.en}`,
        `幂律预测最大模型的损失为 ${said} 纳特。${reason.zh}`,
      ),
      REFUTED_BY,
      numbers,
    );
  }
  const halfWidth = (high - low) / 2;
  if (halfWidth > MOST_HALF_WIDTH) {
    return notEnough(
      text(
        `The band is ±${halfWidth.toFixed(3)} nats wide; above ±${MOST_HALF_WIDTH} it would forgive too much.`,
        `区间宽达 ±${halfWidth.toFixed(3)} 纳特；超过 ±${MOST_HALF_WIDTH} 就太宽容了。`,
      ),
      REFUTED_BY,
      numbers,
    );
  }
  if (score.reach > FARTHEST) {
    return notEnough(
      text(
        `The held-out model is ${score.reach.toFixed(1)} times the largest fitted one; the rule is for at most ${FARTHEST} times.`,
        `留出模型是最大的拟合模型的 ${score.reach.toFixed(1)} 倍；这条规则最多用于 ${FARTHEST} 倍。`,
      ),
      REFUTED_BY,
      numbers,
    );
  }
  const holds = score.inside && score.beatsNaive;
  const where = score.inside ? text('inside', '在其内') : text('outside', '在其外');
  const rivals = score.beatsNaive
    ? text('closer than all three simpler guesses', '比三种更简单的猜测都接近')
    : text('no closer than the best of the simpler guesses', '并不比最好的简单猜测更接近');
  return {
    outcome: holds ? 'holds' : 'does-not-hold',
    numbers: known(numbers),
    sentence: text(
      `From ${fitted.length} smaller models the law predicted ${said} nats; the held-out model reached ${score.y.toFixed(3)}, ${where.en}, ${rivals.en}.`,
      `幂律由 ${fitted.length} 个较小的模型预测损失为 ${said} 纳特；留出模型达到 ${score.y.toFixed(3)}，${where.zh}，${rivals.zh}。`,
    ),
    refutedBy: REFUTED_BY,
  };
}

/** Size was judged by the law at one D; data and compute are by the laws of the whole grid. */
export function withGrid(results: Results, size: Size, verdict: Verdict, joint: Joint): Verdict {
  const numbers = { ...verdict.numbers, ...known(joint.numbers) };
  if (verdict.outcome === 'not-enough-evidence') return { ...verdict, numbers };
  const { further, longer } = DESIGNS[size];
  const keys = further.flatMap((steps) => FITTED.map((width) => keyOf(width, steps)));
  const missing = gap(results, [...keys, keyOf(LONGER_WIDTH, longer)]);
  if (missing) return notEnough(missing, REFUTED_BY, numbers);
  const judged: Beyond[] = [];
  for (const beyond of [joint.byData, joint.byCompute]) {
    if (!beyond)
      return notEnough(text('A held-out loss is missing.', '缺少一个留出的损失。'), REFUTED_BY, numbers);
    if (isRefusal(beyond)) return notEnough(refusalText(beyond), REFUTED_BY, numbers);
    judged.push(beyond);
  }
  const [data, compute] = judged.map(saidOf) as [Text, Text];
  return {
    ...verdict,
    outcome: verdict.outcome === 'holds' && judged.every(isRight) ? 'holds' : 'does-not-hold',
    numbers,
    sentence: text(
      `${verdict.sentence.en} In data, for a run twice as long as any before: ${data.en}. In compute, for the larger model: ${compute.en}.`,
      `${verdict.sentence.zh}在数据上，对比之前任何一次都长一倍的训练：${data.zh}。在计算量上，对较大的模型：${compute.zh}。`,
    ),
  };
}

function isInside({ predicted: { low, high }, measured }: Beyond): boolean {
  return measured >= low && measured <= high;
}

function isRight(beyond: Beyond): boolean {
  const { predicted, measured, naive } = beyond;
  return isInside(beyond) && Math.abs(measured - predicted.estimate) < Math.abs(measured - naive);
}

function saidOf(beyond: Beyond): Text {
  const { predicted, measured } = beyond;
  const band = `${predicted.estimate.toFixed(3)} [${predicted.low.toFixed(3)}, ${predicted.high.toFixed(3)}]`;
  const right = isRight(beyond);
  const where = isInside(beyond)
    ? text(
        right ? 'inside' : 'inside, but a line through the last two points is as close',
        right ? '在其内' : '在其内，但过最后两点的直线同样接近',
      )
    : text('outside', '在其外');
  return text(
    `predicted ${band}, reached ${measured.toFixed(3)}, ${where.en}`,
    `预测 ${band}，实测 ${measured.toFixed(3)}，${where.zh}`,
  );
}
