/** Empty axes to sketch on: ticks and names, and nothing that a lesson would show. */
import { html, svg, type TemplateResult } from 'lit';
import type { PaperAxis } from '../class/asked.ts';

const [WIDTH, HEIGHT] = [640, 300];
const [LEFT, BOTTOM, EDGE] = [64, 44, 10];

const DIGITS = [1, 2, 3, 4, 5, 6, 7, 8, 9];

/** Round numbers within a range: powers of ten and what fills them up, or steps of 1, 2 or 5. */
function ticksOf({ log, low, high }: PaperAxis): number[] {
  if (log) {
    const decades = Math.log10(high / low);
    const factors = decades > 4 ? [1] : decades > 1.5 ? [1, 3] : decades > 0.7 ? [1, 2, 5] : DIGITS;
    const powers = Array.from(
      { length: Math.ceil(decades) + 2 },
      (_, i) => 10 ** (Math.floor(Math.log10(low)) + i),
    );
    return powers
      .flatMap((power) => factors.map((factor) => Number((factor * power).toPrecision(6))))
      .filter((tick) => tick >= low && tick <= high);
  }
  const rough = (high - low) / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((each) => each >= rough)!;
  const first = Math.ceil(low / step);
  return Array.from({ length: Math.floor(high / step) - first + 1 }, (_, i) =>
    Number(((first + i) * step).toPrecision(6)),
  );
}

const at = ({ log, low, high }: PaperAxis, value: number): number =>
  log ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);

const said = (value: number): string =>
  value !== 0 && (Math.abs(value) >= 1e6 || Math.abs(value) < 1e-3)
    ? value.toExponential(0).replace('e+', 'e')
    : value.toLocaleString('en');

export function renderAxes(x: PaperAxis, y: PaperAxis): TemplateResult {
  const left = (value: number): number => LEFT + at(x, value) * (WIDTH - LEFT - EDGE);
  const top = (value: number): number => HEIGHT - BOTTOM - at(y, value) * (HEIGHT - BOTTOM - EDGE);
  const floor = HEIGHT - BOTTOM;
  return html`<svg
    class="axes"
    viewBox="0 0 ${WIDTH} ${HEIGHT}"
    role="img"
    aria-label="${y.label}, ${x.label}"
  >
    ${ticksOf(x).map(
      (tick) =>
        svg`<path class="grid" d="M${left(tick)} ${EDGE}V${floor}" /><text x=${left(tick)} y=${floor + 18} text-anchor="middle">${said(tick)}</text>`,
    )}
    ${ticksOf(y).map(
      (tick) =>
        svg`<path class="grid" d="M${LEFT} ${top(tick)}H${WIDTH - EDGE}" /><text x=${LEFT - 8} y=${top(tick) + 4} text-anchor="end">${said(tick)}</text>`,
    )}
    ${svg`<path class="edge" d="M${LEFT} ${EDGE}V${floor}H${WIDTH - EDGE}" />
      <text x=${(LEFT + WIDTH) / 2} y=${HEIGHT - 6} text-anchor="middle">${x.label}</text>
      <text transform="translate(14 ${floor / 2}) rotate(-90)" text-anchor="middle">${y.label}</text>`}
  </svg>`;
}
