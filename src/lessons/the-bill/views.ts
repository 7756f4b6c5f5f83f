/** How the-bill is looked at: with a power draw and a price of electricity. */
import { bill, reference } from '../../scaling/index.ts';
import type { Findings, Text, ViewValues } from '../lesson.ts';
import { counted, text } from '../shared/text.ts';
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
  const [lamp, usd, litres] = [
    lampTime(own.kilowattHours),
    dollars(own.electricity ?? NaN),
    amount(own.kilowattHours * water),
  ];
  const [all, total, sea] = [
    counted(gpt4.kilowattHours),
    dollars(gpt4.electricity ?? NaN),
    amount(gpt4.kilowattHours * water),
  ];
  return text(
    `At ${watts} W, ${price} US dollars and ${water} litres of water per kWh this run used as much as a lamp of ${LAMP} W in ${lamp.en}, for ${usd.en} and ${litres.en} of water; GPT-4’s calculations on this device would use ${all.en} kWh, for ${total.en} and ${sea.en}.`,
    `按 ${watts} 瓦、每千瓦时 ${price} 美元和 ${water} 升水，这次训练的用电相当于一盏 ${LAMP} 瓦的灯亮 ${lamp.zh}，花费 ${usd.zh}、${litres.zh}水；在这台设备上做完 GPT-4 的计算要用 ${withUnit(all.zh, '千瓦时')}，花费 ${total.zh}、${sea.zh}水。`,
  );
}

/** After 万 and 亿 there is no space. */
const withUnit = (number: string, unit: string): string =>
  number + (/[万亿]$/.test(number) ? '' : ' ') + unit;

/** A lamp as it hangs in a room, W. */
const LAMP = 10;

/** How long a lamp burns for that energy. */
function lampTime(kilowattHours: number): Text {
  const seconds = (kilowattHours * 3.6e6) / LAMP;
  const units = [
    [1, text('seconds', '秒')],
    [60, text('minutes', '分钟')],
    [3600, text('hours', '小时')],
    [86_400, text('days', '天')],
  ] as const;
  const [size, unit] = units.findLast(([size]) => seconds >= 2 * size) ?? units[0];
  return inUnit(seconds / size, unit);
}

/** Cents for what is less than a dollar. */
function dollars(value: number): Text {
  if (value < 1e-5) return text('less than a thousandth of a cent', '不到千分之一美分');
  return value < 1 ? inUnit(100 * value, text('cents', '美分')) : inUnit(value, text('dollars', '美元'));
}

/** Millilitres for what is less than a litre; a drop has a twentieth of one. */
function amount(litres: number): Text {
  if (litres < 5e-5) return text('less than a drop', '不到一滴');
  return litres < 1
    ? inUnit(1000 * litres, text('millilitres', '毫升'))
    : inUnit(litres, text('litres', '升'));
}

function inUnit(value: number, unit: Text): Text {
  const number = counted(value);
  return text(`${number.en} ${unit.en}`, withUnit(number.zh, unit.zh));
}
