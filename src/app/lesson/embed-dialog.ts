import { css, html, nothing, type TemplateResult } from 'lit';
import { query, state } from 'lit/decorators.js';
import { dialogs } from '../../components/dialog-styles.ts';
import { LabElement } from '../../components/element.ts';
import type { SegmentEvent } from '../../components/index.ts';
import { base, buttons } from '../../components/styles.ts';
import { SITE_FOLDER } from '../../loading.ts';
import { renderCopied } from './copied-text.ts';
import {
  type Around,
  frameAddress,
  frameSnippet,
  markdownSnippet,
  notebookSnippet,
  scriptSnippet,
} from './embed-snippets.ts';
import type { Embedded } from './embedded.ts';
import { strings } from './embed-strings.ts';

const KINDS = {
  script: scriptSnippet,
  markdown: markdownSnippet,
  frame: frameSnippet,
  notebook: notebookSnippet,
} satisfies Record<string, (base: string, embedded: Embedded, around: Around) => string>;
type Kind = keyof typeof KINDS;

/** Height of a frame until its author changes it, px. */
const HEIGHT = 560;
const [LEAST_HEIGHT, MOST_HEIGHT] = [200, 4000];

interface Choice {
  kind: Kind;
  withPrediction: boolean;
  answer: boolean;
  inside: boolean;
  theme: '' | 'light' | 'dark';
  controls: '' | 'run' | 'none';
  title: string;
  caption: string;
  height: number;
  grows: boolean;
}

/** Settings for a figure in another page, the text to paste for each kind of page, and a preview. */
export class EmbedDialog extends LabElement {
  static override styles = [
    base,
    buttons,
    dialogs,
    css`
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
      .fields {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(11rem, 1fr));
        gap: 4px 16px;
        margin: 8px 0 12px;
      }
      .field {
        display: grid;
        gap: 2px;
      }
      .field > :not(span) {
        min-height: 40px;
        min-width: 0;
        padding: 4px 10px;
        border: 1px solid var(--lab-control-line);
        border-radius: 8px;
        background: var(--lab-card);
        color: inherit;
        font: inherit;
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

  @state() private made: Embedded | undefined;
  @state() private choice!: Choice;
  @state() private status = '';
  @query('dialog') private dialog!: HTMLDialogElement;
  @query('textarea') private text!: HTMLTextAreaElement | null;

  /** @param title the figure's, until its author types another */
  async open(made: Embedded, title: string): Promise<void> {
    this.made = made;
    this.choice = {
      kind: 'script',
      withPrediction: made.prediction !== undefined,
      answer: false,
      inside: false,
      theme: '',
      controls: '',
      title,
      caption: '',
      height: HEIGHT,
      grows: true,
    };
    this.status = '';
    await this.updateComplete;
    this.dialog.showModal();
    this.text?.focus();
  }

  protected override render(): TemplateResult {
    return html`<dialog aria-label=${strings.title}>
      ${this.made ? this.renderMade(this.made) : nothing}
    </dialog>`;
  }

  private renderMade({ prediction, ...plain }: Embedded): TemplateResult {
    const { kind, withPrediction, answer, inside, theme, controls, caption, ...around } = this.choice;
    const shown: Embedded = {
      ...plain,
      ...(answer && { answer: 'shown' }),
      ...(inside && { view: 'inside' }),
      ...(theme && { theme }),
      ...(controls && { controls }),
      ...(withPrediction && { prediction }),
    };
    const text = KINDS[kind](SITE_FOLDER, shown, { ...around, ...(caption && { caption }) });
    return html`<h2>${strings.title}</h2>
      <p>${strings.what}</p>
      <lab-segments
        .label=${strings.kind}
        .options=${Object.keys(KINDS).map((name) => [name, strings.kinds[name as Kind]] as const)}
        .value=${kind}
        @lab-segment=${({ value }: SegmentEvent) => this.choose({ kind: value as Kind })}
      ></lab-segments>
      ${this.renderFields(kind)} ${this.renderCheck('answer', strings.answer)}
      ${this.renderCheck('inside', strings.inside)}
      ${prediction && kind !== 'notebook' ? this.renderCheck('withPrediction', strings.prediction) : nothing}
      ${kind === 'frame' ? this.renderCheck('grows', strings.grows) : nothing}
      ${renderCopied('snippet', strings.help[kind], text, (status) => (this.status = status), 6)}
      <h3>${strings.preview}</h3>
      <iframe
        src=${frameAddress(SITE_FOLDER, shown)}
        title=${strings.preview}
        width="100%"
        height="420"
      ></iframe>
      <div class="foot">
        <p role="status">${this.status}</p>
        <button class="small" type="button" @click=${() => this.close()}>${strings.close}</button>
      </div>`;
  }

  private renderFields(kind: Kind): TemplateResult {
    const { title, caption, theme, controls, height } = this.choice;
    return html`<div class="fields">
      ${kind === 'notebook' ? nothing : this.renderText('title', strings.name, title)}
      ${kind === 'notebook' ? nothing : this.renderText('caption', strings.caption, caption)}
      ${this.renderSelect('theme', strings.theme, theme, strings.themes)}
      ${this.renderSelect('controls', strings.controls, controls, strings.whichControls)}
      ${
        kind === 'frame'
          ? html`<label class="field"
              ><span>${strings.height}</span
              ><input
                type="number"
                min=${LEAST_HEIGHT}
                max=${MOST_HEIGHT}
                step="10"
                .value=${String(height)}
                @change=${(event: Event) => this.setHeight(event.target as HTMLInputElement)}
            /></label>`
          : nothing
      }
    </div>`;
  }

  private renderText(key: 'title' | 'caption', label: string, value: string): TemplateResult {
    return html`<label class="field"
      ><span>${label}</span
      ><input
        maxlength="200"
        .value=${value}
        @input=${(event: Event) => this.choose({ [key]: (event.target as HTMLInputElement).value })}
    /></label>`;
  }

  private renderSelect(
    key: 'theme' | 'controls',
    label: string,
    chosen: string,
    options: Readonly<Record<string, string>>,
  ): TemplateResult {
    return html`<label class="field"
      ><span>${label}</span
      ><select @change=${(event: Event) => this.choose({ [key]: (event.target as HTMLSelectElement).value })}>
        ${Object.entries(options).map(
          ([value, name]) => html`<option value=${value} ?selected=${value === chosen}>${name}</option>`,
        )}
      </select></label
    >`;
  }

  private renderCheck(key: 'answer' | 'inside' | 'withPrediction' | 'grows', label: string): TemplateResult {
    return html`<label class="check"
      ><input
        type="checkbox"
        .checked=${this.choice[key]}
        @change=${(event: Event) => this.choose({ [key]: (event.target as HTMLInputElement).checked })}
      />
      ${label}</label
    >`;
  }

  /** Puts a height back into its bounds. */
  private setHeight(input: HTMLInputElement): void {
    const height = Math.round(input.valueAsNumber);
    const isOne = height >= LEAST_HEIGHT && height <= MOST_HEIGHT;
    if (!isOne) input.value = String(this.choice.height);
    else this.choose({ height });
  }

  private choose(change: Partial<Choice>): void {
    this.choice = { ...this.choice, ...change };
  }

  /** Closing the dialog ends the preview and what it trains. */
  private close(): void {
    this.dialog.close();
    this.made = undefined;
  }
}

customElements.define('embed-dialog', EmbedDialog);
