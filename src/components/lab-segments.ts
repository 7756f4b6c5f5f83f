import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { base } from './styles.ts';

/** Another segment was chosen. */
export class SegmentEvent extends Event {
  static readonly type = 'lab-segment';
  constructor(readonly value: string) {
    super(SegmentEvent.type, { bubbles: true, composed: true });
  }
}

/**
 * One of a few, side by side.
 *
 * @event {SegmentEvent} lab-segment - another one was chosen
 */
export class LabSegments extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: inline-block;
      }
      div {
        display: inline-flex;
        align-items: center;
        flex-wrap: wrap;
        background: var(--lab-wash);
        border-radius: 8px;
        padding: 2px;
        font-size: var(--lab-step--1);
        color: var(--lab-ink-2);
      }
      span {
        padding: 0 6px 0 10px;
      }
      button {
        border: 0;
        background: none;
        padding: 4px 11px;
        border-radius: 6px;
        color: inherit;
        min-height: 32px;
        min-width: 32px;
      }
      button[aria-pressed='true'] {
        background: var(--lab-raised);
        color: var(--lab-ink);
        box-shadow: 0 1px 2px rgb(0 0 0 / 0.16);
      }
      /* One line that scrolls leaves room for what it is about. */
      @media (max-width: 767px) {
        :host([bare]) div {
          display: flex;
          flex-wrap: nowrap;
          overflow-x: auto;
          scrollbar-width: none;
        }
        /* What goes on beyond the edge fades there. */
        :host([bare]) div[data-more] {
          padding-right: 28px;
          mask-image: linear-gradient(to right, #000 calc(100% - 28px), transparent);
        }
        :host([bare]) button {
          white-space: nowrap;
          flex: none;
        }
      }
      @media (pointer: coarse) {
        button {
          min-height: 40px;
          min-width: 40px;
        }
      }
    `,
  ];

  /** What is chosen among these. */
  @property() label = '';
  /** The label is for screen readers alone. */
  @property({ type: Boolean, reflect: true }) bare = false;
  /** The choices. */
  @property({ attribute: false }) options: readonly (readonly [value: string, label: string])[] = [];
  /** The one that is chosen. */
  @property() value = '';

  /** On a phone the row scrolls: what is chosen is in sight. */
  protected override updated(): void {
    const row = this.renderRoot.querySelector('div')!;
    const chosen = row.querySelector<HTMLElement>('[aria-pressed="true"]');
    const isMore = row.scrollWidth > row.clientWidth;
    row.toggleAttribute('data-more', isMore);
    if (!chosen || !isMore) return;
    const left = chosen.offsetLeft - row.offsetLeft;
    const isSeen = left >= row.scrollLeft && left + chosen.offsetWidth <= row.scrollLeft + row.clientWidth;
    if (!isSeen) row.scrollLeft = left - 8;
  }

  protected override render(): TemplateResult {
    return html`<div role="group" aria-label=${this.label}>
      ${this.bare ? nothing : html`<span aria-hidden="true">${this.label}</span>`}
      ${this.options.map(
        ([value, label]) =>
          html`<button
            type="button"
            aria-pressed=${value === this.value}
            @click=${() => this.dispatchEvent(new SegmentEvent(value))}
          >
            ${label}
          </button>`,
      )}
    </div>`;
  }
}

declare global {
  interface HTMLElementEventMap {
    'lab-segment': SegmentEvent;
  }
}
