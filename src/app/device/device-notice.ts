/** Notices for devices without a usable GPU: what that means, what may help, and which sizes suit a processor. */
import { html, nothing, type TemplateResult } from 'lit';
import { sentences } from '../../components/sentences.ts';
import type { DeviceReport } from '../../worker/protocol.ts';
import { strings as shared } from '../experiments/experiment-strings.ts';
import { loadSettings } from '../frame/settings.ts';
import { strings } from './device-strings.ts';
import { wantedHere } from './wanted.ts';
import { slowness, whyNoGPU } from './words.ts';

/** @param help a sentence about small sizes; nothing where the size is small already */
export function renderSlow(
  device: DeviceReport | undefined,
  help: TemplateResult | string | typeof nothing,
): TemplateResult | typeof nothing {
  if (!device) return nothing;
  const leftOut = Object.keys(device.details.leftOut).join(', ');
  if (!device.software && !leftOut) return nothing;
  return html`<div class="notice" data-kind="slow">
    ${device.software ? html`<p>${sentences(slowness(device), whyNoGPU(device, wantedHere(loadSettings())))} ${help}</p>` : nothing}
    ${leftOut ? html`<p>${strings.leftOut(leftOut)}</p>` : nothing} ${renderDiagnostics({ device })}
  </div>`;
}

/** Nothing trains at all, not even on the processor. */
export function renderNoDevice(
  title: string,
  message: string,
  again: TemplateResult | typeof nothing,
): TemplateResult {
  return html`<div class="notice" data-kind="none">
    <b>${title}</b>
    <p>${whyNoGPU(undefined, wantedHere(loadSettings()))}</p>
    ${again} ${renderDiagnostics({ problem: message })}
  </div>`;
}

export function smallSizesButton(choose: () => void): TemplateResult {
  return html`<button class="word" type="button" @click=${choose}>${shared.smaller}</button>`;
}

function renderDiagnostics({
  device,
  problem = '',
}: {
  device?: DeviceReport;
  problem?: string;
}): TemplateResult {
  void import('./lab-diagnostics.ts').catch(console.warn);
  return html`<lab-diagnostics .device=${device} .problem=${problem}></lab-diagnostics>`;
}
