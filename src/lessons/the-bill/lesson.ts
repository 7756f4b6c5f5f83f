/** What does it cost? The learner's measured FLOP/s turned into time, energy and money, for their run and for famous ones. */
import {
  type Bill,
  bill,
  billOfTime,
  reference,
  type Reference,
  type ReferenceId,
} from '../../scaling/index.ts';
import type { Figure, Findings, Lesson, Results, Size, Table, Text, Verdict, ViewValues } from '../lesson.ts';
import { gap, known, notEnough } from '../shared/evidence.ts';
import { factsSpec } from '../shared/facts.ts';
import * as quantities from '../shared/quantities.ts';
import { finished } from '../shared/runs.ts';
import { series } from '../shared/series.ts';
import { same, scientific, text } from '../shared/text.ts';
import { numberOf } from '../views.ts';
import { checks, checkTable, referenceTable } from './published.ts';

const KEY = 'run';
/** Wide models fill a device better than narrow ones; still far from its peak. */
const DESIGNS: Record<Size, { width: number; steps: number }> = {
  small: { width: 64, steps: 250 },
  standard: { width: 128, steps: 500 },
  large: { width: 128, steps: 2000 },
};

/** Power of the learner's device, W: a page can't measure it. */
const WATTS = reference('laptop-power').value;
/** USD per kWh: what a household paid in the US in 2023 on average (Energy Information Administration). */
const PRICE = 0.16;
const SECONDS_PER_YEAR = 365.25 * 86400;

/** A bill that follows from its own inputs does so within this factor. */
const TOLERANCE = 1.25;

const REFUTED_BY = text(
  `A published bill that its own published inputs don’t give within a factor of ${TOLERANCE}.`,
  `某个已发表的账单与其自身公布的数据推算结果相差超过 ${TOLERANCE} 倍。`,
);

/** The half of the claim about which no arithmetic can be done. */
const NOT_CHECKED = text(
  'The prices of GPT-4 and Gemini Ultra cannot be computed again: their makers published no inputs.',
  'GPT-4 和 Gemini Ultra 的价格无法重新计算：研发者没有公布其依据。',
);

export const lesson: Lesson = {
  name: 'the-bill',
  title: text('The bill', '账单'),
  // Evaluated at its ends only: nearly all of the time is that of training.
  plan: (size, seed) => [{ key: KEY, spec: factsSpec({ ...DESIGNS[size], seed }) }],
  judge,
  views: {
    inputs: [
      {
        name: 'watts',
        label: text('power of your device', '你的设备功率'),
        kind: 'number',
        slider: false,
        min: 1,
        max: 5000,
        step: 1,
        usual: WATTS,
        unit: text('W', '瓦'),
      },
      {
        name: 'price',
        label: text('price of electricity', '电价'),
        kind: 'number',
        slider: false,
        min: 0,
        max: 5,
        step: 0.01,
        usual: PRICE,
        unit: text('US dollars per kWh', '美元/千瓦时'),
      },
    ],
    look,
  },
};

/** What a run did, and what a device of some power and price would ask for it. */
interface Measured {
  flopsPerSecond: number;
  bill: Bill;
  tariff: Tariff;
}

interface Tariff {
  watts: number;
  /** USD per kWh */
  price: number;
}
const USUAL: Tariff = { watts: WATTS, price: PRICE };

function judge(results: Results): Findings {
  const run = finished(results, KEY);
  const measured = run && measure(run.flopsPerStep * run.step, run.seconds, USUAL);
  return {
    tables: [...ownTables(measured), checkTable(), referenceTable()],
    figures: [computeFigure(measured), moneyFigure(measured)],
    fits: {},
    verdict: verdictOf(results, measured),
  };
}

