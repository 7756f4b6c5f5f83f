/** What does it cost? The learner's measured FLOP/s turned into time, energy and money, for their run and for famous ones. */
import {
  type Bill,
  bill,
  billOfTime,
  fleetEnergy,
  reference,
  type Reference,
  type ReferenceId,
  REFERENCES,
  trainingFlops,
} from '../../scaling/index.ts';
import type { RunResult } from '../../worker/protocol.ts';
import type { Figure, Findings, Lesson, Results, Size, Table, Verdict } from '../lesson.ts';
import { gap, known, notEnough } from '../shared/evidence.ts';
import { factsSpec } from '../shared/facts.ts';
import { finished } from '../shared/runs.ts';
import { series } from '../shared/series.ts';
import { same, scientific, text } from '../shared/text.ts';

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

export const lesson: Lesson = {
  name: 'the-bill',
  title: text('The bill', '账单'),
  // Evaluated at its ends only: nearly all of the time is that of training.
  plan: (size, seed) => [{ key: KEY, spec: factsSpec({ ...DESIGNS[size], seed }) }],
  judge,
};

interface Measured {
  run: RunResult;
  flopsPerSecond: number;
  bill: Bill;
}

function judge(results: Results): Findings {
  const measured = measure(finished(results, KEY));
  return {
    tables: [
      ...(measured ? [ownTable(measured)] : []),
      famousTable(measured),
      checkTable(),
      referenceTable(),
    ],
    figures: [computeFigure(measured), moneyFigure(measured)],
    fits: {},
    verdict: verdictOf(results, measured),
  };
}

function measure(run: RunResult | undefined): Measured | undefined {
  if (!run) return undefined;
  const flops = run.flopsPerStep * run.step;
  const flopsPerSecond = flops / run.seconds;
  if (!(flopsPerSecond > 0) || !Number.isFinite(flopsPerSecond)) return undefined;
  const device = { flopsPerSecond, watts: WATTS };
  return { run, flopsPerSecond, bill: billOfTime(flops, run.seconds, device, { perKilowattHour: PRICE }) };
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
  const { flops, seconds, kilowattHours, electricity } = measured.bill;
  const gpt4 = reference('gpt-4-compute');
  const wrong = checks().filter(({ ratio }) => Math.max(ratio, 1 / ratio) > TOLERANCE);
  const yearsForGpt4 = years(gpt4.value, measured);
  const numbers = {
    flops,
    seconds,
    kilowattHours,
    cost: electricity,
    yearsForGpt4,
    yearsForGpt4Low: years(gpt4.low!, measured),
    yearsForGpt4High: years(gpt4.high!, measured),
    flopsPerSecond: measured.flopsPerSecond,
    watts: WATTS,
    pricePerKilowattHour: PRICE,
  };
  const found =
    wrong.length === 0
      ? text(
          `the published bills follow from their own inputs within a factor of ${TOLERANCE}; that those of 2023 still describe today is disputed`,
          `已发表的账单都能由其自身的数据推出，相差不到 ${TOLERANCE} 倍；但 2023 年的数字能否代表今天，仍有争议`,
        )
      : text(
          `${wrong.length} published bills do not follow from their own inputs`,
          `有 ${wrong.length} 个已发表的账单不能由其自身的数据推出`,
        );
  return {
    outcome: wrong.length === 0 ? 'holds' : 'does-not-hold',
    numbers: known(numbers),
    sentence: text(
      `At ${scientific(measured.flopsPerSecond)} FLOP/s this device would need ${scientific(yearsForGpt4)} years for GPT-4 (its compute is known within a factor of 5); ${found.en}.`,
      `这台设备每秒完成 ${scientific(measured.flopsPerSecond)} 次浮点运算，训练 GPT-4 需要 ${scientific(yearsForGpt4)} 年（其计算量只知道在 5 倍以内）；${found.zh}。`,
    ),
    refutedBy: REFUTED_BY,
  };
}

interface Check {
  statement: string;
  published: number;
  computed: number;
  unit: string;
  inputs: string;
  /** computed over published */
  ratio: number;
}

