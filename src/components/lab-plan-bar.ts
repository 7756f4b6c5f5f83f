import { css, html, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { Divergence } from '../replicas.ts';
import { LabElement } from './element.ts';
import type { Command, RunPhase } from './command.ts';
import { describeDiverged } from './diverged.ts';
import { compact, duration, significant, whole } from './format.ts';
import { PAUSE, PLAY, press, renderButtons, RESTART, runBar } from './run-bar-parts.ts';
import { strings } from './strings.ts';
import { base, buttons } from './styles.ts';

/** A run of the experiment, as its mark in the row of runs shows it. */
export interface PlanEntry {
  key: string;
  state: 'waiting' | 'running' | 'done' | 'skipped';
  /** which of its replicas have diverged, if any, and how many it has */
  diverged?: { list: readonly Divergence[]; replicas: number } | undefined;
}

/** For so many runs diverged replicas are listed below the bar; the marks of the others show it. */
const MOST_TOLD = 3;

/** Where the experiment stands while it goes. */
export interface PlanProgress {
  /** of the run under way */
  step: number;
  /** of the whole, 0 … 1 */
  share: number;
  secondsLeft: number;
  stepsPerSecond: number;
  tokensPerSecond: number;
  gflops: number;
}

/**
 * Starts, pauses, steps and rewinds an experiment of many runs: one bar for the whole, a mark for each run.
 *
 * @event {CommandEvent} lab-command - a button was pressed
 * @csspart primary - the one primary button
 * @csspart progress - the progress bar
 * @csspart runs - the marks of the runs
 * @csspart note - what is said of replicas that have diverged
 */
export class LabPlanBar extends LabElement {
  static override styles = [
    base,
    buttons,
    runBar,
    css`
      .row {
        display: flex;
        align-items: center;
        gap: 14px;
        min-height: 24px;
        margin-top: 8px;
      }
      .runs {
        flex: 1;
        display: flex;
        flex-wrap: wrap;
        gap: 4px;
        list-style: none;
        margin: 0;
        padding: 0;
      }
      .runs li {
        flex: 1 1 8px;
        max-width: 34px;
        height: 6px;
        border-radius: 3px;
        background: var(--lab-line);
      }
      .runs [data-state='done'] {
        background: var(--lab-accent);
      }
      .runs [data-diverged] {
        background: var(--lab-refute);
      }
      .runs [data-state='running'] {
        background: var(--lab-accent);
        outline: 2px solid var(--lab-accent-wash);
        outline-offset: 1px;
      }
      .runs [data-state='skipped'] {
        background: repeating-linear-gradient(135deg, var(--lab-line-2) 0 3px, transparent 3px 6px);
      }
      .skip {
        min-height: 24px;
        padding: 0 8px;
        min-width: 0;
      }
      @media (pointer: coarse) {
        .skip {
          min-height: 32px;
        }
      }
      @container (max-width: 620px) {
        .bar {
          gap: 6px 10px;
        }
        .primary {
          min-height: 44px;
        }
        .progress p {
          margin-top: 3px;
        }
        .row {
          margin-top: 4px;
        }
      }
    `,
  ];

  /** Where the experiment stands. */
  @property() phase: RunPhase = 'closed';
  /** Its runs, in order. */
  @property({ attribute: false }) entries: readonly PlanEntry[] = [];
  /** Runs are numbered, where their keys would mean nothing to readers. */
  @property({ type: Boolean }) numbered = false;
  /** How far and how fast it goes. */
  @property({ attribute: false }) progress?: PlanProgress | undefined;
  /** Steps of the run under way. */
  @property({ type: Number }) steps = 0;
  /** Something was changed since it was opened. */
  @property({ type: Boolean }) changed = false;
  /** Pipelines built and in all, while a run is being built. */
  @property({ attribute: false }) building?: { done: number; total: number } | undefined;
  /** How long it will take here, s. */
  @property({ type: Number }) estimate?: number | undefined;

  /** The primary button takes it. */
  override focus(options?: FocusOptions): void {
    this.renderRoot.querySelector('button')?.focus(options);
  }

  private get begun(): boolean {
    return this.entries.some(({ state }) => state !== 'waiting');
  }

  /** What the primary button says and does. */
  get primary(): { command: Command; label: string; icon: TemplateResult } {
    if (this.changed && (this.begun || this.phase === 'running')) {
      return { command: 'restart', label: strings.restart, icon: RESTART };
    }
    if (this.phase === 'running') return { command: 'pause', label: strings.pause, icon: PAUSE };
    if (this.phase === 'finished' || this.phase === 'failed') {
      return { command: 'restart', label: strings.again, icon: RESTART };
    }
    return { command: 'run', label: this.begun ? strings.goOn : strings.run, icon: PLAY };
  }

  protected override render(): TemplateResult {
    const { primary, phase, changed } = this;
    const rests = phase === 'closed' || phase === 'opening';
    return html`<div class="bar">
        ${renderButtons({ primary, rests, phase, changed, fresh: !this.begun })}
        <div class="progress">
          ${this.renderProgress()}
          <p>${this.describe()}</p>
        </div>
        ${this.renderSpeed()}
      </div>
      ${this.renderRuns()}${this.renderNote()}`;
  }

  private renderProgress(): TemplateResult {
    const done = this.entries.filter(({ state }) => state === 'done').length;
    const share =
      this.phase === 'finished'
        ? 1
        : Math.max(this.progress?.share ?? 0, done / Math.max(1, this.entries.length) / 2);
    if (this.phase === 'opening') {
      return html`<progress part="progress" aria-label=${strings.progress}></progress>`;
    }
    return html`<progress part="progress" aria-label=${strings.progress} max="1" value=${share}></progress>`;
  }

  /** Which runs are done, under way and waiting. */
  private renderRuns(): TemplateResult | typeof nothing {
    const skip = this.renderSkip();
    if (this.entries.length < 2) return nothing;
    return html`<div class="row">
      <ol class="runs" part="runs" aria-label=${strings.runs}>
        ${this.entries.map((entry, i) => {
          const { state, diverged } = entry;
          const told = [`${this.nameOf(i)}: ${strings.runStates[state]}`, tell(entry)]
            .filter(Boolean)
            .join(' · ');
          return html`<li data-state=${state} ?data-diverged=${diverged !== undefined} title=${told}>
            <span class="visually-hidden">${told}</span>
          </li>`;
        })}
      </ol>
      ${skip}
    </div>`;
  }

  /** Which replicas of which runs have diverged, and when. */
  private renderNote(): TemplateResult | typeof nothing {
    const all = this.entries.flatMap((entry, i) => (entry.diverged ? [{ entry, i }] : []));
    if (!all.length) return nothing;
    const told = all
      .slice(0, MOST_TOLD)
      .map(({ entry, i }) => (this.entries.length > 1 ? `${this.nameOf(i)}: ${tell(entry)}` : tell(entry)));
    if (all.length > told.length) told.push('…');
    return html`<p class="note" part="note">${told.join(' · ')}</p>`;
  }

  private nameOf(index: number): string {
    return this.numbered ? strings.runOf(index + 1, this.entries.length) : this.entries[index]!.key;
  }

  private renderSkip(): TemplateResult | typeof nothing {
    if (this.phase !== 'running' && this.phase !== 'paused') return nothing;
    return html`<button class="small skip" type="button" title=${strings.skipHelp} @click=${press('skip')}>
      ${strings.skip}
    </button>`;
  }

  private renderSpeed(): TemplateResult {
    const { progress } = this;
    const gflops =
      progress && (progress.gflops < 100 ? significant(progress.gflops, 3) : whole(progress.gflops));
    const items = [
      [strings.stepsPerSecond, progress && compact(progress.stepsPerSecond)],
      [strings.tokensPerSecond, progress && compact(progress.tokensPerSecond)],
      [strings.gflops, gflops],
    ] as const;
    return html`<dl>
      ${items.map(
        ([name, value]) =>
          html`<div>
            <dt>${name}</dt>
            <dd>${value ?? '–'}</dd>
          </div>`,
      )}
    </dl>`;
  }

  private describe(): string {
    const { entries, phase, progress } = this;
    if (phase === 'closed') return ' ';
    if (phase === 'opening') return strings.opening;
    const parts: string[] = [];
    const at = entries.findIndex(({ state }) => state === 'running');
    if (at >= 0) {
      if (entries.length > 1) parts.push(strings.runOf(at + 1, entries.length));
      if (entries.length > 1 && !this.numbered) parts.push(entries[at]!.key);
      if (this.building && this.building.done < this.building.total) {
        parts.push(strings.building(this.building.done, this.building.total));
      } else if (this.steps) parts.push(strings.atStep(whole(progress?.step ?? 0), whole(this.steps)));
    } else if (phase === 'running') parts.push(strings.opening);
    else if (entries.length > 1) parts.push(strings.runCount(entries.length));
    if (phase === 'running' && progress) parts.push(strings.left(duration(progress.secondsLeft)));
    else if (phase === 'ready' && this.estimate !== undefined)
      parts.push(strings.estimate(duration(this.estimate)));
    else if (phase === 'paused' || phase === 'finished' || phase === 'failed') parts.push(strings[phase]);
    return parts.join(' · ') || ' ';
  }
}

function tell({ diverged }: PlanEntry): string {
  return diverged ? describeDiverged(diverged.list, diverged.replicas) : '';
}
