import { css, html, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { LabElement } from './element.ts';
import { strings } from './strings.ts';
import { base } from './styles.ts';

export interface GridCell {
  state: 'waiting' | 'running' | 'done' | 'skipped';
  /** what the run came to, once it is done */
  value?: string | undefined;
  /** 0 the best … 1 the worst of those that are done */
  rank?: number | undefined;
  /** what is to be said of its replicas that have diverged */
  note?: string | undefined;
}

/** Marks a cell that has a note below the grid. */
const MARK = '†';

/**
 * The runs of a sweep where they lie on its axes: done with their result, under way, waiting, or left out; below them
 * the replicas that have diverged.
 *
 * @csspart table - the grid
 * @csspart notes - the list of replicas that have diverged
 */
export class LabRunGrid extends LabElement {
  static override styles = [
    base,
    css`
      .scroll {
        overflow: auto;
        max-height: 24rem;
      }
      table {
        border-collapse: separate;
        border-spacing: 3px;
        font-size: var(--lab-step--1);
        font-variant-numeric: tabular-nums;
      }
      caption {
        text-align: left;
        color: var(--lab-ink-2);
        padding-bottom: 2px;
      }
      th {
        font-weight: 500;
        color: var(--lab-ink-2);
        text-align: left;
        padding: 2px 8px 2px 0;
        white-space: nowrap;
      }
      thead th {
        text-align: center;
        padding: 2px 4px;
      }
      td {
        min-width: 4.2rem;
        height: 32px;
        text-align: center;
        padding: 2px 8px;
        border-radius: 6px;
        background: var(--lab-wash);
        color: var(--lab-ink-2);
      }
      .corner {
        background: none;
      }
      td[data-state='done'] {
        background: color-mix(in srgb, var(--lab-s5) calc(8% + var(--share) * 30%), var(--lab-card));
        color: var(--lab-ink);
      }
      td[data-state='running'] {
        outline: 2px solid var(--lab-accent);
        outline-offset: -2px;
        color: var(--lab-accent);
      }
      ul {
        margin: 4px 0 0;
        padding: 0;
        list-style: none;
        font-size: var(--lab-step--1);
        color: var(--lab-ink-2);
      }
      td[data-state='skipped'] {
        background: none;
        color: var(--lab-ink-3);
        border: 1px dashed var(--lab-line-2);
      }
    `,
  ];

  /** What the grid shows. */
  @property() label = '';
  /** Values of the axis down. */
  @property({ attribute: false }) rows: readonly string[] = [];
  /** Values of the axis across. */
  @property({ attribute: false }) columns: readonly string[] = [];
  /** A cell for each run, row by row. */
  @property({ attribute: false }) cells: readonly GridCell[] = [];

  protected override render(): TemplateResult {
    const across = this.columns.length;
    return html`<div class="scroll" tabindex="0" role="region" aria-label=${this.label}>
      <table part="table">
        <caption>
          ${this.label}
        </caption>
        <thead>
          <tr>
            <td class="corner"></td>
            ${this.columns.map((column) => html`<th scope="col">${column}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${this.rows.map(
            (row, i) =>
              html`<tr>
                <th scope="row">${row}</th>
                ${this.cells.slice(i * across, (i + 1) * across).map((cell) => this.renderCell(cell))}
              </tr>`,
          )}
        </tbody>
      </table>
      ${this.renderNotes()}
    </div>`;
  }

  private renderNotes(): TemplateResult | typeof nothing {
    const across = this.columns.length;
    const notes = this.cells.flatMap(({ note }, i) => {
      if (!note) return [];
      const place = [this.rows[Math.floor(i / across)], across > 1 ? this.columns[i % across] : undefined];
      return [html`<li>${MARK} ${place.filter(Boolean).join(', ')}: ${note}</li>`];
    });
    return notes.length
      ? html`<ul part="notes">
          ${notes}
        </ul>`
      : nothing;
  }

  private renderCell({ state, value, rank, note }: GridCell): TemplateResult {
    const share = rank === undefined ? '' : `--share: ${(1 - rank).toFixed(2)}`;
    // As a property, since a page's security policy may forbid the style attribute.
    return html`<td data-state=${state} title=${note ?? nothing} .style=${share}>
      ${value ?? strings.runStates[state]}${note ? html`<span aria-hidden="true"> ${MARK}</span>` : nothing}
    </td>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lab-run-grid': LabRunGrid;
  }
}
