/** How results come in, pasted, dropped, opened, or scanned, and what became of them. */
import { html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { PageElement } from '../../components/element.ts';
import type { Report } from './class-state.ts';
import { words } from './class-words.ts';
import type { Scanner } from './scanner.ts';

/** Something has come: texts that may hold results, or files. */
export class GatherEvent extends Event {
  static readonly type = 'lab-gather';
  constructor(
    readonly texts: readonly string[],
    readonly files: readonly File[] = [],
  ) {
    super(GatherEvent.type, { bubbles: true });
  }
}

export class ClassGather extends PageElement {
  /** What became of what came last; nothing before something has come. */
  @property({ attribute: false }) report: Report | undefined;
  @state() private over = false;
  @state() private noCamera = false;
  /** loaded when it is asked for */
  private scanner: Scanner | undefined;

  protected override render(): TemplateResult {
    return html`${this.renderGather()}${this.report ? renderReport(this.report) : nothing}`;
  }

  private renderGather(): TemplateResult {
    return html`<section
      class="card gather"
      data-over=${this.over}
      aria-label=${words.gather}
      @dragover=${(event: DragEvent) => {
        event.preventDefault();
        this.over = true;
      }}
      @dragleave=${() => (this.over = false)}
      @drop=${(event: DragEvent) => this.drop(event)}
    >
      <h2>${words.gather}</h2>
      <p>${words.gatherWhat}</p>
      <form @submit=${(event: Event) => this.submit(event)}>
        <textarea
          rows="2"
          aria-label=${words.paste}
          placeholder=${words.paste}
          autocomplete="off"
          spellcheck="false"
          @paste=${(event: ClipboardEvent) => this.paste(event)}
        ></textarea>
        <p class="row">
          <button class="pill" type="submit">${words.add}</button>
          <label class="quiet file"
            >${words.file}<input
              class="visually-hidden"
              type="file"
              multiple
              @change=${(event: Event) => this.open(event.target as HTMLInputElement)}
          /></label>
          <button class="quiet" type="button" @click=${() => void this.scan()}>
            ${this.scanner?.running ? words.stop : words.camera}
          </button>
        </p>
      </form>
      ${this.noCamera ? html`<p class="notice" data-kind="bad" role="alert">${words.noCamera}</p>` : nothing}
      ${this.scanner?.render()}
    </section>`;
  }

  private submit(event: Event): void {
    event.preventDefault();
    const field = this.querySelector('textarea')!;
    if (field.value.trim()) this.dispatchEvent(new GatherEvent([field.value]));
    field.value = '';
  }

  /** What is pasted is taken at once; what was typed before it stays. */
  private paste(event: ClipboardEvent): void {
    const { clipboardData } = event;
    const text = clipboardData?.getData('text') ?? '';
    const files = [...(clipboardData?.files ?? [])];
    if (!text.trim() && !files.length) return;
    event.preventDefault();
    this.dispatchEvent(new GatherEvent(text.trim() ? [text] : [], files));
  }

  private drop(event: DragEvent): void {
    event.preventDefault();
    this.over = false;
    const text = event.dataTransfer?.getData('text') ?? '';
    const files = [...(event.dataTransfer?.files ?? [])];
    if (text || files.length) this.dispatchEvent(new GatherEvent(text ? [text] : [], files));
  }

  private open(input: HTMLInputElement): void {
    const files = [...(input.files ?? [])];
    input.value = '';
    if (files.length) this.dispatchEvent(new GatherEvent([], files));
  }

  private async scan(): Promise<void> {
    this.noCamera = false;
    try {
      const { Scanner } = await import('./scanner.ts');
      this.scanner ??= new Scanner(this, (text) => this.dispatchEvent(new GatherEvent([text])));
      await this.scanner.toggle();
    } catch {
      this.noCamera = true;
    }
  }
}

function renderReport(report: Report): TemplateResult {
  return html`<div class="report">
    <p>${sayReport(report)}</p>
    ${
      report.refused.length
        ? html`<ul>
            ${report.refused.map(({ file, why }) => {
              const lines = report.say(why).map((line, i) => html`${i ? html`<br />` : nothing}${line}`);
              return html`<li>${file === undefined ? nothing : `${file}: `}${lines}</li>`;
            })}
          </ul>`
        : nothing
    }
  </div>`;
}

export function sayReport({ added, replaced, known, refused }: Report): string {
  const said = [
    ...(added ? [words.added(added)] : []),
    ...(replaced ? [words.replaced(replaced)] : []),
    ...(known ? [words.known(known)] : []),
    ...(refused.length ? [words.refused(refused.length)] : []),
  ];
  return said.length ? said.join(' · ') : words.nothingFound;
}
