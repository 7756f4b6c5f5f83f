/**
 * Draws frames: one function for each kind of picture, in the page's colours. Styles are set as properties, since a page's
 * security policy may forbid the style attribute.
 */
import { html, nothing, svg, type TemplateResult } from 'lit';
import type {
  BarsPicture,
  GridPicture,
  InsidePicture,
  LinesPicture,
  MarkedRow,
  Panel,
  PointsPicture,
  RowsPicture,
} from './picture.ts';
import './lab-grid.ts';

/** Up to so many points all have their names written; beyond that every eighth. */
const FEW = 12;
const EVERY = 8;
/** More tiles than this wrap to two lines on a narrow screen. */
const MANY = 9;

/** The name of what the reader points at, and a function to change it. */
export interface Pointing {
  marked: string | undefined;
  mark: (name: string | undefined) => void;
}

/** A frame of a panel. @param small a thumbnail: no words */
export function drawFrame(
  picture: InsidePicture,
  panel: number,
  frame: number,
  pointing: Pointing,
  small = false,
): TemplateResult | typeof nothing {
  switch (picture.kind) {
    case 'points':
      return drawPoints(picture, picture.panels[panel]!, frame, pointing, small);
    case 'grid':
      return drawGrid(picture, picture.panels[panel]!, frame, small);
    case 'bars':
      return drawBars(picture, picture.panels[panel]!, frame);
    case 'rows':
      return drawRows(picture, picture.panels[panel]!.frames[frame] ?? []);
    case 'lines':
      return drawLines(picture, picture.panels[panel]!, frame);
  }
}

function drawPoints(
  { points }: PointsPicture,
  { frames, isControl, turns }: PointsPicture['panels'][number],
  frame: number,
  { marked, mark }: Pointing,
  small: boolean,
): TemplateResult {
  const values = frames[frame];
  const place = (i: number): [number, number] => [100 * values![2 * i]!, -100 * values![2 * i + 1]!];
  const named = (name: string, i: number): boolean =>
    !small && (name === marked || points.length <= FEW || i % EVERY === 0);
  return html`<svg
    viewBox="-104 -104 208 208"
    class="points ${small ? 'thumb' : ''} ${isControl ? 'control' : ''}"
  >
    <circle class="ring" r="76" />
    ${
      values
        ? points.map((name, i) => {
            const [x, y] = place(i);
            const hue = Math.round((360 * ((turns[frame]! * i) % points.length)) / points.length);
            return svg`<g class="point ${name === marked ? 'marked' : ''}" .style=${`transform:translate(${x.toFixed(1)}px,${y.toFixed(1)}px)`}
              @pointerenter=${small ? nothing : () => mark(name)} @pointerleave=${small ? nothing : () => mark(undefined)}>
              <circle r=${small ? 5 : 4.4} .style=${`fill:light-dark(hsl(${hue} 60% 44%),hsl(${hue} 65% 66%))`} />
              ${named(name, i) ? svg`<text x="6" y="-5">${name}</text>` : nothing}
            </g>`;
          })
        : nothing
    }
  </svg>`;
}

function drawGrid(
  { rows, columns }: GridPicture,
  { frames, isControl }: Panel<string>,
  frame: number,
  small: boolean,
): TemplateResult {
  const ratio = Math.min(2.4, Math.max(0.8, columns.length / Math.max(1, rows.length)));
  return html`<div
    class="grid ${isControl ? 'control' : ''}"
    .style=${`--lab-inside-ratio:${ratio.toFixed(3)}`}
  >
    ${small || !rows.some(Boolean) ? nothing : html`<div class="rownames">${rows.map((name) => html`<span>${name}</span>`)}</div>`}
    <lab-inside-grid .levels=${frames[frame] ?? ''} .columns=${columns.length}></lab-inside-grid>
    ${
      small || !columns.some(Boolean)
        ? nothing
        : html`<div class="columnnames">${columns.map((name) => html`<span>${name}</span>`)}</div>`
    }
  </div>`;
}

function drawBars(
  { bars, most }: BarsPicture,
  { frames, isControl }: Panel<readonly number[]>,
  frame: number,
): TemplateResult {
  const values = frames[frame];
  return html`<div class="bars ${isControl ? 'control' : ''}">
    ${bars.map(
      ({ name, isMarked }, i) =>
        html`<div class=${isMarked ? 'bar marked' : 'bar'}>
          <i .style=${`height:${((100 * Math.max(0, values?.[i] ?? 0)) / most).toFixed(1)}%`}></i
          ><span>${name}</span>
        </div>`,
    )}
  </div>`;
}

function drawRows({ isWall }: RowsPicture, rows: readonly MarkedRow[]): TemplateResult {
  return html`<ul class=${isWall ? 'wall' : 'rows'}>
    ${rows.map(
      ({ parts, mark }) =>
        html`<li
          class=${`${mark ?? ''} ${parts.length > MANY ? 'many' : ''}`}
          .style=${`--tiles:${parts.length - 1}`}
        >
          ${parts.map(({ text, mark }) => html`<span class=${mark}>${text}</span>`)}
        </li>`,
    )}
  </ul>`;
}

function drawLines(
  { x, range, curves, given }: LinesPicture,
  { frames, isControl }: Panel<readonly (readonly number[])[]>,
  frame: number,
): TemplateResult {
  const [left, right] = [x[0] ?? 0, x.at(-1) ?? 1];
  const [low, high] = range;
  const px = (value: number): string => ((200 * (value - left)) / (right - left || 1)).toFixed(1);
  const py = (value: number): string =>
    (90 - (90 * (Math.min(high, Math.max(low, value)) - low)) / (high - low || 1)).toFixed(1);
  const path = (y: readonly number[]): string => y.map((value, i) => `${px(x[i]!)},${py(value)}`).join(' ');
  return html`<svg viewBox="-4 -4 208 98" class="lines ${isControl ? 'control' : ''}">
    ${given?.points.map(([x, y]) => svg`<circle class="given" cx=${px(x)} cy=${py(y)} r="1.6" />`)}
    ${(frames[frame] ?? []).map(
      (y, i) =>
        svg`<polyline class="curve c${i} ${curves[i]?.isReference ? 'reference' : ''}" points=${path(y)} />`,
    )}
  </svg>`;
}
