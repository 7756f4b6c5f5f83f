/** Figures of the-bill: compute, and money. */
import { logSpace, reference, type Reference } from '../../scaling/index.ts';
import type { Figure } from '../lesson.ts';
import * as quantities from '../shared/quantities.ts';
import { series } from '../shared/series.ts';
import { same, text } from '../shared/text.ts';
import { halvingFactor, type Measured, type Returns, SECONDS_PER_YEAR, years } from './measured.ts';
import { FAMOUS } from './tables.ts';

export function computeFigure(measured: Measured | undefined): Figure {
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

export function moneyFigure(measured: Measured | undefined): Figure {
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

/** The reducible loss of the own runs, and where the line through them has halved it. */
export function returnsFigure(returns: Returns | undefined): Figure {
  const last = returns?.points.at(-1);
  const factor = returns ? halvingFactor(returns) : Infinity;
  const law = (x: number): { x: number; y: number } => ({ x, y: returns!.scale * x ** -returns!.exponent });
  return {
    name: 'returns',
    title: text('What more compute buys', '更多的计算量能换来什么'),
    x: { label: quantities.COMPUTE, scale: 'log' },
    y: { label: text('loss above the floor, nats', '高于下限的损失，纳特'), scale: 'log' },
    series:
      returns && last
        ? [
            series(text('your runs', '你的训练'), 'measured', 'points', returns.points),
            ...(Number.isFinite(factor)
              ? [
                  series(
                    same('A/C^α'),
                    'fit',
                    'line',
                    logSpace(returns.points[0]!.x, last.x * factor, 40).map(law),
                  ),
                  series(text('half of it', '减半之处'), 'held-out', 'points', [law(last.x * factor)]),
                ]
              : []),
          ]
        : [],
  };
}