/** The same run at another power and price. */
function look(findings: Findings, values: ViewValues): Findings {
  const { flops, seconds } = findings.verdict.numbers;
  const tariff = { watts: numberOf(values, 'watts'), price: numberOf(values, 'price') };
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

function measure(flops: number, seconds: number, tariff: Tariff): Measured | undefined {
  const flopsPerSecond = flops / seconds;
  if (!(flopsPerSecond > 0) || !Number.isFinite(flopsPerSecond)) return undefined;
  const device = { flopsPerSecond, watts: tariff.watts };
  return {
    flopsPerSecond,
    tariff,
    bill: billOfTime(flops, seconds, device, { perKilowattHour: tariff.price }),
  };
}

/** The numbers that depend on power and price. */
function energyNumbers({ bill: own, tariff }: Measured): Record<string, number> {
  return known({
    kilowattHours: own.kilowattHours,
    cost: own.electricity,
    watts: tariff.watts,
    pricePerKilowattHour: tariff.price,
  });
}

function remarkOf({ flopsPerSecond, bill: own, tariff }: Measured): Text {
  const { watts, price } = tariff;
  const gpt4 = bill(reference('gpt-4-compute').value, { flopsPerSecond, watts }, { perKilowattHour: price });
  const [kWh, usd] = [scientific(own.kilowattHours), scientific(own.electricity ?? NaN)];
  const [all, total] = [scientific(gpt4.kilowattHours), scientific(gpt4.electricity ?? NaN)];
  return text(
    `At ${watts} W and ${price} US dollars per kWh this run used ${kWh} kWh, for ${usd} dollars; GPT-4’s calculations on this device would use ${all} kWh, for ${total} dollars.`,
    `按 ${watts} 瓦、每千瓦时 ${price} 美元，这次训练用电 ${kWh} 千瓦时，花费 ${usd} 美元；在这台设备上做完 GPT-4 的计算要用 ${all} 千瓦时，花费 ${total} 美元。`,
  );
}

/** Years of this device for some FLOPs. */
function years(flops: number, { flopsPerSecond }: Measured): number {
  return flops / flopsPerSecond / SECONDS_PER_YEAR;
}

function verdictOf(results: Results, measured: Measured | undefined): Verdict {
  const missing = gap(results, [KEY]);
  if (missing) return notEnough(missing, REFUTED_BY);
  if (!measured)
    return notEnough(text('The run took no measurable time.', '这次训练的时间短得测不出来。'), REFUTED_BY);
  const { flops, seconds } = measured.bill;
  const { kilowattHours, cost, watts, pricePerKilowattHour } = energyNumbers(measured);
  const gpt4 = reference('gpt-4-compute');
  const wrong = checks().filter(({ ratio }) => Math.max(ratio, 1 / ratio) > TOLERANCE);
  const yearsForGpt4 = years(gpt4.value, measured);
  const numbers = {
    flops,
    seconds,
    kilowattHours,
    cost,
    yearsForGpt4,
    yearsForGpt4Low: years(gpt4.low!, measured),
    yearsForGpt4High: years(gpt4.high!, measured),
    flopsPerSecond: measured.flopsPerSecond,
    watts,
    pricePerKilowattHour,
  };
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
    outcome: wrong.length === 0 ? 'holds' : 'does-not-hold',
    numbers: known(numbers),
    title,
    sentence: text(
      `At ${scientific(measured.flopsPerSecond)} FLOP/s this device would need ${scientific(yearsForGpt4)} years for GPT-4 (its compute is known within a factor of 5). ${found.en}. ${NOT_CHECKED.en}`,
      `这台设备每秒完成 ${scientific(measured.flopsPerSecond)} 次浮点运算，训练 GPT-4 需要 ${scientific(yearsForGpt4)} 年（其计算量只知道在 5 倍以内）。${found.zh}。${NOT_CHECKED.zh}`,
    ),
    refutedBy: REFUTED_BY,
  };
}

/** What depends on the learner's device: its bill, and those of the famous runs on it. */
function ownTables(measured: Measured | undefined): Table[] {
  return [...(measured ? [ownTable(measured)] : []), famousTable(measured)];
}

function ownTable({ flopsPerSecond, bill: own, tariff }: Measured): Table {
  const { watts: chosen, price } = tariff;
  const typical = (['laptop-power', 'desktop-power', 'h100-power'] as const).map(reference);
  const powers = typical.map(({ subject, value }): [string, number] => [subject, value]);
  if (!powers.some(([, watts]) => watts === chosen)) powers.unshift([`${chosen} W`, chosen]);
  return {
    name: 'own',
    title: text(`Your run, at ${price} USD per kWh`, `你的这次训练，电价 ${price} 美元/千瓦时`),
    columns: [
      { key: 'device', title: text('if the device draws', '若设备功率为') },
      { key: 'watts', title: text('power, W', '功率，瓦') },
      { key: 'flops', title: text('FLOPs', 'FLOP') },
      { key: 'seconds', title: text('seconds', '秒') },
      { key: 'kilowattHours', title: text('energy, kWh', '能量，千瓦时') },
      { key: 'cost', title: text('electricity, USD', '电费，美元') },
    ],
    rows: powers.map(([subject, watts]) => {
      const device = { flopsPerSecond, watts };
      const here = billOfTime(own.flops, own.seconds, device, { perKilowattHour: price });
      return [subject, watts, here.flops, here.seconds, here.kilowattHours, here.electricity ?? null];
    }),
  };
}

