/** The buttons above a plot. */
import { html, nothing, type TemplateResult } from 'lit';
import { strings } from '../strings.ts';
import type { XAxis } from './types.ts';

/** One button per axis, where there is a choice. */
export function axisButtons(
  axes: readonly XAxis[],
  chosen: string,
  choose: (id: string) => void,
): TemplateResult | typeof nothing {
  if (axes.length < 2) return nothing;
  return html`<span class="segments" role="group" aria-label=${strings.horizontal}>
    ${axes.map(
      ({ id, label }) =>
        html`<button type="button" aria-pressed=${id === chosen} @click=${() => choose(id)}>
          ${label}
        </button>`,
    )}
  </span>`;
}

export function toggleButton(label: string, help: string, on: boolean, flip: () => void): TemplateResult {
  return html`<button class="small" type="button" title=${help} aria-pressed=${on} @click=${flip}>
    ${label}
  </button>`;
}

export function saveButton(label: string, help: string, save: () => void): TemplateResult {
  return html`<button class="small" type="button" title=${help} @click=${save}>${label}</button>`;
}
