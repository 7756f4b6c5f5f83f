/** The verdict of overtraining: whether a small model trained longer costs less over its lifetime. */
import { isRefusal, type Overtraining, type Refusal } from '../../scaling/index.ts';
import type { Results, Verdict } from '../lesson.ts';
import { gap, known, notEnough, refusalText } from '../shared/evidence.ts';
import { scientific, text } from '../shared/text.ts';

const REFUTED_BY = text(
  'At equal loss a small model that needs no more training compute than the large one, or that costs as much per query.',
  '在相等的损失下，小模型所需的训练计算量并不比大模型多，或者每次查询的花费与大模型一样。',
);

export function verdictOf(
  results: Results,
  keys: readonly string[],
  pair: Overtraining | Refusal | undefined,
): Verdict {
  const missing = gap(results, keys);
  if (missing) return notEnough(missing, REFUTED_BY);
  if (!pair) return notEnough(text('A loss is missing.', '缺少一个损失。'), REFUTED_BY);
  if (isRefusal(pair)) return notEnough(refusalText(pair), REFUTED_BY);
  const { trainingRatio, servingRatio, loss } = pair;
  const holds = trainingRatio > 1 && servingRatio < 1;
  const queries = pair.breakEvenQueries;
  const even =
    queries === undefined
      ? text('they never break even', '两者永远不会持平')
      : text(
          `they break even after ${scientific(queries)} queries`,
          `${scientific(queries)} 次查询后两者持平`,
        );
  return {
    outcome: holds ? 'holds' : 'does-not-hold',
    numbers: known({
      trainingRatio,
      servingRatio,
      breakEvenQueries: queries,
      loss,
      smallExamples: pair.small.D,
      largeExamples: pair.large.D,
    }),
    sentence: text(
      `At a loss of ${loss.toFixed(3)} nats the small model takes ${trainingRatio.toFixed(2)} times the training compute and ${servingRatio.toFixed(2)} times the compute per query; ${even.en}.`,
      `在损失 ${loss.toFixed(3)} 纳特处，小模型的训练计算量是大模型的 ${trainingRatio.toFixed(2)} 倍，每次查询的计算量是 ${servingRatio.toFixed(2)} 倍；${even.zh}。`,
    ),
    refutedBy: REFUTED_BY,
  };
}
