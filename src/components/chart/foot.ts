/** Below the plot: its points as a table, and as files. */
import { html, nothing, type TemplateResult } from 'lit';
import { download } from '../download.ts';
import { strings } from '../strings.ts';
import { renderTable } from './table.ts';
import type { ChartSeries } from './types.ts';

interface Host {
  readonly series: readonly ChartSeries[];
  readonly label: string;
  requestUpdate(): void;
  toBlob(): Promise<Blob>;
  toCSV(): Promise<string>;
}

export class Foot {
  private isOpen = false;
  /** what makes files could not be loaded, or failed */
  private isNotSaved = false;

  constructor(private readonly host: Host) {}

  /** @param position what positions are @param value how values are said */
  render(position: string, value: (value: number | undefined) => string): TemplateResult {
    const { host } = this;
    const save = (kind: 'png' | 'csv', label: string, help: string, content: () => Promise<Blob>) =>
      html`<button class="small" type="button" title=${help} @click=${() => void this.save(kind, content)}>
        ${label}
      </button>`;
    return html`<div class="foot">
      <details
        @toggle=${({ target }: Event) => {
          this.isOpen = (target as HTMLDetailsElement).open;
          host.requestUpdate();
        }}
      >
        <summary>${strings.table}</summary>
        ${this.isOpen ? renderTable(host.series, host.label, position, value) : nothing}
      </details>
      <div class="saves">
        ${save('png', strings.png, strings.pngHelp, () => host.toBlob())}
        ${save('csv', strings.csv, strings.csvHelp, async () => new Blob([await host.toCSV()], { type: 'text/csv' }))}
      </div>
      ${this.isNotSaved ? html`<p role="alert">${strings.notSaved}</p>` : nothing}
    </div>`;
  }

  /** What makes the files is loaded when it is first asked for. */
  private async save(kind: 'png' | 'csv', content: () => Promise<Blob>): Promise<void> {
    this.isNotSaved = false;
    try {
      const blob = await content();
      const name = ['scaling-lab', this.host.label].filter(Boolean).join(' ');
      download(`${name.replace(/[^\p{L}\p{N}-]+/gu, ' ').trim()}.${kind}`, blob);
    } catch (error) {
      console.warn(error);
      this.isNotSaved = true;
    }
    this.host.requestUpdate();
  }
}
