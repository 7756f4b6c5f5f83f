/** Says when the part of the page that trains does not answer, and offers to end it. */
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { LabElement } from '../../components/element.ts';
import type { Silence, WorkerLife } from '../../worker/client.ts';
import { SILENT_SECONDS } from '../../worker/heartbeat.ts';
import { promptStyles } from './prompt-styles.ts';
import { strings } from './worker-strings.ts';

/** Goes by itself when the worker answers. Nothing is ended unless it is asked for: it may only be busy. */
export class WorkerPrompt extends LabElement {
  static override styles = promptStyles;

  /** The worker to watch. */
  @property({ attribute: false }) life: WorkerLife | undefined;
  @state() private silence: Silence | undefined;
  private ignore: (() => void) | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.ignore?.();
  }

  protected override willUpdate(changes: PropertyValues<this>): void {
    if (!changes.has('life')) return;
    this.ignore?.();
    this.ignore = this.life?.watch((silence) => (this.silence = silence));
  }

  protected override render(): TemplateResult | typeof nothing {
    const { silence, life } = this;
    if (!silence) return nothing;
    return html`<aside aria-label=${strings.silentTitle}>
      <p role="alert">${strings.silent(SILENT_SECONDS)}</p>
      <button class="now" type="button" @click=${() => life?.end()}>
        ${silence.step === undefined ? strings.end : strings.endAt(silence.step)}
      </button>
    </aside>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'worker-prompt': WorkerPrompt;
  }
}
