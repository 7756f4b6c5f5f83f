import { html, nothing, svg, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { repeat } from 'lit/directives/repeat.js';
import { LabElement } from './element.ts';
import { measured } from './format.ts';
import { type Order, type RunColumn, type RunRow, sorted } from './runs-rows.ts';
import { strings } from './runs-strings.ts';
import { runsTableStyles } from './runs-table-styles.ts';
import { base, buttons } from './styles.ts';

export type RunsAction =
  /** the runs that shall be on the chart, or be hidden, by id */
  | { kind: 'select' | 'hide'; ids: string[] }
  | { kind: 'rename'; id: string; name: string }
  | { kind: 'remove'; id: string }
  /** brings back the one that was deleted last */
  | { kind: 'undo' }
  | { kind: 'export'; format: 'json' | 'csv' }
  | { kind: 'import'; files: readonly File[] };

/** Something is asked for in the table of runs; the runs are the owner's to change. */
export class RunsEvent extends Event {
  static readonly type = 'lab-runs';
  constructor(readonly action: RunsAction) {
    super(RunsEvent.type, { bubbles: true, composed: true });
  }
}

const RENAME = svg`<path d="M2.5 13.5l.6-2.9 7.7-7.7 2.3 2.3-7.7 7.7zM9.4 4.3l2.3 2.3" />`;
const HIDE = svg`<path d="M1.5 8S4 3.5 8 3.5 14.5 8 14.5 8 12 12.5 8 12.5 1.5 8 1.5 8zM2.5 14L13.5 2" />`;
const UNHIDE = svg`<path d="M1.5 8S4 3.5 8 3.5 14.5 8 14.5 8 12 12.5 8 12.5 1.5 8 1.5 8z" /><circle cx="8" cy="8" r="1.8" />`;
const REMOVE = svg`<path d="M2.5 4.5h11M6 4.5v-2h4v2M4 4.5l.6 9h6.8l.6-9M6.7 7v4M9.3 7v4" />`;

/**
 * The runs that a learner keeps: sorted by any column, laid over each other on a chart, renamed, hidden, deleted with
 * a way back, written to files and read from them.
 *
 * @event {RunsEvent} lab-runs - something is asked for
 * @slot - what stands beside the heading
 * @csspart table - the table
 */
export class LabRunsTable extends LabElement {
  static override styles = [base, buttons, runsTableStyles];

  /** The runs, oldest first. */
  @property({ attribute: false }) rows: readonly RunRow[] = [];
  /** Their main numbers. */
  @property({ attribute: false }) columns: readonly RunColumn[] = [];
  /** Ids of those on the chart. */
  @property({ attribute: false }) selected: readonly string[] = [];
  /** Ids of those that are hidden. */
  @property({ attribute: false }) hiddenRuns: readonly string[] = [];
  /** Name of the run that was deleted last, while it can come back. */
  @property() removed: string | undefined;
  /** What is wrong with the file that was to be added, a line each. */
  @property({ attribute: false }) refused: readonly unknown[] = [];
  /** What came of the file that was added last: new runs, and runs that were there already. */
  @property({ attribute: false }) imported: { added: number; known: number } | undefined;
  /** How a date is written. */
  @property({ attribute: false }) showDate: (date: string) => string = (date) => date.slice(0, 10);

  @state() private order: Order = { by: 'date', rising: true };
  @state() private showsHidden = false;
  @state() private renaming: string | undefined;
  @query('input[type=file]') private file!: HTMLInputElement;

  protected override render(): TemplateResult {
    const { rows, hiddenRuns } = this;
    const hidden = rows.filter(({ id }) => hiddenRuns.includes(id)).length;
    const shown = this.showsHidden ? rows : rows.filter(({ id }) => !hiddenRuns.includes(id));
    return html`<div class="bar">
        <h2 id="title">${strings.table}</h2>
        <slot></slot>
        ${
          hidden
            ? html`<button
                class="small"
                type="button"
                aria-pressed=${this.showsHidden}
                @click=${() => (this.showsHidden = !this.showsHidden)}
              >
                ${strings.hidden(hidden)}
              </button>`
            : nothing
        }
        ${this.renderFiles()} ${shown.length > 1 ? this.renderSorting() : nothing}
      </div>
      ${this.renderNotes()}
      ${shown.length ? this.renderTable(shown) : html`<p class="empty">${strings.empty}</p>`}`;
  }

  private renderFiles(): TemplateResult {
    const save = (format: 'json' | 'csv', label: string): TemplateResult =>
      html`<button
        class="small"
        type="button"
        aria-label=${label}
        title=${label}
        ?disabled=${!this.rows.length}
        @click=${() => this.emit({ kind: 'export', format })}
      >
        ${format.toUpperCase()}
      </button>`;
    return html`${save('json', strings.json)} ${save('csv', strings.csv)}
      <button class="small" type="button" @click=${() => this.file.click()}>${strings.import}</button>
      <input
        type="file"
        accept=".json,application/json"
        multiple
        hidden
        aria-label=${strings.import}
        @change=${() => this.take()}
      />`;
  }

  private renderNotes(): TemplateResult {
    return html`<div aria-live="polite">
      ${
        this.removed === undefined
          ? nothing
          : html`<p class="note">
              ${strings.removed(this.removed)}
              <button class="link" type="button" @click=${() => this.emit({ kind: 'undo' })}>
                ${strings.undo}
              </button>
            </p>`
      }
      ${this.imported ? html`<p class="note">${strings.imported(this.imported)}</p>` : nothing}
      ${
        this.refused.length
          ? html`<div class="note" data-kind="bad">
              ${strings.refused}
              <ul>
                ${this.refused.map((line) => html`<li>${line}</li>`)}
              </ul>
            </div>`
          : nothing
      }
    </div>`;
  }

  /** What can be sorted by, and how it is called. */
  private get heads(): { by: string; label: string; number: boolean }[] {
    return [
      { by: 'name', label: strings.name, number: false },
      { by: 'changes', label: strings.changes, number: false },
      ...this.columns.map(({ key, label }) => ({ by: `n:${key}`, label, number: true })),
      { by: 'device', label: strings.device, number: false },
      { by: 'date', label: strings.date, number: false },
    ];
  }

  private renderSorting(): TemplateResult {
    const { by, rising } = this.order;
    const direction = rising ? strings.ascending : strings.descending;
    return html`<span class="sorting">
      <label for="sort">${strings.sort}</label>
      <select
        id="sort"
        .value=${live(by)}
        @change=${(event: Event) =>
          (this.order = { by: (event.target as HTMLSelectElement).value, rising: true })}
      >
        ${this.heads.map((head) => html`<option value=${head.by} ?selected=${head.by === by}>${head.label}</option>`)}
      </select>
      <button
        class="small"
        type="button"
        aria-label=${direction}
        title=${direction}
        @click=${() => (this.order = { by, rising: !rising })}
      >
        ${rising ? '↑' : '↓'}
      </button>
    </span>`;
  }

  private renderTable(rows: readonly RunRow[]): TemplateResult {
    return html`<div class="scroll" tabindex="0" role="region" aria-labelledby="title">
      <table part="table" role="table" aria-labelledby="title">
        <thead role="rowgroup">
          <tr role="row">
            <th scope="col" role="columnheader">${strings.show}</th>
            ${this.heads.map((head) => this.renderHead(head))}
            <th scope="col" role="columnheader"><span class="visually-hidden">${strings.actions}</span></th>
          </tr>
        </thead>
        <tbody role="rowgroup">
          ${repeat(
            sorted(rows, this.order),
            ({ id }) => id,
            (row) => this.renderRow(row),
          )}
        </tbody>
      </table>
    </div>`;
  }

  private renderHead({ by, label, number }: LabRunsTable['heads'][number]): TemplateResult {
    const { order } = this;
    const here = order.by === by;
    return html`<th
      scope="col"
      role="columnheader"
      class=${number ? 'number' : ''}
      aria-sort=${here ? (order.rising ? 'ascending' : 'descending') : nothing}
    >
      <button
        type="button"
        title=${strings.sortBy(label)}
        @click=${() => (this.order = { by, rising: here ? !order.rising : true })}
      >
        ${label}<span aria-hidden="true">${here ? (order.rising ? ' ↑' : ' ↓') : ''}</span>
      </button>
    </th>`;
  }

  private renderRow(row: RunRow): TemplateResult {
    const { id, name, device, date } = row;
    const hidden = this.hiddenRuns.includes(id);
    const icon = (label: string, picture: TemplateResult, act: () => void, long: string): TemplateResult =>
      html`<button class="icon" type="button" title=${label} aria-label=${long} @click=${act}>
        <svg viewBox="0 0 16 16" aria-hidden="true">${picture}</svg>
      </button>`;
    return html`<tr role="row" ?data-hidden=${hidden}>
      <td role="cell">${this.renderPick(row)}</td>
      <th scope="row" role="rowheader">${this.renaming === id ? this.renderRename(row) : name}</th>
      <td role="cell" data-label=${strings.changes}>${this.renderChanges(row)}</td>
      ${this.columns.map(
        ({ key, label }) =>
          html`<td role="cell" class="number" data-label=${label}>${measured(row.numbers[key])}</td>`,
      )}
      <td role="cell" data-label=${strings.device}><div class="device" title=${device}>${device}</div></td>
      <td role="cell" data-label=${strings.date}><time datetime=${date}>${this.showDate(date)}</time></td>
      <td role="cell" class="actions">
        ${icon(strings.rename, RENAME, () => this.beginRename(id), strings.renameRun(name))}
        ${
          hidden
            ? icon(strings.unhide, UNHIDE, () => this.toggle('hide', id, false), strings.unhideRun(name))
            : icon(strings.hide, HIDE, () => this.toggle('hide', id, true), strings.hideRun(name))
        }
        ${icon(strings.remove, REMOVE, () => this.emit({ kind: 'remove', id }), strings.removeRun(name))}
      </td>
    </tr>`;
  }

  private renderPick({ id, name, look }: RunRow): TemplateResult {
    return html`<label class="pick">
      <input
        type="checkbox"
        aria-label=${strings.showRun(name)}
        .checked=${live(this.selected.includes(id))}
        @change=${(event: Event) => this.toggle('select', id, (event.target as HTMLInputElement).checked)}
      />
      ${
        look
          ? html`<svg aria-hidden="true" viewBox="0 0 24 10">
              ${svg`<line x2="24" y1="5" y2="5" stroke=${`var(--lab-${look.color})`} stroke-width="2.5" stroke-dasharray=${look.dash?.join(' ') ?? 'none'} />`}
            </svg>`
          : nothing
      }
    </label>`;
  }

  private renderChanges(row: RunRow): TemplateResult {
    if (!row.changes.length) {
      const isFirst = row.id === this.rows[0]?.id;
      return html`<span class="chips"
        ><span class="none">${isFirst ? strings.first : strings.same}</span></span
      >`;
    }
    return html`<span class="chips"
      >${row.changes.map(({ label, value }) => html`<span>${label} ${value}</span>`)}</span
    >`;
  }

  private renderRename({ id, name }: RunRow): TemplateResult {
    const commit = (event: Event): void => {
      if (this.renaming !== id) return;
      this.renaming = undefined;
      const next = (event.target as HTMLInputElement).value.trim();
      if (next && next !== name) this.emit({ kind: 'rename', id, name: next });
    };
    return html`<span class="rename"
      ><input
        maxlength="120"
        aria-label=${strings.newName(name)}
        .value=${name}
        @keydown=${(event: KeyboardEvent) => {
          if (event.key === 'Enter') {
            // Else the same key press would also press the button that gets the focus.
            event.preventDefault();
            commit(event);
            this.focusRow(id);
          } else if (event.key === 'Escape') {
            this.renaming = undefined;
            this.focusRow(id);
          }
        }}
        @blur=${commit}
    /></span>`;
  }

  private beginRename(id: string): void {
    this.renaming = id;
    void this.updateComplete.then(() => {
      const input = this.renderRoot.querySelector<HTMLInputElement>('.rename input');
      input?.focus();
      input?.select();
    });
  }

  /** Back to the button that began the renaming. */
  private focusRow(id: string): void {
    void this.updateComplete.then(() => {
      const index = sorted(this.visible, this.order).findIndex((row) => row.id === id);
      this.renderRoot.querySelectorAll<HTMLElement>('.actions button:first-child')[index]?.focus();
    });
  }

  private get visible(): readonly RunRow[] {
    return this.showsHidden ? this.rows : this.rows.filter(({ id }) => !this.hiddenRuns.includes(id));
  }

  private toggle(kind: 'select' | 'hide', id: string, on: boolean): void {
    const before = kind === 'select' ? this.selected : this.hiddenRuns;
    const ids = before.filter((other) => other !== id);
    this.emit({ kind, ids: on ? [...ids, id] : ids });
  }

  private take(): void {
    const files = [...(this.file.files ?? [])];
    this.file.value = '';
    if (files.length) this.emit({ kind: 'import', files });
  }

  private emit(action: RunsAction): void {
    this.dispatchEvent(new RunsEvent(action));
  }
}

declare global {
  interface HTMLElementEventMap {
    'lab-runs': RunsEvent;
  }
}
