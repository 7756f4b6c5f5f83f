import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { JoinError, type JoinProblem } from '../../../class/join.ts';
import { codeIn } from '../../../class/live.ts';
import { PageElement } from '../../../components/element.ts';
import { liveWords as words } from './live-words.ts';
import { enter } from './session.ts';

/**
 * Where a learner comes in, by the code of the class.
 *
 * @event lab-entered - this browser is in a class
 */
export class RoomDoor extends PageElement {
  /** A code that the address has. */
  @property({ attribute: false }) code: string | undefined;

  @state() private problem: JoinProblem | undefined;
  @state() private isJoining = false;

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('code') && this.code !== undefined) void this.join(this.code);
  }

  protected override render(): TemplateResult {
    const { isJoining, problem } = this;
    return html`<form class="row" @submit=${(event: Event) => this.submit(event)}>
        <label
          >${words.code}
          <input
            class="code"
            autocomplete="off"
            autocapitalize="characters"
            spellcheck="false"
            maxlength="12"
            required
          />
        </label>
        <button class="cta" type="submit" ?disabled=${isJoining}>
          ${isJoining ? words.joining : words.join}
        </button>
      </form>
      ${problem ? html`<p class="notice" data-kind="bad" role="alert">${words.problem(problem)}</p>` : nothing}
      <p class="hint">${words.private}</p>`;
  }

  private submit(event: Event): void {
    event.preventDefault();
    const code = codeIn(this.querySelector<HTMLInputElement>('input.code')!.value);
    if (code === undefined) this.problem = 'no-class';
    else void this.join(code);
  }

  private async join(code: string): Promise<void> {
    this.isJoining = true;
    this.problem = undefined;
    try {
      await enter(code);
      this.dispatchEvent(new Event('lab-entered'));
    } catch (error) {
      this.problem = error instanceof JoinError ? error.problem : 'no-room';
    }
    this.isJoining = false;
  }
}
