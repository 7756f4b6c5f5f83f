/** Tables of the-bill: this run, and famous ones. */
import { bill, billOfTime, reference, type ReferenceId } from '../../scaling/index.ts';
import type { Table } from '../lesson.ts';
import { text } from '../shared/text.ts';
import { type Measured, USUAL, years } from './measured.ts';

/** What depends on the learner's device: its bill, and those of the famous runs on it. */
export function ownTables(measured: Measured | undefined): Table[] {
  return [...(measured ? [ownTable(measured)] : []), famousTable(measured)];
}

function ownTable({ flopsPerSecond, bill: own, tariff }: Measured): Table {
  const { watts: chosen, price, water } = tariff;
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
      { key: 'water', title: text('water, litres', '用水，升') },
    ],
    rows: powers.map(([subject, watts]) => {
      const device = { flopsPerSecond, watts };
      const here = billOfTime(own.flops, own.seconds, device, { perKilowattHour: price });
      const litres = here.kilowattHours * water;
      return [subject, watts, here.flops, here.seconds, here.kilowattHours, here.electricity ?? null, litres];
    }),
  };
}

/** Models whose compute is published or estimated, and the reference that says what they cost. */
export const FAMOUS: { compute: ReferenceId; money?: ReferenceId }[] = [
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
