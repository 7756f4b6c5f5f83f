import { css, html, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { showSetting } from '../show.ts';
import { LabElement } from './element.ts';
import {
  FormChangeEvent,
  type FormField,
  type FormSection,
  type FormValue,
  readNumbers,
} from './form-field.ts';
import { strings } from './form-strings.ts';
import { bound } from './format.ts';
import { base } from './styles.ts';
import { typed } from './typed.ts';

/**
 * A form of many fields, in sections: bounds and descriptions as help, what is wrong beside the field.
 *
 * @event {FormChangeEvent} lab-form-change - a field was changed; the values are the owner's
 * @csspart section - a section
 * @csspart field - a field with its label
 */
export class LabForm extends LabElement {
  static override styles = [
    base,
    css`
      :host {
        display: grid;
        gap: 14px;
        font-size: var(--lab-step--1);
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
        font-size: 0.9375rem;
      }
      .fields {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(min(100%, 8.4rem), 1fr));
        gap: 8px 12px;
        align-items: start;
        padding: 4px 0;
      }
      .field {
        display: grid;
        gap: 2px;
        min-width: 0;
      }
      .wide {
        grid-column: 1 / -1;
      }
      label {
        color: var(--lab-ink-2);
      }
      .set label {
        color: var(--lab-accent);
        font-weight: 600;
      }
      input:not([type='checkbox']),
      select {
        width: 100%;
        min-width: 0;
        min-height: 36px;
        padding: 3px 8px;
        border: 1px solid var(--lab-control-line);
        border-radius: 6px;
        background: var(--lab-wash);
        color: var(--lab-ink);
        font-variant-numeric: tabular-nums;
      }
      input[aria-invalid='true'],
      select[aria-invalid='true'] {
        border-color: var(--lab-refute);
        box-shadow: 0 0 0 1px var(--lab-refute);
      }
      .check {
        display: flex;
        flex-direction: row;
        align-items: center;
        gap: 8px;
        min-height: 36px;
        align-self: end;
      }
      .check input {
        width: 18px;
        height: 18px;
        flex: none;
        accent-color: var(--lab-accent);
      }
      .error {
        margin: 0;
        color: var(--lab-refute);
        line-height: 1.35;
      }
      details {
        margin-top: 2px;
      }
      summary {
        cursor: pointer;
        min-height: 32px;
        display: flex;
        align-items: center;
        width: max-content;
        max-width: 100%;
        color: var(--lab-accent);
        text-decoration: underline;
        text-underline-offset: 0.18em;
      }
      @media (pointer: coarse) {
        input:not([type='checkbox']),
        select,
        summary {
          min-height: 44px;
        }
      }
    `,
  ];

  /** The fields. */
  @property({ attribute: false }) sections: readonly FormSection[] = [];
  /** What is set, by path; other fields show their defaults. */
  @property({ attribute: false }) values: Readonly<Record<string, unknown>> = {};
  /** What is wrong, by path. */
  @property({ attribute: false }) errors: Readonly<Record<string, string | TemplateResult>> = {};

  protected override render(): TemplateResult[] {
    return this.sections.map(({ title, fields, further = [] }) => {
      const changed = further.filter(({ path }) => this.isSet(path)).length;
      const wrong = further.some(({ path }) => path in this.errors);
      return html`<fieldset part="section">
        <legend>${title}</legend>
        <div class="fields">${fields.map((field) => this.renderField(field))}</div>
        ${
          further.length
            ? html`<details ?open=${wrong}>
                <summary>${changed ? strings.furtherChanged(changed) : strings.further}</summary>
                <div class="fields">${further.map((field) => this.renderField(field))}</div>
              </details>`
            : nothing
        }
      </fieldset>`;
    });
  }

  private isSet(path: string): boolean {
    return this.values[path] !== undefined;
  }

  private renderField(field: FormField): TemplateResult {
    const { path, label, kind } = field;
    const id = `field-${path.replaceAll('.', '-')}`;
    const error = this.errors[path];
    const wide = kind === 'text' || kind === 'numbers';
    const help = html`<span class="visually-hidden" id="${id}-help" lang=${field.helpLang ?? nothing}
      >${field.help}</span
    >`;
    const message =
      error === undefined
        ? nothing
        : html`<p class="error ${kind === 'flag' ? 'wide' : ''}" id="${id}-error">${error}</p>`;
    const described = `${id}-help${error === undefined ? '' : ` ${id}-error`}`;
    const set = this.isSet(path) ? 'set' : '';
    if (kind === 'flag') {
      return html`<div class="field check ${set}" part="field" title=${this.tip(field)}>
        <input
          id=${id}
          type="checkbox"
          aria-describedby=${described}
          .checked=${live(Boolean(this.values[path] ?? field.default))}
          @change=${(event: Event) => this.emit(field, (event.target as HTMLInputElement).checked)}
        />
        <label for=${id}>${label}</label>${help}${message}
      </div>`;
    }
    return html`<div class="field ${set} ${wide ? 'wide' : ''}" part="field" title=${this.tip(field)}>
      <label for=${id}>${label}</label>
      ${this.renderInput(field, id, described, error !== undefined)}${help}${message}
    </div>`;
  }

  private renderInput(
    field: Exclude<FormField, { kind: 'flag' }>,
    id: string,
    described: string,
    wrong: boolean,
  ): TemplateResult {
    const value = (this.values[field.path] ?? field.default) as FormValue;
    const invalid = wrong ? 'true' : nothing;
    if (field.kind === 'choice') {
      return html`<select
        id=${id}
        aria-describedby=${described}
        aria-invalid=${invalid}
        .value=${live(showSetting(value))}
        @change=${(event: Event) => this.emit(field, (event.target as HTMLSelectElement).value)}
      >
        ${field.choices.map(
          ([choice, label]) => html`<option value=${choice} ?selected=${choice === value}>${label}</option>`,
        )}
      </select>`;
    }
    const number = field.kind === 'integer' || field.kind === 'real';
    const shown = showSetting(value, ', ');
    return html`<input
      id=${id}
      type=${number ? 'number' : 'text'}
      inputmode=${number ? 'decimal' : nothing}
      step=${number ? (field.kind === 'integer' ? '1' : 'any') : nothing}
      autocomplete="off"
      aria-describedby=${described}
      aria-invalid=${invalid}
      .value=${typed(shown === 'NaN' ? '' : shown)}
      @change=${(event: Event) => this.read(field, event.target as HTMLInputElement)}
    />`;
  }

  private tip(field: FormField): string {
    const parts = [field.help];
    if (field.kind === 'integer' || field.kind === 'real')
      parts.push(strings.range(bound(field.min), bound(field.max)), strings.usually(bound(field.default)));
    if (field.kind === 'numbers') parts.push(strings.list);
    return parts.join(' ');
  }

  private read(field: FormField, input: HTMLInputElement): void {
    const { value } = input;
    if (field.kind === 'numbers') this.emit(field, readNumbers(value));
    else if (field.kind === 'text') this.emit(field, value);
    else if (value === '' && !input.validity.badInput) this.emit(field, undefined);
    else this.emit(field, input.valueAsNumber);
  }

  /** What stands as it usually does is not a change. */
  private emit({ path, default: usual }: FormField, value: FormValue | undefined): void {
    const same = JSON.stringify(value) === JSON.stringify(usual);
    this.dispatchEvent(new FormChangeEvent(path, same ? undefined : value));
    this.requestUpdate();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lab-form': LabForm;
  }
}
