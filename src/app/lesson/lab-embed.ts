import { css, html, type TemplateResult } from 'lit';
import { property, query } from 'lit/decorators.js';
import { LabElement } from '../../components/element.ts';
import { base, buttons } from '../../components/styles.ts';
import type { Cited, CiteDialog } from './cite-dialog.ts';
import type { EmbedDialog } from './embed-dialog.ts';
import type { Embedded } from './embedded.ts';
import { msg } from '../../msg.ts';

const styles = [
  base,
  buttons,
  css`
    :host {
      display: inline-block;
    }
  `,
];

/** A button that loads and opens the dialog for embedding the figure. */
export class LabEmbed extends LabElement {
  static override styles = styles;

  /** What is on the screen, asked for each time the dialog opens. */
  @property({ attribute: false }) make: (() => { embedded: Embedded; title: string }) | undefined;
  @query('embed-dialog') private dialog!: EmbedDialog;

  protected override render(): TemplateResult {
    return html`<button class="small" type="button" aria-haspopup="dialog" @click=${() => void this.open()}>
        ${msg('Embed', { id: 'embed.embed' })}
      </button>
      <embed-dialog></embed-dialog>`;
  }

  private async open(): Promise<void> {
    await import('./embed-dialog.ts');
    const { embedded, title } = this.make!();
    await this.dialog.open(embedded, title);
  }
}

/** A button that opens the dialog with the lesson's citation and the command that repeats its run. */
export class LabCite extends LabElement {
  static override styles = styles;

  /** What is on the screen, asked for each time the dialog opens. */
  @property({ attribute: false }) make: (() => Cited) | undefined;
  @query('cite-dialog') private dialog!: CiteDialog;

  protected override render(): TemplateResult {
    return html`<button class="small" type="button" aria-haspopup="dialog" @click=${() => void this.open()}>
        ${msg('Cite and repeat', { id: 'embed.cite' })}
      </button>
      <cite-dialog></cite-dialog>`;
  }

  private async open(): Promise<void> {
    await import('./cite-dialog.ts');
    await this.dialog.open(this.make!());
  }
}

customElements.define('lab-embed', LabEmbed);

customElements.define('lab-cite', LabCite);

declare global {
  interface HTMLElementTagNameMap {
    'lab-embed': LabEmbed;
    'lab-cite': LabCite;
  }
}
