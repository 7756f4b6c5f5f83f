/** The verdict of the-bill: whether published bills follow from their own inputs, and whether the own one grows faster than what it buys. */
import { reference } from '../../scaling/index.ts';
import type { Results, Verdict } from '../lesson.ts';
import { gap, known, notEnough } from '../shared/evidence.ts';
import { counted, scientific, text } from '../shared/text.ts';
import { KEY, SHORTER_KEYS } from './design.ts';
import { energyNumbers, halvingFactor, type Measured, type Returns, years } from './measured.ts';
import { checks } from './published.ts';

/** A bill that follows from its own inputs does so within this factor. */
const TOLERANCE = 1.25;

/** Twice the bill for half of the loss would be a fair price. */
const PROPORTIONAL = 2;

const REFUTED_BY = text(
  `A published bill that its own published inputs don’t give within a factor of ${TOLERANCE}; or runs of your own whose loss above the floor halves for ${PROPORTIONAL} times the compute or less.`,
  `某个已发表的账单与其自身公布的数据推算结果相差超过 ${TOLERANCE} 倍；或者你自己的训练只用 ${PROPORTIONAL} 倍或更少的计算量，就把高于下限的损失减半。`,
);

/** The half of the claim about which no arithmetic can be done. */
const NOT_CHECKED = text(
  'For GPT-4 only estimated inputs can be computed with, whose compute is uncertain by a factor of 5, and for Gemini Ultra there are none: their makers published nothing.',
  'GPT-4 只能用估计的依据来算，其计算量有 5 倍的不确定性；Gemini Ultra 连这样的依据也没有：研发者什么也没有公布。',
);

/** @param published bills beside what their inputs come to */
export function verdictOf(
  results: Results,
  measured: Measured | undefined,
  returns: Returns | undefined,
  published = checks(),
): Verdict {
  const missing = gap(results, [...SHORTER_KEYS, KEY]);
  if (missing) return notEnough(missing, REFUTED_BY);
  if (!measured)
    return notEnough(text('The run took no measurable time.', '这次训练的时间短得测不出来。'), REFUTED_BY);
  if (!returns || !Number.isFinite(halvingFactor(returns)))
    return notEnough(
      text('The loss above the floor did not fall with more compute.', '高于下限的损失没有随计算量下降。'),
      REFUTED_BY,
    );
  const halving = halvingFactor(returns);
  const isDear = halving > PROPORTIONAL;
  const { flops, seconds } = measured.bill;
  const { kilowattHours, cost, waterLitres, watts, pricePerKilowattHour } = energyNumbers(measured);
  const gpt4 = reference('gpt-4-compute');
  const wrong = published.filter(({ ratio }) => Math.max(ratio, 1 / ratio) > TOLERANCE);
  const yearsForGpt4 = years(gpt4.value, measured);
  const numbers = {
    flops,
    seconds,
    kilowattHours,
    cost,
    waterLitres,
    yearsForGpt4,
    yearsForGpt4Low: years(gpt4.low!, measured),
    yearsForGpt4High: years(gpt4.high!, measured),
    flopsPerSecond: measured.flopsPerSecond,
    halvingFactor: halving,
    ownExponent: returns.exponent,
    watts,
    pricePerKilowattHour,
  };
  const [speed, time] = [counted(measured.flopsPerSecond), counted(yearsForGpt4)];
  const price = text(
    `By your own runs, half of the loss above the floor costs ${scientific(halving)} times the compute${isDear ? '' : ', no more than it is worth'}`,
    `按你自己的训练，把高于下限的损失减半要 ${scientific(halving)} 倍的计算量${isDear ? '' : '，并不比换来的多'}`,
  );
  const [title, found] =
    wrong.length === 0
      ? [
          text('The published arithmetic holds', '已公布的账算得对'),
          text(
            `The published bills of Llama 3.1 405B and of ChatGPT follow from their own inputs within a factor of ${TOLERANCE}; that those of 2023 still describe today is disputed`,
            `Llama 3.1 405B 和 ChatGPT 已发表的账单能由其自身的数据推出，相差不到 ${TOLERANCE} 倍；但 2023 年的数字能否代表今天，仍有争议`,
          ),
        ]
      : [
          text('The published arithmetic does not hold', '已公布的账算得不对'),
          text(
            `${wrong.length} published bills do not follow from their own inputs`,
            `有 ${wrong.length} 个已发表的账单不能由其自身的数据推出`,
          ),
        ];
  return {
    outcome: wrong.length === 0 && isDear ? 'holds' : 'does-not-hold',
    numbers: known(numbers),
    ...(isDear && { title }),
    sentence: text(
      `At ${speed.en} FLOPs a second this device would need ${time.en} years for GPT-4 (its compute is known within a factor of 5). ${price.en}. ${found.en}. ${NOT_CHECKED.en}`,
      `这台设备每秒完成 ${speed.zh}次浮点运算，训练 GPT-4 需要 ${time.zh}年（其计算量只知道在 5 倍以内）。${price.zh}。${found.zh}。${NOT_CHECKED.zh}`,
    ),
    refutedBy: REFUTED_BY,
  };
}
