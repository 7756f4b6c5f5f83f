/** What the bars that start and stop runs have in common. */
import { css, html, nothing, svg, type TemplateResult } from 'lit';
import { type Command, CommandEvent, type RunPhase } from './command.ts';
import { strings } from './strings.ts';

export const PLAY = svg`<path d="M4 2.5v11l9-5.5z" />`;
export const PAUSE = svg`<path d="M3.5 2.5h3v11h-3zM9.5 2.5h3v11h-3z" />`;
export const RESTART = svg`<path d="M8 2.2a5.8 5.8 0 1 1-5.5 4l1.9.6A3.8 3.8 0 1 0 8 4.2V7L3.6 3.4 8 0z" />`;

/** Sends a command, unless the button is inactive. Inactive buttons are not `disabled`, which would take their focus away. */
export const press =
  (command: Command) =>
  ({ currentTarget }: Event): void => {
    const button = currentTarget as Element;
    if (button.ariaDisabled !== 'true') button.dispatchEvent(new CommandEvent(command));
  };

export interface Buttons {
  /** the first button: its label, its command, and whether it is inactive */
  primary: { command: Command; label: string; icon: TemplateResult };
  rests: boolean;
  phase: RunPhase;
  /** settings were touched */
  changed: boolean;
  /** nothing has begun that could be reset */
  fresh: boolean;
}

/** The first button, a step (or a pause, where the first would begin anew) and reset. */
export function renderButtons({ primary, rests, phase, changed, fresh }: Buttons): TemplateResult {
  const { command, label, icon } = primary;
  const ready = phase === 'ready' || phase === 'paused';
  const pausable = changed && phase === 'running';
  return html`<button
      class="primary"
      part="primary"
      type="button"
      aria-disabled=${rests}
      @click=${press(command)}
    >
      <svg viewBox="0 0 16 16" aria-hidden="true">${icon}</svg>${label}
    </button>
    <button
      class="small"
      type="button"
      title=${pausable ? nothing : strings.stepHelp}
      aria-disabled=${!pausable && !ready}
      @click=${press(pausable ? 'pause' : 'step')}
    >
      ${pausable ? strings.pause : strings.step}
    </button>
    <button
      class="small"
      type="button"
      title=${strings.resetHelp}
      aria-disabled=${fresh}
      @click=${press('reset')}
    >
      ${strings.reset}
    </button>`;
}

export const runBar = css`
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
  .primary:hover:not(:disabled, [aria-disabled='true']) {
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
    background: linear-gradient(90deg, var(--lab-line) 30%, var(--lab-accent) 50%, var(--lab-line) 70%) 0 0 /
      200% 100%;
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
`;
