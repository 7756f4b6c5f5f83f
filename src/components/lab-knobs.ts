import { css, html, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { LabElement } from './element.ts';
import { type Knob, KnobChangeEvent, type KnobValue, type KnobValues, rung, showValue } from './knob.ts';
import { strings as views } from './view-strings.ts';
import { base, buttons } from './styles.ts';
import { typed } from './typed.ts';

/**
 * A form of knobs, in groups.
 *
 * @event {KnobChangeEvent} lab-knob-change - a knob was turned; the values are the owner's to change
 * @csspart group - a group of knobs
 * @csspart knob - one knob with its label
 */
export class LabKnobs extends LabElement {
  static override styles = [
    base,
    buttons,
    css`
      .groups {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 15rem), 1fr));
        gap: 8px 28px;
        font-size: var(--lab-step--1);
        color: var(--lab-ink-2);
      }
      fieldset {
        border: 0;
        margin: 0;
        padding: 0;
        min-width: 0;
      }
      legend {
        padding: 0;
        font-weight: 650;
        color: var(--lab-ink);
      }
      .knob {
        display: grid;
        grid-template-columns: 5.6rem minmax(0, 1fr);
        gap: 8px;
        align-items: center;
        min-height: 40px;
      }
      .knob.wide {
        grid-template-columns: minmax(0, 1fr);
        gap: 0;
        padding-top: 9px;
      }
      .slider {
        display: grid;
        grid-template-columns: minmax(0, 1fr) 3.4rem;
        gap: 8px;
        align-items: center;
      }
      output {
        color: var(--lab-ink);
        font-variant-numeric: tabular-nums;
        white-space: nowrap;
      }
      input[type='range'] {
        accent-color: var(--lab-accent);
        width: 100%;
        min-width: 0;
        margin: 0;
        height: 40px;
      }
      select,
      input[type='number'] {
        background: var(--lab-wash);
        color: var(--lab-ink);
        border: 1px solid var(--lab-control-line);
        border-radius: 6px;
        padding: 3px 6px;
        min-height: 34px;
        max-width: 100%;
      }
      input[type='number'] {
        width: 6.5rem;
      }
      .layers {
        display: flex;
        flex-wrap: wrap;
        gap: 4px;
        padding: 3px 0;
      }
      .layers select {
        padding: 3px 2px;
      }
      .layers .small {
        min-height: 34px;
        min-width: 34px;
        padding: 0;
        font-size: 1rem;
      }
    `,
  ];

  /** What can be changed. */
  @property({ attribute: false }) knobs: readonly Knob[] = [];
  /** How each knob stands. */
  @property({ attribute: false }) values: KnobValues = {};

  protected override render(): TemplateResult {
    const groups = [...new Set(this.knobs.map((knob) => knob.group))];
    return html`<div class="groups">
      ${groups.map(
        (group) =>
          html`<fieldset part="group">
            <legend>${group}</legend>
            ${this.knobs.filter((knob) => knob.group === group).map((knob) => this.renderKnob(knob))}
          </fieldset>`,
      )}
    </div>`;
  }

  private renderKnob(knob: Knob): TemplateResult {
    const value = this.values[knob.key] ?? knob.default;
    const id = `knob-${knob.key}`;
    const label =
      knob.kind === 'widths'
        ? html`<span id=${id}>${knob.label}</span>`
        : html`<label for=${id}>${knob.label}</label>`;
    return html`<div class="knob ${knob.kind === 'widths' ? 'wide' : ''}" part="knob" title=${knob.help}>
      ${label}${this.field(knob, value, id)}
    </div>`;
  }

  private field(knob: Knob, value: KnobValue, id: string): TemplateResult {
    switch (knob.kind) {
      case 'choice':
        return html`<span>
          <select id=${id} .value=${live(value as string)} @change=${this.choose(knob.key)}>
            ${knob.options.map(
              ([option, label]) =>
                html`<option value=${option} ?selected=${option === value}>${label}</option>`,
            )}
          </select>
        </span>`;
      case 'ladder':
        return html`<span class="slider">
          <input
            id=${id}
            type="range"
            min="0"
            max=${knob.values.length - 1}
            .value=${live(String(rung(knob.values, value as number)))}
            aria-valuetext=${showValue(knob, value)}
            @input=${this.slide(knob.key, knob.values)}
          />
          <output for=${id} aria-hidden="true">${showValue(knob, value)}</output>
        </span>`;
      case 'integer':
        return html`<span>
          <input
            id=${id}
            type="number"
            inputmode="numeric"
            min=${knob.min}
            max=${knob.max}
            step=${knob.step ?? 1}
            .value=${typed(String(value))}
            @change=${this.type(knob.key, knob.min, knob.max)}
          />
        </span>`;
      case 'widths':
        return this.layers(knob, value as readonly number[], id);
    }
  }

  private layers(knob: Knob & { kind: 'widths' }, widths: readonly number[], id: string): TemplateResult {
    const change = (next: readonly number[]): void => this.emit(knob.key, next);
    return html`<span class="layers" role="group" aria-labelledby=${id}>
      ${widths.map(
        (width, layer) =>
          html`<select
            aria-label=${views.layerWidth(layer + 1)}
            .value=${live(String(width))}
            @change=${(event: Event) =>
              change(widths.with(layer, Number((event.target as HTMLSelectElement).value)))}
          >
            ${knob.values.map((option) => html`<option ?selected=${option === width}>${option}</option>`)}
          </select>`,
      )}
      <button
        class="small"
        type="button"
        aria-label=${views.removeLayer}
        ?disabled=${widths.length === 0}
        @click=${() => change(widths.slice(0, -1))}
      >
        −
      </button>
      <button
        class="small"
        type="button"
        aria-label=${views.addLayer}
        ?disabled=${widths.length >= knob.most}
        @click=${() => change([...widths, widths.at(-1) ?? knob.values[0]!])}
      >
        +
      </button>
    </span>`;
  }

  private choose(key: string): (event: Event) => void {
    return (event) => this.emit(key, (event.target as HTMLSelectElement).value);
  }

  private slide(key: string, values: readonly number[]): (event: Event) => void {
    return (event) => this.emit(key, values[Number((event.target as HTMLInputElement).value)]!);
  }

  /** What is typed is brought into the bounds; what is no number is put back. */
  private type(key: string, min: number, max: number): (event: Event) => void {
    return (event) => {
      const { valueAsNumber } = event.target as HTMLInputElement;
      if (Number.isFinite(valueAsNumber)) {
        this.emit(key, Math.min(max, Math.max(min, Math.round(valueAsNumber))));
      }
      this.requestUpdate();
    };
  }

  private emit(key: string, value: KnobValue): void {
    this.dispatchEvent(new KnobChangeEvent(key, value));
  }
}
