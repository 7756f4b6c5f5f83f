import { css, html, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { LabElement } from './element.ts';
import type { Change } from './knob.ts';
import { strings as views } from './view-strings.ts';
import { base } from './styles.ts';

/** A chip was pressed: this knob shall stand as before. */
export class UndoChangeEvent extends Event {
  static readonly type = 'lab-undo-change';
  constructor(readonly key: string) {
    super(UndoChangeEvent.type, { bubbles: true, composed: true });
  }
}

/**
 * What was changed, as chips: `lr 1e-3 → 3e-3`. Pressing one takes the change back.
 *
 * @event {UndoChangeEvent} lab-undo-change - a change shall be taken back
 * @csspart chip - one change
 */
export class LabChanges extends LabElement {
  static override styles = [
    base,
    css`
      p {
        display: flex;
        flex-wrap: wrap;
        gap: 6px 8px;
        align-items: center;
        margin: 0;
        font-size: var(--lab-step--1);
        color: var(--lab-ink-2);
      }
      button {
        background: var(--lab-accent-wash);
        color: var(--lab-accent);
        border: 0;
        border-radius: 99px;
        padding: 3px 12px;
        min-height: 32px;
        font-variant-numeric: tabular-nums;
      }
      button:hover {
        text-decoration: line-through;
      }
    `,
  ];

  /** The changes. */
  @property({ attribute: false }) changes: readonly Change[] = [];
  /** What they are to: the run that is shown (they wait for a restart), the run before it, or the defaults. */
  @property() kind: 'pending' | 'previous' | 'defaults' = 'defaults';

  protected override render(): TemplateResult | typeof nothing {
    if (!this.changes.length) return nothing;
    return html`<p>
      <span>${views.changes[this.kind]}</span>
      ${this.changes.map(
        ({ key, label, from, to }) =>
          html`<button
            part="chip"
            type="button"
            title=${views.undo(label, from)}
            @click=${() => this.dispatchEvent(new UndoChangeEvent(key))}
          >
            ${label} ${from} → ${to}
          </button>`,
      )}
    </p>`;
  }
}

declare global {
  interface HTMLElementEventMap {
    'lab-undo-change': UndoChangeEvent;
  }
}
