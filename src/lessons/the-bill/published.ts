/** Published bills, computed again from their own inputs, and the references with their doubts. */
import {
  bill,
  fleetEnergy,
  reference,
  type Reference,
  type ReferenceId,
  REFERENCES,
  trainingFlops,
} from '../../scaling/index.ts';
import type { Table } from '../lesson.ts';
import { text } from '../shared/text.ts';

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
export function checks(): Check[] {
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

export function checkTable(): Table {
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

/** GPT-4 from the inputs that Epoch AI gives, at the ends of what is known of its compute: hours, and what each must have cost. */
export function gpt4Table(): Table {
  const value = (id: ReferenceId): number => reference(id).value;
  const compute = reference('gpt-4-compute');
  const rate = value('a100-peak') * value('gpt-4-utilisation');
  const water = value('water-on-site') + value('water-of-electricity');
  return {
    name: 'gpt-4',
    title: text('GPT-4, computed again from estimated inputs', 'GPT-4：由估计的依据重新计算'),
    columns: [
      { key: 'flops', title: text('compute, FLOP', '计算量，FLOP') },
      { key: 'hours', title: text('A100 hours', 'A100 卡时') },
      { key: 'price', title: text('USD an hour, for the estimated bill', '每小时美元（按估计的账单）') },
      { key: 'kilowattHours', title: text('GPUs alone, kWh', '仅 GPU，千瓦时') },
      { key: 'water', title: text('water, litres', '用水，升') },
    ],
    rows: [compute.low!, compute.value, compute.high!].map((flops) => {
      const own = bill(flops, { flopsPerSecond: rate, watts: value('a100-power') });
      const price = value('gpt-4-money') / own.deviceHours;
      return [flops, own.deviceHours, price, own.kilowattHours, own.kilowattHours * water];
    }),
  };
}

export function referenceTable(): Table {
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
