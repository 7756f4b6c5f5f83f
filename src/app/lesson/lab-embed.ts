import { updateWhenLocaleChanges } from '@lit/localize';
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { type Embedded, frameSnippet, scriptSnippet, frameAddress } from './embed-snippets.ts';
import { strings } from './embed-strings.ts';

/** A button, and a dialog with the two ways to put this figure into another page, and what comes of it. */
export class LabEmbed extends LitElement {
  /** What is on the screen, asked for each time the dialog opens. */
  @property({ attribute: false }) make: (() => Embedded) | undefined;

  @state() private made: Embedded | undefined;
  @state() private withPrediction = false;
  @state() private status = '';
  @query('dialog') private dialog!: HTMLDialogElement;

  constructor() {
    super();
    updateWhenLocaleChanges(this);
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override render(): TemplateResult {
    return html`<button class="quiet" type="button" aria-haspopup="dialog" @click=${() => this.open()}>
        ${strings.embed}
      </button>
      <dialog class="card" aria-label=${strings.title}>
        ${this.made ? this.renderMade(this.made) : nothing}
      </dialog>`;
  }

  private renderMade(made: Embedded): TemplateResult {
    const { prediction, ...plain } = made;
    const shown = this.withPrediction ? made : plain;
    const base = new URL('.', location.href).href;
    return html`<h2>${strings.title}</h2>
      <p>${strings.what}</p>
      ${
        prediction
          ? html`<p>
              <label
                ><input
                  type="checkbox"
                  .checked=${this.withPrediction}
                  @change=${(event: Event) => (this.withPrediction = (event.target as HTMLInputElement).checked)}
                />
                ${strings.prediction}</label
              >
            </p>`
          : nothing
      }
      ${this.renderSnippet(strings.script, scriptSnippet(base, shown))}
      ${this.renderSnippet(strings.frame, frameSnippet(base, shown))}
      <h3>${strings.preview}</h3>
      <iframe src=${frameAddress(base, shown)} title=${strings.preview} width="100%" height="420"></iframe>
      <p role="status">${this.status}</p>
      <button class="quiet" type="button" @click=${() => this.close()}>${strings.close}</button>`;
  }

  private renderSnippet(label: string, text: string): TemplateResult {
    return html`<p>
      <label
        >${label}
        <textarea
          readonly
          rows="3"
          .value=${text}
          @focus=${(event: Event) => (event.target as HTMLTextAreaElement).select()}
        ></textarea>
      </label>
      <button class="quiet" type="button" @click=${() => void this.copy(text)}>${strings.copy}</button>
    </p>`;
  }

  private open(): void {
    this.made = this.make?.();
    this.withPrediction = this.made?.prediction !== undefined;
    this.status = '';
    this.dialog.showModal();
  }

  /** The preview goes with the dialog, and what it trains. */
  private close(): void {
    this.dialog.close();
    this.made = undefined;
  }

  private async copy(text: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(text);
      this.status = strings.copied;
    } catch {
      this.status = strings.byHand;
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lab-embed': LabEmbed;
  }
}
