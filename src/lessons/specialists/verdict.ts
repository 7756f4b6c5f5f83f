/** The verdict of specialists: what a specialist gains in its domain, and forgets elsewhere. */
import { median } from '../../scaling/index.ts';
import type { Results, Verdict } from '../lesson.ts';
import { gap, known, notEnough } from '../shared/evidence.ts';
import { fixed, signed, text } from '../shared/text.ts';
import type { Key } from './design.ts';
import { differences, type Score } from './measured.ts';

/** Without these there is no verdict. */
const NEEDED: readonly Key[] = ['generalist', 'small', 'fine-tuned', 'replay'];

const FEWEST_SEEDS = 3;
/** Accuracy on the general mix that fine-tuning loses at least, and with replay at most. */
const FORGETS = 0.15;
const KEEPS = 0.05;

const REFUTED_BY = text(
  `A fine-tuned small model no better in the domain than the generalist in some seed, or one that forgets less than ${FORGETS}; or replay that loses the gain, or more than ${KEEPS} elsewhere.`,
  `在某个种子里，微调后的小模型在领域上并不优于通才，或者遗忘少于 ${FORGETS}；或者加上回放就没有了优势，或者在别处损失超过 ${KEEPS}。`,
);

export function verdictOf(results: Results, scores: ReadonlyMap<Key, Score>): Verdict {
  const of = (key: Key, set: keyof Score): number[] | undefined => scores.get(key)?.[set];
  const gains = differences(of('fine-tuned', 'domain'), of('generalist', 'domain'));
  const losses = differences(of('small', 'general'), of('fine-tuned', 'general'));
  const replayGains = differences(of('replay', 'domain'), of('generalist', 'domain'));
  const replayLosses = differences(of('small', 'general'), of('replay', 'general'));
  const numbers = known({
    bigParameters: results.runs.get('generalist')?.parameters,
    smallParameters: results.runs.get('small')?.parameters,
    gain: median(gains),
    forgetting: median(losses),
    replayGain: median(replayGains),
    replayForgetting: median(replayLosses),
    longerGain: median(differences(of('longer', 'domain'), of('generalist', 'domain'))),
    transfer: median(differences(of('fine-tuned', 'domain'), of('scratch', 'domain'))),
    ownGain: median(differences(of('loop-own', 'domain'), of('fine-tuned', 'domain'))),
    rightGain: median(differences(of('loop-right', 'domain'), of('fine-tuned', 'domain'))),
    newGain: median(differences(of('loop-new', 'domain'), of('fine-tuned', 'domain'))),
    bigGain: median(differences(of('big-fine-tuned', 'domain'), of('fine-tuned', 'domain'))),
  });
  const missing = gap(results, NEEDED);
  if (missing) return notEnough(missing, REFUTED_BY, numbers);
  const compared = [gains, losses, replayGains, replayLosses];
  const fewest = Math.min(...compared.map((values) => values.length));
  if (fewest < FEWEST_SEEDS) {
    return notEnough(
      text(
        `Of the seeds, ${fewest} could be compared; the difference is small, so ${FEWEST_SEEDS} are needed.`,
        `只有 ${fewest} 个种子可以比较；差别很小，至少需要 ${FEWEST_SEEDS} 个。`,
      ),
      REFUTED_BY,
      numbers,
    );
  }
  const holds =
    gains.every((gain) => gain > 0) &&
    losses.every((loss) => loss >= FORGETS) &&
    replayGains.every((gain) => gain > 0) &&
    replayLosses.every((loss) => loss <= KEEPS);
  const [gain, lost, replayGain, replayLost] = compared.map((values) => median(values)) as [
    number,
    number,
    number,
    number,
  ];
  return {
    outcome: holds ? 'holds' : 'does-not-hold',
    numbers,
    sentence: text(
      `In the domain the fine-tuned small model is ${signed(gain, 3)} from the generalist and loses ${fixed(lost, 2)} on the general mix; with replay ${signed(replayGain, 3)} and ${fixed(replayLost, 3)} (medians of ${fewest} seeds).`,
      `在领域中，微调后的小模型与通才相差 ${signed(gain, 3)}，在通用混合上损失 ${fixed(lost, 2)}；加上回放分别是 ${signed(replayGain, 3)} 和 ${fixed(replayLost, 3)}（${fewest} 个种子的中位数）。`,
    ),
    refutedBy: REFUTED_BY,
  };
}
