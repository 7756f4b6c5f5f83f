import { css, html, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { LabElement } from './element.ts';
import { strings } from './strings.ts';
import { strings as views } from './view-strings.ts';
import { base } from './styles.ts';

/** A text that the model has continued, beside how it goes on in truth; both begin with the prompt. */
export interface SampleRow {
  generated: readonly string[];
  truth: readonly string[];
  /** mean −ln p of the generated part under the true distribution */
  nats?: number;
}

/**
 * Generated texts above true ones; symbols that agree are marked.
 *
 * @csspart row - one text with its truth
 */
export class LabSamples extends LabElement {
  static override styles = [
    base,
    css`
      :host {
        container-type: inline-size;
      }
      ol {
        list-style: none;
        margin: 0;
        padding: 0;
        display: grid;
        gap: 10px;
      }
      li {
        display: grid;
        grid-template-columns: 3.4rem minmax(0, 1fr);
        gap: 0 10px;
        align-items: baseline;
      }
      small {
        font-size: 0.75rem;
        color: var(--lab-ink-3);
      }
      code {
        font: 0.9375rem/1.5 var(--lab-mono);
        overflow-wrap: anywhere;
      }
      @container (max-width: 370px) {
        code {
          font-size: 0.8125rem;
        }
        li {
          grid-template-columns: 2.4rem minmax(0, 1fr);
        }
      }
      .prompt {
        color: var(--lab-ink-3);
      }
      .agrees {
        background: var(--lab-accent-wash);
        color: var(--lab-accent);
        box-shadow: inset 0 -2px var(--lab-accent);
      }
      .nats {
        grid-column: 2;
        font-size: 0.75rem;
        color: var(--lab-ink-2);
        font-variant-numeric: tabular-nums;
      }
      p {
        margin: 0;
        font-size: var(--lab-step--1);
        color: var(--lab-ink-3);
      }
    `,
  ];

  /** The texts. */
  @property({ attribute: false }) rows: readonly SampleRow[] = [];
  /** Symbols that were given. */
  @property({ type: Number }) prompt = 0;

  protected override render(): TemplateResult {
    if (!this.rows.length) return html`<p>${strings.noData}</p>`;
    return html`<ol>
      ${this.rows.map(
        (row) =>
          html`<li part="row">
            <small>${views.generated}</small><code>${this.renderText(row.generated, row.truth)}</code>
            <small>${views.truth}</small><code>${this.renderText(row.truth)}</code>
            ${
              row.nats === undefined
                ? nothing
                : html`<span class="nats">${views.nats(row.nats.toFixed(2))}</span>`
            }
          </li>`,
      )}
    </ol>`;
  }

  /** Runs of symbols of one look become one element. */
  private renderText(text: readonly string[], truth?: readonly string[]): TemplateResult[] {
    const looks = text.map((symbol, i) =>
      i < this.prompt ? 'prompt' : truth?.[i] === symbol ? 'agrees' : '',
    );
    const pieces: TemplateResult[] = [];
    for (let from = 0; from < text.length;) {
      let to = from + 1;
      while (to < text.length && looks[to] === looks[from]) to++;
      const piece = text.slice(from, to).join('');
      pieces.push(
        looks[from] === 'agrees'
          ? html`<mark class="agrees">${piece}</mark>`
          : html`<span class=${looks[from]!}>${piece}</span>`,
      );
      from = to;
    }
    return pieces;
  }
}
