/** The verdict of scaling-laws: the held-out loss against the law's band, and against simpler guesses. */
import {
  type HeldOutScore,
  isRefusal,
  type PowerLawFit,
  predict,
  type Refusal,
} from '../../scaling/index.ts';
import type { Results, Verdict } from '../lesson.ts';
import { gap, known, notEnough, refusalText } from '../shared/evidence.ts';
import { factsParameters } from '../shared/facts.ts';
import { keyOf, type Model } from '../shared/facts-models.ts';
import { text } from '../shared/text.ts';
import { FITTED, HELD_OUT, LEAST_HALF_WIDTH } from './design.ts';
import type { Joint } from './joint.ts';

/** Nats: a wider band says nothing. */
const MOST_HALF_WIDTH = 0.02;
const FEWEST_SIZES = 6;
/** Parameters of the held-out model over those of the largest fitted one. */
const FARTHEST = 3;

const REFUTED_BY = text(
  'A held-out loss outside the band, or one that a line through the last two points, a law without a floor, or a law with the known floor predicts as well.',
  '留出模型的损失落在区间之外；或者过最后两点的直线、没有下限的幂律、以已知下限为 E 的幂律中，有一个预测得同样好。',
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

/** What the whole grid says stands beside the verdict, which rests on the law at one D. */
export function withJoint(verdict: Verdict, joint: Joint | undefined): Verdict {
  if (!joint) return verdict;
  const { sentence } = verdict;
  return {
    ...verdict,
    numbers: { ...verdict.numbers, ...known(joint.numbers) },
    ...(joint.sentence && {
      sentence: text(sentence.en + joint.sentence.en, sentence.zh + joint.sentence.zh),
    }),
  };
}
