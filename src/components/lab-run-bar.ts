import type { nothing } from 'lit';
import { css, html, LitElement, svg, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { compact, duration, significant, whole } from './format.ts';
import { strings } from './strings.ts';
import { base, buttons } from './styles.ts';

/** Where a run stands, as the bar needs to know it. */
export type RunPhase =
  'closed' | 'opening' | 'ready' | 'running' | 'paused' | 'finished' | 'diverged' | 'failed';

export interface Speed {
  stepsPerSecond: number;
  tokensPerSecond: number;
  gflops: number;
  secondsLeft: number;
}

export type Command = 'run' | 'pause' | 'restart' | 'step' | 'reset';

/** A button of the run bar was pressed. */
export class CommandEvent extends Event {
  static readonly type = 'lab-command';
  constructor(readonly command: Command) {
    super(CommandEvent.type, { bubbles: true, composed: true });
  }
}

const PLAY = svg`<path d="M4 2.5v11l9-5.5z" />`;
const PAUSE = svg`<path d="M3.5 2.5h3v11h-3zM9.5 2.5h3v11h-3z" />`;
const RESTART = svg`<path d="M8 2.2a5.8 5.8 0 1 1-5.5 4l1.9.6A3.8 3.8 0 1 0 8 4.2V7L3.6 3.4 8 0z" />`;

/**
 * Starts, pauses, steps and rewinds a run, and says how far and how fast it is.
 *
 * @event {CommandEvent} lab-command - a button was pressed
 * @csspart primary - the one primary button
 * @csspart progress - the progress bar
 */
export class LabRunBar extends LitElement {
  static override styles = [
    base,
    buttons,
    css`
      .bar {
        display: grid;
        grid-template-columns: auto auto auto minmax(8rem, 1fr) auto;
        align-items: center;
        gap: 8px 12px;
      }
      .primary {
        display: inline-flex;
        align-items: center;
        justify-content: center;
        gap: 9px;
        min-height: 48px;
        min-width: 6.9rem;
        padding: 0 20px 0 16px;
        border: 0;
        border-radius: 99px;
        background: var(--lab-accent);
        color: var(--lab-accent-ink);
        font-weight: 600;
        font-size: 1rem;
        white-space: nowrap;
      }
      .primary:hover:not(:disabled) {
        filter: brightness(1.08);
      }
      svg {
        width: 15px;
        height: 15px;
        fill: currentColor;
        flex: none;
      }
      progress {
        display: block;
        width: 100%;
        height: 6px;
        border: 0;
        border-radius: 3px;
        overflow: hidden;
        background: var(--lab-line);
        color: var(--lab-accent);
        appearance: none;
      }
      progress::-webkit-progress-bar {
        background: var(--lab-line);
      }
      progress::-webkit-progress-value {
        background: var(--lab-accent);
      }
      progress::-moz-progress-bar {
        background: var(--lab-accent);
      }
      progress:indeterminate {
        background: linear-gradient(90deg, var(--lab-line) 30%, var(--lab-accent) 50%, var(--lab-line) 70%) 0
          0 / 200% 100%;
      }
      p {
        margin: 5px 0 0;
        font-size: var(--lab-step--1);
        line-height: 1.4;
        color: var(--lab-ink-2);
        font-variant-numeric: tabular-nums;
      }
      dl {
        display: flex;
        gap: 16px;
        margin: 0;
        font-variant-numeric: tabular-nums;
      }
      dl div {
        min-width: 3.6rem;
      }
      dt {
        font-size: 0.72rem;
        color: var(--lab-ink-3);
      }
      dd {
        margin: 0;
        font-weight: 600;
        font-size: 0.9375rem;
        white-space: nowrap;
      }
      @media (prefers-reduced-motion: no-preference) {
        progress:indeterminate {
          animation: slide 1.6s linear infinite;
        }
        @keyframes slide {
          from {
            background-position: 100% 0;
          }
          to {
            background-position: -100% 0;
          }
        }
      }
      @container (max-width: 620px) {
        .bar {
          grid-template-columns: 1fr auto auto;
        }
        .progress {
          grid-column: 1 / -1;
        }
        dl {
          display: none;
        }
      }
      :host {
        container-type: inline-size;
      }
    `,
  ];

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
    const { command, label, icon } = this.primary;
    const ready = this.phase === 'ready' || this.phase === 'paused';
    return html`<div class="bar">
      <button
        class="primary"
        part="primary"
        type="button"
        ?disabled=${this.phase === 'closed'}
        @click=${() => this.emit(command)}
      >
        <svg viewBox="0 0 16 16" aria-hidden="true">${icon}</svg>${label}
      </button>
      ${
        this.changed && this.phase === 'running'
          ? html`<button class="small" type="button" @click=${() => this.emit('pause')}>
              ${strings.pause}
            </button>`
          : html`<button
              class="small"
              type="button"
              title=${strings.stepHelp}
              ?disabled=${!ready}
              @click=${() => this.emit('step')}
            >
              ${strings.step}
            </button>`
      }
      <button
        class="small"
        type="button"
        title=${strings.resetHelp}
        ?disabled=${this.step === 0}
        @click=${() => this.emit('reset')}
      >
        ${strings.reset}
      </button>
      <div class="progress">
        ${this.renderProgress()}
        <p>${this.describe()}</p>
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

  private renderSpeed(): TemplateResult | typeof nothing {
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

  private emit(command: Command): void {
    this.dispatchEvent(new CommandEvent(command));
  }
}

declare global {
  interface HTMLElementEventMap {
    'lab-command': CommandEvent;
  }
}
