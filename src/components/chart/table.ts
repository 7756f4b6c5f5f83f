/** The points of a chart as an HTML table, for eyes and screen readers that curves do not serve. */
import { html, type TemplateResult } from 'lit';
import { whole } from '../format.ts';
import { strings } from '../strings.ts';
import { evenly, join, union } from './rows.ts';
import type { ChartSeries } from './types.ts';

const ROWS = 60;

/** What has fewer points is a line from end to end, as a floor is, where others have more. */
const LEAST_POINTS = 5;

/**
 * The positions of the rows, at most ROWS: of what has a marker for each measured point, where anything has, since laws and floors are
 * lines without. Where there are more, those of the series that has the fewest, so that few cells are empty.
 */
export function rowPositions(series: readonly ChartSeries[]): number[] {
  const marked = series.filter(({ markers, line }) => markers === true || line === false);
  const choosing = marked.length ? marked : series;
  const all = union(choosing.map(({ x }) => x));
  if (all.length <= ROWS && choosing === marked) return all;
  // The end to end lines choose only among themselves.
  const least = choosing.some(({ x }) => x.length >= LEAST_POINTS) ? LEAST_POINTS : 2;
  const [sparse] = choosing.filter(({ x }) => x.length >= least).sort((a, b) => a.x.length - b.x.length);
  const candidates = sparse ? Array.from(sparse.x) : all;
  return evenly(candidates.length, ROWS).map((i) => candidates[i]!);
}

/** The measured points of all series, in so many rows as a table can have. */
export function renderTable(
  series: readonly ChartSeries[],
  caption: string,
  positionLabel: string,
  value: (value: number | undefined) => string,
): TemplateResult {
  const measured = series.filter(({ x, thin }) => x.length > 0 && !thin);
  const all = union(measured.map(({ x }) => x));
  const positions = rowPositions(measured);
  if (!positions.length) return html`<p>${strings.noData}</p>`;
  const columns = join(positions, measured, Number.isFinite);
  return html`<div class="scroll" tabindex="0" role="region" aria-label=${strings.table}>
      <table>
        <caption class="visually-hidden">
          ${caption}
        </caption>
        <thead>
          <tr>
            <th scope="col">${positionLabel}</th>
            ${measured.map(({ label }) => html`<th scope="col">${label}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${positions.map(
            (position, row) =>
              html`<tr>
                <th scope="row">${Number.isInteger(position) ? whole(position) : value(position)}</th>
                ${columns.map((column) => html`<td>${value(column[row] ?? undefined)}</td>`)}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
    ${
      positions.length < all.length
        ? html`<p>${strings.tableNote(positions.length, whole(all.length))}</p>`
        : ''
    }`;
}
