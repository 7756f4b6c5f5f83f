/** Pictures of the first page, drawn: of the idea, not of a run. */
import { svg, type TemplateResult } from 'lit';
import type { LessonName } from './curriculum.ts';
import { strings } from './home-strings.ts';

/** A small drawing per lesson, 132 × 44: lines and points by the meaning of their colour. */
type Stroke = [kind: 'line' | 'dash' | 'dots' | 'bars', color: string, path: string];

const SKETCHES: Record<LessonName, Stroke[]> = {
  kernels: [
    ['line', 'c1', 'M4 40L56 8H128'],
    ['dots', 'c2', '18 36 40 30 64 26 96 24'],
    ['dots', 'c1', '24 28 52 13 84 9 116 8'],
  ],
  learning: [
    ['line', 'c1', 'M4 5C20 34 40 35 128 38'],
    ['dash', 'ink-3', 'M4 41H128'],
  ],
  'emergence-by-size': [
    ['line', 'c1', 'M4 40H50C72 40 72 6 92 6H128'],
    ['dots', 'c1', '12 40 40 40 72 22 98 6 122 6'],
  ],
  'emergence-in-time': [
    ['dash', 'c2', 'M4 40C16 40 14 6 30 6H128'],
    ['line', 'c1', 'M4 40H72C90 40 86 6 106 6H128'],
  ],
  mirage: [
    ['line', 'c2', 'M4 38C60 34 90 16 128 6'],
    ['line', 'c1', 'M4 40H84C104 40 112 26 128 10'],
  ],
  'loss-decides': [
    ['line', 's6', 'M4 40H56C82 40 84 8 104 6H128'],
    ['dots', 's1', '14 40 34 40 54 39'],
    ['dots', 's4', '64 36 76 26 84 18'],
    ['dots', 's6', '92 11 104 6 120 6'],
  ],
  'scaling-laws': [
    ['line', 'accent', 'M4 6L128 38'],
    ['dots', 'c1', '14 9 36 14 58 20 80 26'],
    ['dots', 'c2', '118 35'],
  ],
  'compute-optimal': [
    ['line', 's1', 'M6 8C22 34 34 30 52 6'],
    ['line', 's3', 'M32 14C52 40 66 38 86 10'],
    ['line', 's6', 'M64 18C86 46 102 42 124 14'],
    ['dash', 'accent', 'M24 24L102 38'],
  ],
  'the-bill': [['bars', 'c1', '10 36 30 32 50 24 70 18 90 12 110 6']],
  'efficiency-times-time': [
    ['line', 'c1', 'M4 6C30 30 60 36 128 38'],
    ['line', 'c2', 'M4 6C14 34 26 37 128 39'],
  ],
  specialists: [
    ['bars', 'c1', '14 22 36 26'],
    ['bars', 'c2', '72 8 94 34'],
  ],
  overtraining: [
    ['line', 's2', 'M4 8C22 30 60 32 128 34'],
    ['line', 's6', 'M4 4C10 32 22 34 52 34'],
    ['dash', 'ink-3', 'M4 34H128'],
  ],
  sandbox: [
    ['dash', 'predict', 'M4 38C36 38 60 10 128 8'],
    ['dots', 'predict', '30 36 66 21 102 10'],
  ],
};

/** Decoration: the words beside it say what it is about. */
export function sketch(lesson: LessonName): TemplateResult {
  return svg`<svg class="sketch" viewBox="0 0 132 44" aria-hidden="true">
    ${SKETCHES[lesson].map(([kind, color, path]) => {
      const ink = `var(--lab-${color})`;
      if (kind === 'line' || kind === 'dash') {
        return svg`<path d=${path} fill="none" stroke=${ink} stroke-width="2" stroke-dasharray=${kind === 'dash' ? '4 3' : 'none'} />`;
      }
      return pairs(path).map(([x, y]) =>
        kind === 'dots'
          ? svg`<circle cx=${x} cy=${y} r="2.8" fill="var(--lab-card)" stroke=${ink} stroke-width="1.8" />`
          : svg`<rect x=${x} y=${y} width="14" height=${42 - y} rx="1.5" fill=${ink} />`,
      );
    })}
  </svg>`;
}

/** The scaling law of the first page: five models on a line, the band, and the one that is not trained yet. */
export function lawPicture(): TemplateResult {
  const at = (i: number): [number, number] => [70 + 72 * i, 44 + 38 * i];
  const grid = [0, 1, 2, 3];
  return svg`<svg class="law" viewBox="0 0 520 330" role="img" aria-label=${strings.picture}>
    ${grid.map((i) => svg`<path class="grid" d=${`M46 ${44 + 64 * i}H500M${106 + 108 * i} 24V276`} />`)}
    <path class="band" d="M358 196L490 276L490 255Z" />
    <path class="fit" d="M46 31.3L490 265.7" />
    ${[0, 1, 2, 3, 4].map((i) => svg`<circle cx=${at(i)[0]} cy=${at(i)[1]} r="7" fill=${`var(--lab-s${i + 1})`} />`)}
    <circle class="open" cx="462" cy="251" r="8.5" />
    <text x="444" y="272" text-anchor="end">${strings.pictureOpen}</text>
    <text x="273" y="312" text-anchor="middle">${strings.pictureX}</text>
    <text transform="translate(24 150) rotate(-90)" text-anchor="middle">${strings.pictureY}</text>
  </svg>`;
}

function pairs(list: string): [number, number][] {
  const numbers = list.split(' ').map(Number);
  return Array.from({ length: numbers.length / 2 }, (_, i) => [numbers[2 * i]!, numbers[2 * i + 1]!]);
}
