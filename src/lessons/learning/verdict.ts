/** The verdict of learning: whether the loss fell to the noise of its data. */
import type { RunResult } from '../../worker/protocol.ts';
import type { Results, Verdict } from '../lesson.ts';
import { gap, known, notEnough } from '../shared/evidence.ts';
import { isSound, lastMetrics, meanLoss } from '../shared/replicas.ts';
import { scientific, text } from '../shared/text.ts';
import { RATES, RUN } from './design.ts';
import { AT_FLOOR, dropStep, LAST_STEPS, lastLoss } from './measured.ts';

const REFUTED_BY = text(
  'Held-out error far under the noise floor, or stuck at more than twice the floor; a tenth of the learning rate getting as far in the same time; or thirty times the rate not losing ground while it lasts, before the rate is lowered.',
  '留出误差远低于噪声下限，或者停在噪声下限的两倍以上；十分之一的学习率在同样的时间里走得一样远；或者三十倍的学习率在降低之前并没有落后。',
);

export function verdictOf(results: Results, run: RunResult | undefined): Verdict {
  if (!run) {
    return notEnough(gap(results, [RUN]) ?? text('There is no run.', '还没有训练。'), REFUTED_BY);
  }
  const [trainLoss = NaN, slowLoss = NaN, fastLoss = NaN] = RATES.map((_, i) => lastLoss(run, i));
  const heldOutLoss = lastMetrics(run, 'validation', 'loss')[0] ?? NaN;
  const noiseFloor = run.floor ?? 0;
  const drop = dropStep(run);
  const lossBeforeDrop = meanLoss(run, 0, drop - 2 * LAST_STEPS, drop);
  const fastLossBeforeDrop = isSound(run, 2) ? meanLoss(run, 2, drop - 2 * LAST_STEPS, drop) : Infinity;
  const numbers = known({
    trainLoss,
    cleanLoss: lastMetrics(run, 'clean', 'loss')[0],
    heldOutLoss,
    noiseFloor,
    slowLoss,
    fastLoss,
    lossBeforeDrop,
    fastLossBeforeDrop,
  });
  if (![trainLoss, slowLoss, heldOutLoss].every(Number.isFinite)) {
    return notEnough(
      text('The loss was no longer a finite number.', '损失已不是有限的数。'),
      REFUTED_BY,
      numbers,
    );
  }
  if (!(noiseFloor > 0)) {
    return notEnough(
      text('Without noise there is no floor to fall to.', '没有噪声，也就没有可以降到的下限。'),
      REFUTED_BY,
      numbers,
    );
  }
  const ratio = heldOutLoss / noiseFloor;
  const holds =
    ratio >= AT_FLOOR[0] &&
    ratio <= AT_FLOOR[1] &&
    slowLoss > trainLoss &&
    fastLossBeforeDrop > lossBeforeDrop;
  const [held, floor, usual, slow, fast, before, fastBefore] = [
    ...[heldOutLoss, noiseFloor, trainLoss, slowLoss, fastLoss, lossBeforeDrop, fastLossBeforeDrop],
  ].map((number) => scientific(number, 3)) as [string, string, string, string, string, string, string];
  return {
    outcome: holds ? 'holds' : 'does-not-hold',
    numbers,
    sentence: text(
      `Held-out error ended at ${held}, with a noise floor of ${floor}; the loss on the points at ${usual}, with a tenth of the learning rate at ${slow}, with thirty times it at ${fast}; before the rate was lowered that one stood at ${fastBefore}, the usual one at ${before}.`,
      `留出误差最后是 ${held}，噪声下限是 ${floor}；训练点上的损失是 ${usual}，学习率为十分之一时是 ${slow}，为三十倍时是 ${fast}；在学习率降低之前，后者停在 ${fastBefore}，通常的停在 ${before}。`,
    ),
    refutedBy: REFUTED_BY,
  };
}
