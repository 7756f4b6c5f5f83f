import { css, html, nothing, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { LabElement } from './element.ts';
import { strings } from './code-strings.ts';
import type { SegmentEvent } from './lab-segments.ts';
import { base, buttons } from './styles.ts';

/** A source text, and what is known of it. */
export interface CodeListing {
  name: string;
  title: string;
  note: string;
  code: string;
}

/**
 * Source texts, one at a time, with numbered lines; comments, from `//` on, are dimmed.
 *
 * @csspart code - the box that scrolls
 */
export class LabListings extends LabElement {
  static override styles = [
    base,
    buttons,
    css`
      :host {
        min-width: 0;
      }
      header,
      .foot {
        display: flex;
        flex-wrap: wrap;
        gap: 6px 14px;
        align-items: center;
      }
      header {
        margin-bottom: 8px;
      }
      p {
        margin: 0;
        font-size: var(--lab-step--1);
        color: var(--lab-ink-2);
      }
      .note {
        font-weight: 600;
        color: var(--lab-ink);
        font-variant-numeric: tabular-nums;
      }
      .small {
        margin-left: auto;
      }
      .code {
        max-height: min(26rem, 60vh);
        overflow: auto;
        overscroll-behavior-x: contain;
        background: var(--lab-wash);
        border: 1px solid var(--lab-line);
        border-radius: 8px;
      }
      pre {
        margin: 0;
        padding: 10px 14px 10px 0;
        width: max-content;
        min-width: 100%;
        font: 0.8125rem/1.55 var(--lab-mono);
        tab-size: 2;
        counter-reset: line;
      }
      .line {
        display: block;
        padding-left: 3.6rem;
        min-height: 1.55em;
      }
      /* Numbers stay in sight, and are neither copied nor read aloud. */
      .line::before {
        counter-increment: line;
        content: counter(line);
        content: counter(line) / '';
        position: sticky;
        left: 0;
        display: inline-block;
        width: 3rem;
        margin: 0 0.6rem 0 -3.6rem;
        padding-right: 0.5rem;
        text-align: right;
        color: var(--lab-ink-3);
        background: var(--lab-wash);
        user-select: none;
      }
      i {
        color: var(--lab-ink-3);
      }
      @media (max-width: 767px) {
        pre {
          font-size: 0.75rem;
        }
        .line {
          padding-left: 2.8rem;
        }
        .line::before {
          width: 2.3rem;
          margin: 0 0.5rem 0 -2.8rem;
        }
      }
      @media print {
        .code {
          max-height: none;
          overflow: visible;
        }
        pre {
          width: auto;
          white-space: pre-wrap;
        }
        .small {
          display: none;
        }
      }
    `,
  ];

  /** What the texts are of. */
  @property() label = '';
  /** The texts. */
  @property({ attribute: false }) listings: readonly CodeListing[] = [];

  @state() private chosen = '';
  @state() private status = '';
  @query('code') private code!: HTMLElement;

  /** The text that is on the screen. */
  get shown(): CodeListing | undefined {
    return this.listings.find(({ name }) => name === this.chosen) ?? this.listings[0];
  }

  protected override render(): TemplateResult | typeof nothing {
    const { shown } = this;
    if (!shown) return nothing;
    const lines = shown.code.trimEnd().split('\n');
    return html`<header>
        <lab-segments
          bare
          .label=${this.label}
          .options=${this.listings.map(({ name, title }) => [name, title] as const)}
          .value=${shown.name}
          @lab-segment=${(event: SegmentEvent) => this.choose(event)}
        ></lab-segments>
        <p class="note">${shown.note}</p>
        <button class="small" type="button" @click=${() => void this.copy(shown.code)}>
          ${strings.copy}
        </button>
      </header>
      <div class="code" part="code" tabindex="0" role="group" aria-label=${strings.source(shown.title)}>
        <pre translate="no"><code>${lines.map(renderLine)}</code></pre>
      </div>
      <div class="foot">
        <p>${strings.lines(lines.length)}</p>
        <p role="status">${this.status}</p>
      </div>`;
  }

  private choose(event: SegmentEvent): void {
    event.stopPropagation();
    this.chosen = event.value;
    this.status = '';
  }

  /** Where the clipboard is closed to the page, the text is selected. */
  private async copy(text: string): Promise<void> {
    const clipboard = (navigator as Partial<Navigator>).clipboard;
    try {
      await clipboard!.writeText(text);
      this.status = strings.copied;
    } catch {
      getSelection()?.selectAllChildren(this.code);
      this.status = strings.selected;
    }
  }
}

function renderLine(line: string): TemplateResult {
  const at = line.indexOf('//');
  const code = at < 0 ? line : line.slice(0, at);
  const comment = at < 0 ? nothing : html`<i>${line.slice(at)}</i>`;
  // No space may stand between the tags: it would be part of the text.
  return html`<span class="line">${code}${comment}${'\n'}</span>`;
}
