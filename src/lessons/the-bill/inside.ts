/** What a bill looks like to scale: years of this device as squares. */
import { levels, type Picture } from '../../findings/pictures.ts';
import { reference } from '../../scaling/index.ts';
import type { Inside } from '../inside.ts';
import * as quantities from '../shared/quantities.ts';
import { finished } from '../shared/runs.ts';
import { text } from '../shared/text.ts';
import { KEY } from './design.ts';
import { measure, USUAL, years } from './measured.ts';
import { FAMOUS } from './tables.ts';

const ROWS = 25;
const COLUMNS = 40;
const SQUARES = ROWS * COLUMNS;

export const inside: Inside = {
  pictures(results): Picture[] {
    const run = finished(results, KEY);
    const measured = run && measure(run.flopsPerStep * run.step, run.seconds, USUAL);
    if (!measured) return [];
    const models = FAMOUS.map(({ compute }) => reference(compute)).toSorted((a, b) => a.value - b.value);
    const most = models.at(-1)!.value;
    const square = Number((years(most, measured) / SQUARES).toPrecision(2)).toLocaleString('en');
    return [
      {
        kind: 'grid',
        name: 'squares',
        title: text('To scale', '按比例'),
        look: text(
          `Each of the ${SQUARES.toLocaleString('en')} squares is ${square} years of this device; all of them together train the largest. Go along the famous runs, and see how late the field begins to fill.`,
          `${SQUARES.toLocaleString('en')} 个方格，每格是这台设备的 ${square} 年，合起来正好训练最大的那个。沿着著名的训练走一遍，看看格子多晚才开始填满。`,
        ),
        figures: ['years', 'money'],
        place: quantities.COMPUTE,
        at: models.map(({ value }) => value),
        rows: Array.from({ length: ROWS }, () => ''),
        columns: Array.from({ length: COLUMNS }, () => ''),
        panels: [
          {
            name: text('years of this device', '这台设备的年数'),
            frames: models.map(({ value }) => {
              const filled = (SQUARES * value) / most;
              // The last square is as dark as it is full; the root with which grids are drawn is undone.
              return levels(
                Array.from({ length: SQUARES }, (_, i) => Math.min(1, Math.max(0, filled - i)) ** 2),
              );
            }),
            reading: {
              label: text('years', '年'),
              values: models.map(({ value }) => Number(years(value, measured).toPrecision(2))),
            },
          },
        ],
      },
    ];
  },
};
