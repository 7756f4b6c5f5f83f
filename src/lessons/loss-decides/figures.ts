/** Figures of loss-decides: an ability against loss, size and compute. */
import type { Figure, Text } from '../lesson.ts';
import * as quantities from '../shared/quantities.ts';
import { series, sizeSeries } from '../shared/series.ts';
import { grouped, same, text } from '../shared/text.ts';
import { type Band, bandName, BANDS } from './bands.ts';
import { RAREST, type Stop } from './measured.ts';

export const LOSS_AXIS = { label: quantities.LOSS, scale: 'linear' } as const;
export const SIZE_AXIS = { label: quantities.PARAMETERS, scale: 'log' } as const;
export const COMPUTE_AXIS = { label: quantities.COMPUTE, scale: 'log' } as const;
const ABILITY_AXIS = { label: text('share of the facts known', '记住的事实比例'), scale: 'linear' } as const;

/** Checkpoints by size; on the axis of sizes each is a column of points, elsewhere a curve. */
export function againstFigure(
  name: string,
  title: Text,
  x: Figure['x'],
  stops: readonly Stop[],
  band: Band,
  read: (stop: Stop) => number,
): Figure {
  const sizes = [...new Set(stops.map(({ N }) => N))].sort((a, b) => a - b);
  return {
    name,
    title,
    x,
    y: ABILITY_AXIS,
    series: sizes.map((N, i) =>
      sizeSeries(
        same(`N = ${grouped(N)}`),
        [i, sizes.length],
        'points',
        stops.filter((stop) => stop.N === N).map((stop) => ({ x: read(stop), y: stop.abilities[band] })),
      ),
    ),
  };
}

export function bandsFigure(stops: readonly Stop[]): Figure {
  const roles = ['measured', 'held-out', 'control'] as const;
  return {
    name: 'bands',
    title: text('All sizes, by rank of the facts', '所有规模，按事实的名次'),
    x: LOSS_AXIS,
    y: ABILITY_AXIS,
    series: BANDS.map((band, i) =>
      series(
        bandName(band),
        roles[i]!,
        'points',
        stops.map(({ loss, abilities }) => ({ x: loss, y: abilities[band] })),
      ),
    ),
  };
}

/** One network on two kinds of data: two curves, where the loss alone does not decide. */
export function otherDataFigure(usual: readonly Stop[], other: readonly Stop[]): Figure {
  const at = ({ loss, abilities }: Stop): { x: number; y: number } => ({ x: loss, y: abilities[RAREST] });
  return {
    name: 'other-data',
    title: text(
      `Other data, the same network: ${bandName(RAREST).en}`,
      `同一个网络，换一批数据：${bandName(RAREST).zh}`,
    ),
    x: LOSS_AXIS,
    y: ABILITY_AXIS,
    series: [
      series(text('facts as they occur', '按出现频率'), 'measured', 'points', usual.map(at)),
      series(text('rare facts more often', '罕见的事实更多'), 'control', 'points', other.map(at)),
    ],
  };
}
