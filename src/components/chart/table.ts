/** The points of a chart as an HTML table, for eyes and screen readers that curves do not serve. */
import { html, type TemplateResult } from 'lit';
import { whole } from '../format.ts';
import { strings } from '../strings.ts';
import { evenly, join, union } from './rows.ts';
import type { ChartSeries } from './types.ts';

const ROWS = 60;

/** At most ROWS rows, at the positions of the series with the fewest points so that few cells are empty. */
export function renderTable(
  series: readonly ChartSeries[],
  caption: string,
  positionLabel: string,
  value: (value: number | undefined) => string,
): TemplateResult {
  const measured = series.filter(({ x, thin }) => x.length > 0 && !thin);
  const all = union(measured.map(({ x }) => x));
  const sparse = measured.filter(({ x }) => x.length > 1).sort((a, b) => a.x.length - b.x.length)[0];
  const candidates = sparse ? Array.from(sparse.x) : all;
  const positions = evenly(candidates.length, ROWS).map((i) => candidates[i]!);
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
