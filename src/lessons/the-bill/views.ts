/** How the-bill is looked at: with a power draw and a price of electricity. */
import { bill, reference } from '../../scaling/index.ts';
import type { Findings, Text, ViewValues } from '../lesson.ts';
import { scientific, text } from '../shared/text.ts';
import { numberOf } from '../views.ts';
import { moneyFigure } from './figures.ts';
import { energyNumbers, measure, type Measured } from './measured.ts';
import { ownTables } from './tables.ts';

/** The same run at another power and price. */
export function look(findings: Findings, values: ViewValues): Findings {
  const { flops, seconds } = findings.verdict.numbers;
  const tariff = {
    watts: numberOf(values, 'watts'),
    price: numberOf(values, 'price'),
    water: numberOf(values, 'water'),
  };
  const measured = flops === undefined || seconds === undefined ? undefined : measure(flops, seconds, tariff);
  const own = ownTables(measured);
  if (!measured) return findings;
  return {
    ...findings,
    tables: [...own, ...findings.tables.filter(({ name }) => !own.some((table) => table.name === name))],
    figures: findings.figures.map((figure) => (figure.name === 'money' ? moneyFigure(measured) : figure)),
    verdict: { ...findings.verdict, numbers: { ...findings.verdict.numbers, ...energyNumbers(measured) } },
    remark: remarkOf(measured),
  };
}

function remarkOf({ flopsPerSecond, bill: own, tariff }: Measured): Text {
  const { watts, price, water } = tariff;
  const gpt4 = bill(reference('gpt-4-compute').value, { flopsPerSecond, watts }, { perKilowattHour: price });
  const [kWh, usd] = [scientific(own.kilowattHours), scientific(own.electricity ?? NaN)];
  const [all, total] = [scientific(gpt4.kilowattHours), scientific(gpt4.electricity ?? NaN)];
  const [litres, sea] = [own.kilowattHours, gpt4.kilowattHours].map((energy) => scientific(energy * water));
  return text(
    `At ${watts} W, ${price} US dollars and ${water} litres of water per kWh this run used ${kWh} kWh, for ${usd} dollars and ${litres} litres; GPT-4’s calculations on this device would use ${all} kWh, for ${total} dollars and ${sea} litres.`,
    `按 ${watts} 瓦、每千瓦时 ${price} 美元和 ${water} 升水，这次训练用电 ${kWh} 千瓦时，花费 ${usd} 美元、${litres} 升水；在这台设备上做完 GPT-4 的计算要用 ${all} 千瓦时，花费 ${total} 美元、${sea} 升水。`,
  );
}