/** Published totals, computed again from the inputs that their sources give. */
function checks(): Check[] {
  const value = (id: ReferenceId): number => reference(id).value;
  const flops = trainingFlops(value('llama-405b-parameters'), value('llama-405b-tokens'));
  const rate = value('h100-peak') * value('llama-405b-utilisation');
  const devices = { flopsPerSecond: rate, watts: value('h100-power'), count: value('llama-405b-devices') };
  const llama = bill(flops, devices);
  const fleet = fleetEnergy(value('chatgpt-servers'), 6.5, value('chatgpt-requests'));
  const check = (
    statement: string,
    published: number,
    computed: number,
    unit: string,
    inputs: string,
  ): Check => ({ statement, published, computed, unit, inputs, ratio: computed / published });
  return [
    check('Llama 3.1 405B, compute', value('llama-405b-compute'), flops, 'FLOP', '6 · 405e9 · 15.6e12'),
    check(
      'Llama 3.1 405B, device hours',
      value('llama-405b-hours'),
      llama.deviceHours,
      'h',
      '6ND / (989e12 FLOP/s · 0.40): 68 days of 16,384 H100; restarts and later stages come on top',
    ),
    check(
      'ChatGPT, energy per day',
      value('chatgpt-energy'),
      fleet.wattHoursPerDay / 1000,
      'kWh',
      '3,617 servers · 6.5 kW · 24 h',
    ),
    check(
      'ChatGPT, energy per request',
      value('chatgpt-request-2023'),
      fleet.wattHoursPerRequest,
      'Wh',
      '564e6 Wh / 195e6 requests',
    ),
    check(
      'ChatGPT, 17,000 US households',
      value('chatgpt-energy-press'),
      17000 * value('us-household'),
      'kWh',
      '17,000 · 29 kWh',
    ),
  ];
}

function ownTable({ run, flopsPerSecond, bill: own }: Measured): Table {
  const powers = (['laptop-power', 'desktop-power', 'h100-power'] as const).map(reference);
  return {
    name: 'own',
    title: text(`Your run, at ${PRICE} USD per kWh`, `你的这次训练，电价 ${PRICE} 美元/千瓦时`),
    columns: [
      { key: 'device', title: text('if the device draws', '若设备功率为') },
      { key: 'watts', title: text('power, W', '功率，瓦') },
      { key: 'flops', title: text('FLOPs', 'FLOP') },
      { key: 'seconds', title: text('seconds', '秒') },
      { key: 'kilowattHours', title: text('energy, kWh', '能量，千瓦时') },
      { key: 'cost', title: text('electricity, USD', '电费，美元') },
    ],
    rows: powers.map(({ subject, value: watts }) => {
      const device = { flopsPerSecond, watts };
      const here = billOfTime(own.flops, run.seconds, device, { perKilowattHour: PRICE });
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
  return {
    name: 'famous',
    title: text('Famous runs, as billed and on this device', '著名的训练：公布的账单，以及在这台设备上'),
    columns: [
      { key: 'subject', title: text('model', '模型') },
      { key: 'compute', title: text('compute, FLOP', '计算量，FLOP') },
      { key: 'money', title: text('money, USD', '花费，美元') },
      { key: 'years', title: text('years on this device', '这台设备需要的年数') },
      { key: 'kilowattHours', title: text(`kWh on it at ${WATTS} W`, `其 ${WATTS} 瓦下的千瓦时`) },
      { key: 'trust', title: text('trust', '可信度') },
      { key: 'source', title: text('source', '来源') },
    ],
    rows: FAMOUS.map(({ compute, money }) => {
      const row = reference(compute);
      const cost = money && reference(money);
      const here = measured && bill(row.value, { flopsPerSecond: measured.flopsPerSecond, watts: WATTS });
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

function checkTable(): Table {
  return {
    name: 'checks',
    title: text('Published bills, computed again', '已发表的账单，重新计算'),
    columns: [
      { key: 'statement', title: text('bill', '账单') },
      { key: 'published', title: text('published', '公布') },
      { key: 'computed', title: text('computed', '计算') },
      { key: 'unit', title: text('unit', '单位') },
      { key: 'inputs', title: text('from', '依据') },
    ],
    rows: checks().map(({ statement, published, computed, unit, inputs }) => [
      statement,
      published,
      computed,
      unit,
      inputs,
    ]),
  };
}

function referenceTable(): Table {
  return {
    name: 'references',
    title: text('References, with their range and their doubts', '参考数据，及其范围与疑点'),
    columns: [
      { key: 'subject', title: text('subject', '对象') },
      { key: 'quantity', title: text('quantity', '量') },
      { key: 'value', title: text('value', '值') },
      { key: 'low', title: text('from', '下界') },
      { key: 'high', title: text('to', '上界') },
      { key: 'unit', title: text('unit', '单位') },
      { key: 'trust', title: text('trust', '可信度') },
      { key: 'source', title: text('source', '来源') },
      { key: 'date', title: text('date', '日期') },
      { key: 'note', title: text('note', '备注') },
    ],
    rows: REFERENCES.map((row: Reference) => [
      row.subject,
      row.quantity,
      row.value,
      row.low ?? null,
      row.high ?? null,
      row.unit,
      row.trust,
      row.source,
      row.date,
      row.note ?? null,
    ]),
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
    x: { label: text('compute, FLOPs', '计算量，FLOP'), scale: 'log' },
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
    x: { label: text('compute, FLOPs', '计算量，FLOP'), scale: 'log' },
    y: { label: text('USD', '美元'), scale: 'log' },
    series: shown,
  };
}
