/** Verdicts that say too little is known, and why. */
import type { Refusal, RefusalReason } from '../../scaling/index.ts';
import type { Results, Text, Verdict } from '../lesson.ts';
import { finished } from './runs.ts';
import { text } from './text.ts';

/** `sentence` says why there is no verdict; numbers that are not finite are left out. */
export function notEnough(
  sentence: Text,
  refutedBy: Text,
  numbers: Record<string, number | undefined> = {},
): Verdict {
  return { outcome: 'not-enough-evidence', numbers: known(numbers), sentence, refutedBy };
}

/** The numbers that are there. */
export function known(numbers: Record<string, number | undefined>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(numbers).filter(
      (entry): entry is [string, number] => entry[1] !== undefined && Number.isFinite(entry[1]),
    ),
  );
}

/** Why the runs of these keys are not all there, or undefined where they are. */
export function gap(results: Results, keys: readonly string[]): Text | undefined {
  const diverged = keys.filter((key) => results.runs.get(key)?.outcome === 'diverged');
  const missing = keys.filter((key) => !diverged.includes(key) && !finished(results, key));
  if (diverged.length > 0) {
    const names = diverged.join(', ');
    return text(
      `The loss of ${names} was no longer a finite number; try a smaller learning rate.`,
      `${names} 的损失已不是有限的数；请减小学习率再试。`,
    );
  }
  if (missing.length === 0) return undefined;
  return text(
    `${missing.length} of ${keys.length} runs are not finished yet.`,
    `${keys.length} 次训练中还有 ${missing.length} 次没有完成。`,
  );
}

/** Why an analysis refused. */
export function refusalText(refusal: Refusal): Text {
  return text(refusal.sentence, REASONS[refusal.refused]);
}

const REASONS: Record<RefusalReason, string> = {
  'too-few-points': '点数太少，不足以支持这种分析。',
  'no-range': '各点的横坐标太接近，或者两个变量一同变化，分不开。',
  'no-trend': '损失没有随规模下降，或者能力没有变化，因此没有规律可拟合。',
  'no-interior-minimum': '损失的最低点落在边缘，或者根本没有谷底：请加入更小或更大的模型。',
  'floor-not-identifiable': '这些点定不出不可约损失 E。',
  'exponent-not-identifiable': '这些点定不出指数。',
  'no-overlap': '各条曲线没有共同的范围，无法比较。',
  'bad-table': '这张表读不出来。',
  'missing-column': '这张表缺少所需的一列。',
  'bad-number': '有一个数超出了公式允许的范围（零、负数或非数）。',
};
