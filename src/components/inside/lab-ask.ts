import { css, html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { define } from '../define.ts';
import { LabElement } from '../element.ts';
import { base } from '../styles.ts';
import { strings } from './strings.ts';

export interface Asking {
  most: readonly number[];
  signs: readonly string[];
  usual: readonly number[];
}

export interface Answering {
  said: string;
  share: number;
  right: string;
  rightShare: number;
}

/**
 * A question to a model at a moment of its training: numbers that are typed, and what it answers, at once.
 */
export class LabAsk extends LabElement {
  static override styles = [
    base,
    css`
      p {
        margin: 0;
        display: flex;
        flex-wrap: wrap;
        align-items: baseline;
        gap: 4px 8px;
        font-variant-numeric: tabular-nums;
      }
      input {
        width: 4.25rem;
        min-height: 40px;
        padding: 2px 8px;
        border: 1px solid var(--lab-control-line);
        border-radius: 8px;
        background: var(--lab-wash);
        cursor: text;
      }
      .right {
        color: var(--lab-hold);
      }
      .wrong {
        color: var(--lab-refute);
      }
      .beside {
        color: var(--lab-ink-2);
        font-size: var(--lab-step--1);
      }
    `,
  ];

  /** How the question is put. */
  @property({ attribute: false }) asking: Asking | undefined;
  /** The model at this moment; nothing where there is none. */
  @property({ attribute: false }) answer: ((numbers: readonly number[]) => Answering | undefined) | undefined;
  /** The moment, in words. */
  @property() place = '';

  @state() private typed: readonly number[] | undefined;

  protected override render(): TemplateResult | typeof nothing {
    const { asking } = this;
    if (!asking) return nothing;
    const numbers = asking.most.map((most, i) => Math.min(most, this.typed?.[i] ?? asking.usual[i] ?? 0));
    return html`<p role="group" aria-label=${strings.ask}>
      <b>${strings.askAt(this.place)}</b>
      ${numbers.map(
        (number, i) =>
          html`<input
              type="number"
              min="0"
              max=${asking.most[i]!}
              .value=${String(number)}
              aria-label=${strings.number(i + 1)}
              @input=${(event: Event) => this.type(numbers, i, (event.target as HTMLInputElement).value)}
            /><span>${asking.signs[i]}</span>`,
      )}
      ${this.renderAnswer(this.answer?.(numbers))}
    </p>`;
  }

  private renderAnswer(answer: Answering | undefined): TemplateResult | typeof nothing {
    if (!answer) return nothing;
    const { said, share, right, rightShare } = answer;
    const percent = (value: number): string => `${Math.round(100 * value)}%`;
    return html`<span aria-live="polite"
      ><b class=${said === right ? 'right' : 'wrong'}>${said}</b>
      <span class="beside">(${percent(share)})</span> ${
        said === right
          ? nothing
          : html`<span class="beside">${strings.rightIs(right, percent(rightShare))}</span>`
      }</span
    >`;
  }

  private type(numbers: readonly number[], place: number, text: string): void {
    const value = Math.round(Number(text));
    if (text === '' || !Number.isFinite(value)) return;
    this.typed = numbers.map((number, i) =>
      i === place ? Math.min(this.asking!.most[i]!, Math.max(0, value)) : number,
    );
  }
}

define('lab-ask', LabAsk);
