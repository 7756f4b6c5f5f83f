import { css, html, nothing, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { LabElement } from './element.ts';
import { dialogs } from './dialog-styles.ts';
import { strings } from './share-strings.ts';
import { base, buttons } from './styles.ts';

export interface MadeLink {
  /** the address */
  link: string;
  /** what the link leaves out, or what whoever opens it should know */
  note?: string;
}

/**
 * A button that makes the link of what is on the screen, and a dialog to copy it from.
 *
 * @csspart button - the button
 * @csspart dialog - the dialog
 */
export class LabShare extends LabElement {
  static override styles = [
    base,
    buttons,
    dialogs,
    css`
      :host {
        display: inline-block;
      }
    `,
  ];

  /** Makes the link; asked each time the dialog opens. */
  @property({ attribute: false }) make: (() => Promise<MadeLink>) | undefined;
  /** There is nothing to share yet. */
  @property({ type: Boolean }) disabled = false;

  @state() private made: MadeLink | undefined;
  @state() private failed = '';
  @state() private status = '';
  @query('dialog') private dialog!: HTMLDialogElement;
  @query('input') private input!: HTMLInputElement | null;

  protected override render(): TemplateResult {
    return html`<button
        class="small"
        part="button"
        type="button"
        aria-haspopup="dialog"
        ?disabled=${this.disabled || !this.make}
        @click=${() => void this.open()}
      >
        ${strings.share}
      </button>
      <dialog part="dialog" aria-labelledby="title" aria-describedby="what">
        <h2 id="title">${strings.title}</h2>
        <p id="what">${strings.what}</p>
        ${this.made?.note ? html`<p>${this.made.note}</p>` : nothing}
        ${this.failed ? html`<p role="alert">${strings.failed(this.failed)}</p>` : nothing}
        <div class="row" ?hidden=${!this.made}>
          <input
            class="copied"
            readonly
            aria-label=${strings.link}
            .value=${this.made?.link ?? ''}
            @focus=${(event: Event) => (event.target as HTMLInputElement).select()}
          />
          <button class="primary" type="button" @click=${() => void this.copy()}>${strings.copy}</button>
        </div>
        <div class="foot">
          <p role="status">${this.status}</p>
          <button class="small" type="button" @click=${() => this.dialog.close()}>${strings.close}</button>
        </div>
      </dialog>`;
  }

  private async open(): Promise<void> {
    this.made = undefined;
    this.failed = this.status = '';
    try {
      this.made = await this.make!();
    } catch (error) {
      this.failed = (error as Error).message;
    }
    await this.updateComplete;
    if (!this.dialog.open) this.dialog.showModal();
    if (this.made) this.input?.focus();
  }

  /** Where the clipboard is closed to the page, the link is selected for the keyboard. */
  private async copy(): Promise<void> {
    const clipboard = (navigator as Partial<Navigator>).clipboard;
    try {
      await clipboard!.writeText(this.made!.link);
      this.status = strings.copied;
    } catch {
      this.input?.focus();
      this.input?.select();
      this.status = strings.selected;
    }
  }
}