/** Models whose compute is published or estimated, and the reference that says what they cost. */
const FAMOUS: { compute: ReferenceId; money?: ReferenceId }[] = [
  { compute: 'transformer-compute', money: 'transformer-money' },
  { compute: 'gpt-3-compute' },
  { compute: 'chinchilla-compute' },
  { compute: 'palm-compute', money: 'palm-money' },
  { compute: 'gpt-4-compute', money: 'gpt-4-money' },
  { compute: 'llama-405b-compute' },
  { compute: 'gemini-ultra-compute', money: 'gemini-ultra-money' },
];

/** How long they would take here, and what their electricity would cost here. */
function famousTable(measured: Measured | undefined): Table {
  const { watts } = measured?.tariff ?? USUAL;
  return {
    name: 'famous',
    title: text('Famous runs, as billed and on this device', '著名的训练：公布的账单，以及在这台设备上'),
    columns: [
      { key: 'subject', title: text('model', '模型') },
      { key: 'compute', title: text('compute, FLOP', '计算量，FLOP') },
      { key: 'money', title: text('money, USD', '花费，美元') },
      { key: 'years', title: text('years on this device', '这台设备需要的年数') },
      { key: 'kilowattHours', title: text(`kWh on it at ${watts} W`, `其 ${watts} 瓦下的千瓦时`) },
      { key: 'trust', title: text('trust', '可信度') },
      { key: 'source', title: text('source', '来源') },
    ],
    rows: FAMOUS.map(({ compute, money }) => {
      const row = reference(compute);
      const cost = money && reference(money);
      const here = measured && bill(row.value, { flopsPerSecond: measured.flopsPerSecond, watts });
      return [
        row.subject,
        row.value,
        cost?.value ?? null,
        measured ? years(row.value, measured) : null,
        here?.kilowattHours ?? null,
        row.trust,
        cost ? `${row.source}; ${cost.source}` : row.source,
      ];
    }),
  };
}

function computeFigure(measured: Measured | undefined): Figure {
  const shown = FAMOUS.map(({ compute }) => {
    const row = reference(compute);
    return series(same(row.subject), 'reference', 'points', [
      { x: row.value, y: computeYears(row, measured) },
    ]);
  });
  if (measured) {
    const { flops, seconds } = measured.bill;
    const own = [{ x: flops, y: seconds / SECONDS_PER_YEAR }];
    shown.unshift(series(text('your run', '你的训练'), 'measured', 'points', own));
  }
  return {
    name: 'years',
    title: text('Years on this device', '在这台设备上的年数'),
    x: { label: quantities.COMPUTE, scale: 'log' },
    y: { label: text('years', '年'), scale: 'log' },
    series: measured ? shown : [],
  };
}

function computeYears({ value }: Reference, measured: Measured | undefined): number {
  return measured ? years(value, measured) : NaN;
}

function moneyFigure(measured: Measured | undefined): Figure {
  const shown = FAMOUS.flatMap(({ compute, money }) => {
    if (!money) return [];
    const [row, cost] = [reference(compute), reference(money)];
    const point = series(same(row.subject), 'reference', 'points', [{ x: row.value, y: cost.value }]);
    return [{ ...point, low: [cost.low ?? cost.value], high: [cost.high ?? cost.value] }];
  });
  if (measured) {
    const { flops, electricity } = measured.bill;
    shown.unshift({
      ...series(text('your run, electricity alone', '你的训练（仅电费）'), 'measured', 'points', [
        { x: flops, y: electricity ?? NaN },
      ]),
      low: [electricity ?? NaN],
      high: [electricity ?? NaN],
    });
  }
  return {
    name: 'money',
    title: text('Money against compute', '花费与计算量'),
    x: { label: quantities.COMPUTE, scale: 'log' },
    y: { label: text('USD', '美元'), scale: 'log' },
    series: shown,
  };
}
