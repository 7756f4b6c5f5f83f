/** Where no graphics processor was found: a plain word about it, and the way to sizes that suit a CPU. */
import { html, nothing, type TemplateResult } from 'lit';
import type { DeviceReport } from '../worker/protocol.ts';
import { strings } from './experiment-strings.ts';

/** @param help nothing where the sizes are small already */
export function renderSlow(
  device: DeviceReport | undefined,
  help: TemplateResult | string | typeof nothing,
): TemplateResult | typeof nothing {
  if (!device?.software) return nothing;
  return html`<div class="notice" data-kind="slow"><p>${strings.slow(device.name)} ${help}</p></div>`;
}

export function smallSizesButton(choose: () => void): TemplateResult {
  return html`<button class="word" type="button" @click=${choose}>${strings.smaller}</button>`;
}
