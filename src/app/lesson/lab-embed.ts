import { css, html, nothing, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { LabElement } from '../../components/element.ts';
import { dialogs } from '../../components/dialog-styles.ts';
import { base, buttons } from '../../components/styles.ts';
import { SITE_FOLDER } from '../../loading.ts';
import { type Embedded, frameSnippet, scriptSnippet, frameAddress } from './embed-snippets.ts';
import { strings } from './embed-strings.ts';

/** A button, and a dialog with the two ways to put this figure into another page, and what comes of it. */
export class LabEmbed extends LabElement {
  static override styles = [
    base,
    buttons,
    dialogs,
    css`
      :host {
        display: inline-block;
      }
      dialog {
        width: min(46rem, calc(100vw - 28px));
      }
      label {
        font-size: var(--lab-step--1);
        color: var(--lab-ink-2);
      }
      .check {
        display: flex;
        gap: 8px;
        align-items: center;
        min-height: 40px;
      }
      .row {
        margin: 4px 0 14px;
      }
      textarea {
        resize: vertical;
      }
      h3 {
        margin: 0 0 6px;
        font-size: 1rem;
      }
      iframe {
        border: 1px solid var(--lab-line);
        border-radius: 8px;
      }
    `,
  ];

  /** What is on the screen, asked for each time the dialog opens. */
  @property({ attribute: false }) make: (() => Embedded) | undefined;

  @state() private made: Embedded | undefined;
  @state() private withPrediction = false;
  @state() private withAnswer = false;
  @state() private withInside = false;
  @state() private status = '';
  @query('dialog') private dialog!: HTMLDialogElement;
  @query('textarea') private first!: HTMLTextAreaElement | null;

  protected override render(): TemplateResult {
    return html`<button class="small" type="button" aria-haspopup="dialog" @click=${() => void this.open()}>
        ${strings.embed}
      </button>
      <dialog aria-label=${strings.title}>${this.made ? this.renderMade(this.made) : nothing}</dialog>`;
  }

  private renderMade(made: Embedded): TemplateResult {
    const { prediction, ...plain } = made;
    const answer = this.withAnswer ? ({ answer: 'shown' } as const) : {};
    const view = this.withInside ? ({ view: 'inside' } as const) : {};
    const shown = { ...plain, ...answer, ...view, ...(this.withPrediction && { prediction }) };
    const base = SITE_FOLDER;
    return html`<h2>${strings.title}</h2>
      <p>${strings.what}</p>
      ${this.renderCheck(strings.answer, this.withAnswer, (checked) => (this.withAnswer = checked))}
      ${this.renderCheck(strings.inside, this.withInside, (checked) => (this.withInside = checked))}
      ${
        prediction
          ? this.renderCheck(strings.prediction, this.withPrediction, (checked) => {
              this.withPrediction = checked;
            })
          : nothing
      }
      ${this.renderSnippet('script', strings.script, scriptSnippet(base, shown))}
      ${this.renderSnippet('frame', strings.frame, frameSnippet(base, shown))}
      <h3>${strings.preview}</h3>
      <iframe src=${frameAddress(base, shown)} title=${strings.preview} width="100%" height="420"></iframe>
      <div class="foot">
        <p role="status">${this.status}</p>
        <button class="small" type="button" @click=${() => this.close()}>${strings.close}</button>
      </div>`;
  }

  private renderCheck(label: string, checked: boolean, change: (checked: boolean) => void): TemplateResult {
    return html`<label class="check"
      ><input
        type="checkbox"
        .checked=${checked}
        @change=${(event: Event) => change((event.target as HTMLInputElement).checked)}
      />
      ${label}</label
    >`;
  }

  private renderSnippet(id: string, label: string, text: string): TemplateResult {
    return html`<label for=${id}>${label}</label>
      <div class="row">
        <textarea
          class="copied"
          id=${id}
          readonly
          rows="3"
          .value=${text}
          @focus=${(event: Event) => (event.target as HTMLTextAreaElement).select()}
        ></textarea>
        <button class="small" type="button" @click=${() => void this.copy(text)}>${strings.copy}</button>
      </div>`;
  }

  private async open(): Promise<void> {
    this.made = this.make?.();
    this.withPrediction = this.made?.prediction !== undefined;
    this.withAnswer = this.withInside = false;
    this.status = '';
    await this.updateComplete;
    this.dialog.showModal();
    this.first?.focus();
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

customElements.define('lab-embed', LabEmbed);

declare global {
  interface HTMLElementTagNameMap {
    'lab-embed': LabEmbed;
  }
}
