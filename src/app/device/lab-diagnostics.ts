import { html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { PageElement } from '../../components/element.ts';
import { define } from '../../components/define.ts';
import { diagnosticsText } from '../../devices/diagnostics.ts';
import { factsOf } from '../../devices/facts.ts';
import type { DeviceReport } from '../../worker/protocol.ts';
import { AnnounceEvent } from '../frame/announce.ts';
import { loadSettings } from '../frame/settings.ts';
import { strings } from './device-strings.ts';
import { wantedHere } from './wanted.ts';

/** A button that copies facts about browser and device for somebody who helps; where copying is forbidden, it shows them. */
export class LabDiagnostics extends PageElement {
  /** the device that trains, or who tells of it when asked */
  @property({ attribute: false }) device: DeviceReport | (() => Promise<DeviceReport>) | undefined;
  /** why there is none */
  @property({ attribute: false }) problem = '';

  @state() private said = '';
  @state() private text = '';

  protected override render(): TemplateResult {
    return html`<p class="diagnostics">
        <button class="word" type="button" @click=${() => void this.copy()}>${strings.copy}</button>
        <span>${this.said}</span>
      </p>
      ${this.text ? html`<pre tabindex="0">${this.text}</pre>` : nothing}`;
  }

  private async copy(): Promise<void> {
    const text = await this.diagnostics();
    try {
      await navigator.clipboard.writeText(text);
      this.text = '';
      this.said = strings.copied;
    } catch {
      this.text = text;
      this.said = strings.closed;
    }
    this.dispatchEvent(new AnnounceEvent(this.said));
  }

  private async diagnostics(): Promise<string> {
    let device: DeviceReport | undefined;
    let { problem } = this;
    try {
      device = typeof this.device === 'function' ? await this.device() : this.device;
    } catch (error) {
      problem = (error as Error).message;
    }
    return diagnosticsText({
      userAgent: navigator.userAgent,
      facts: factsOf(window),
      wanted: wantedHere(loadSettings()),
      device: device ? { name: device.name, cores: device.cores ?? 1, ...device.details } : { problem },
    });
  }
}

define('lab-diagnostics', LabDiagnostics);
