/** Calls to the worker: where one fails, the page says why and offers to repeat it. */
import { html, nothing, type ReactiveControllerHost, type TemplateResult } from 'lit';
import { strings as app } from '../frame/app-strings.ts';
import { strings } from './sandbox-strings.ts';

export class Questions {
  private unanswered: { message: string; again: () => Promise<void> } | undefined;

  constructor(private readonly host: ReactiveControllerHost) {}

  async ask(question: () => Promise<void>): Promise<void> {
    this.unanswered = undefined;
    this.host.requestUpdate();
    try {
      await question();
    } catch (error) {
      this.unanswered = { message: (error as Error).message, again: () => this.ask(question) };
      this.host.requestUpdate();
    }
  }

  /** @param otherwise is shown where no call has failed */
  render(otherwise: TemplateResult | typeof nothing = nothing): TemplateResult | typeof nothing {
    if (!this.unanswered) return otherwise;
    const { message, again } = this.unanswered;
    return html`<div class="notice" data-kind="bad" role="alert">
      <b>${strings.unanswered}</b>
      <p lang="en">${message}</p>
      <button class="pill" type="button" @click=${() => void again()}>${app.tryAgain}</button>
    </div>`;
  }
}
