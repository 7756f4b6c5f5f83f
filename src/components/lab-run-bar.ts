import { html, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { LabElement } from './element.ts';
import type { Command, RunPhase } from './command.ts';
import { compact, duration, significant, whole } from './format.ts';
import { strings } from './strings.ts';
import { PAUSE, PLAY, renderButtons, RESTART, runBar } from './run-bar-parts.ts';
import { base, buttons } from './styles.ts';

export interface Speed {
  stepsPerSecond: number;
  tokensPerSecond: number;
  gflops: number;
  secondsLeft: number;
}

/**
 * Starts, pauses, steps and rewinds a run, and says how far and how fast it is.
 *
 * @event {CommandEvent} lab-command - a button was pressed
 * @csspart primary - the one primary button
 * @csspart progress - the progress bar
 * @csspart note - what is said of replicas that have diverged
 */
export class LabRunBar extends LabElement {
  static override styles = [base, buttons, runBar];

  /** Where the run stands. */
  @property() phase: RunPhase = 'closed';
  /** Steps done. */
  @property({ type: Number }) step = 0;
  /** Steps in all. */
  @property({ type: Number }) steps = 0;
  /** Knobs have been turned since this run was built. */
  @property({ type: Boolean }) changed = false;
  /** Pipelines built and in all, while the run is being built. */
  @property({ attribute: false }) building?: { done: number; total: number } | undefined;
  /** How fast it trains, once that is known. */
  @property({ attribute: false }) speed?: Speed | undefined;
  /** How long the whole run will take here, s: told before it starts. */
  @property({ type: Number }) estimate?: number | undefined;
  /** What is to be said of replicas that have diverged. */
  @property() note = '';
  /** What a step counts: tokens or examples (points). */
  @property() unit: 'tokens' | 'examples' = 'tokens';

  /** What the primary button says and does. */
  get primary(): { command: Command; label: string; icon: TemplateResult } {
    if (this.phase === 'running' && !this.changed) {
      return { command: 'pause', label: strings.pause, icon: PAUSE };
    }
    if (this.changed && (this.step > 0 || this.phase === 'running')) {
      return { command: 'restart', label: strings.restart, icon: RESTART };
    }
    if (this.phase === 'finished' || this.phase === 'diverged' || this.phase === 'failed') {
      return { command: 'restart', label: strings.again, icon: RESTART };
    }
    const label = this.step > 0 ? strings.goOn : strings.run;
    return { command: 'run', label, icon: PLAY };
  }

  protected override render(): TemplateResult {
    const { primary, phase, changed } = this;
    const rests = phase === 'closed';
    return html`<div class="bar">
      ${renderButtons({ primary, rests, phase, changed, fresh: this.step === 0 })}
      <div class="progress">
        ${this.renderProgress()}
        <p>${this.describe()}</p>
        ${this.note ? html`<p class="note" part="note">${this.note}</p>` : nothing}
      </div>
      ${this.renderSpeed()}
    </div>`;
  }

  private renderProgress(): TemplateResult {
    if (this.phase === 'opening') {
      const { done, total } = this.building ?? { done: 0, total: 0 };
      return total
        ? html`<progress
            part="progress"
            aria-label=${strings.progress}
            max=${total}
            .value=${done}
          ></progress>`
        : html`<progress part="progress" aria-label=${strings.progress}></progress>`;
    }
    return html`<progress
      part="progress"
      aria-label=${strings.progress}
      max=${this.steps || 1}
      value=${this.step}
    ></progress>`;
  }

  private renderSpeed(): TemplateResult {
    const { speed } = this;
    const items = [
      [strings.stepsPerSecond, speed?.stepsPerSecond],
      [this.unit === 'tokens' ? strings.tokensPerSecond : strings.examplesPerSecond, speed?.tokensPerSecond],
      [strings.gflops, speed?.gflops],
    ] as const;
    return html`<dl>
      ${items.map(
        ([name, value]) =>
          html`<div>
            <dt>${name}</dt>
            <dd>
              ${value === undefined ? '–' : name === strings.gflops ? (value < 100 ? significant(value, 3) : whole(value)) : compact(value)}
            </dd>
          </div>`,
      )}
    </dl>`;
  }

  private describe(): string {
    const at = strings.atStep(whole(this.step), whole(this.steps));
    switch (this.phase) {
      case 'closed':
        return ' ';
      case 'opening':
        return this.building?.total
          ? strings.building(this.building.done, this.building.total)
          : strings.opening;
      case 'running':
        return this.speed ? `${at} · ${strings.left(duration(this.speed.secondsLeft))}` : at;
      case 'ready':
        return this.estimate === undefined ? at : `${at} · ${strings.estimate(duration(this.estimate))}`;
      default:
        return `${at} · ${strings[this.phase]}`;
    }
  }
}
