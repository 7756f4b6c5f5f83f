import { html, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { LiveClient } from '../../../../class/live-client.ts';
import { PageElement } from '../../../../components/element.ts';
import { measured } from '../../../../components/index.ts';
import { renderFigure } from '../../../../figures/figure.ts';
import type { Lab } from '../../../../worker/protocol.ts';
import type { Curriculum } from '../../../curriculum.ts';
import { renderVerdict } from '../../../lesson/lesson-parts.ts';
import type { Asked } from '../../asked.ts';
import { liveWords } from '../live-words.ts';
import { handsWords as words } from './hands-words.ts';
import { SharedFindings } from './shared-findings.ts';

/** What many hands have come to: the lesson's own figure of all results so far, a square for each run, the verdict. */
export class ClassHands extends PageElement {
  /** The class, of a member or of whoever leads. */
  @property({ attribute: false }) client!: LiveClient;
  @property({ attribute: false }) curriculum!: Curriculum;
  @property({ attribute: false }) lab!: Lab;
  @property({ attribute: false }) asked: Asked | undefined;
  /** Median distance of what was predicted from a number; NaN where nothing is known of that. */
  @property({ attribute: false }) off: (got: number) => number = () => NaN;

  private readonly shared = new SharedFindings(this);

  /** All results, for a file. */
  toJSON(): string {
    return this.shared.toJSON();
  }

  toBlob(): Promise<Blob> | undefined {
    return this.querySelector('lab-chart')?.toBlob();
  }

  protected override render(): TemplateResult {
    const { plan, board } = this.client;
    const { runs, figures, findings } = this.shared;
    const done = runs.filter(({ state }) => state === 'done').length;
    return html`<div class="found">
        <section class="figure card">
          ${renderFigure({
            figures,
            behind: [],
            overlays: [],
            chosen: undefined,
            place: undefined,
            predictionOn: () => undefined,
            quiet: true,
            caption: words.done(done, runs.length),
            choose: () => undefined,
            predict: () => undefined,
          })}
        </section>
        <aside>
          <p class="big">${done} <small>/ ${runs.length}</small></p>
          <p>${words.done(done, runs.length)}</p>
          ${plan.phase === 'run' ? html`<p>${words.working(board.hands?.hands ?? 0)}</p>` : nothing}
          ${this.renderSquares()} ${this.renderTwice()} ${this.renderOff()}
        </aside>
      </div>
      ${
        plan.phase === 'discuss' && findings && plan.sweep === undefined
          ? renderVerdict(findings, 'own', nothing)
          : nothing
      }`;
  }

  private renderSquares(): TemplateResult {
    return html`<ul class="squares">
        ${this.shared.runs.map(
          ({ key, state, share = 0 }) =>
            html`<li
              data-state=${{ done: 'done', held: 'predicted', free: 'gone' }[state]}
              title=${state === 'held' ? `${key} · ${Math.floor(100 * share)}%` : key}
            ></li>`,
        )}
      </ul>
      <p class="hint">${words.squares}</p>`;
  }

  /** Of runs that two devices have done. */
  private renderTwice(): unknown {
    const sum = (key: 'confirmed' | 'differs'): number =>
      this.shared.runs.filter((run) => (run[key] ?? 0) > 0).length;
    const [same, other] = [sum('confirmed'), sum('differs')];
    return html`${same ? html`<p class="hint">${words.confirmed(same)}</p>` : nothing}
    ${other ? html`<p class="hint">${words.differs(other)}</p>` : nothing}`;
  }

  /** All predictions against the one number that came out. */
  private renderOff(): TemplateResult | typeof nothing {
    const { asked } = this;
    const got = asked && this.shared.findings?.verdict.numbers[asked.value];
    if (!asked || got === undefined || !Number.isFinite(got)) return nothing;
    const off = this.off(got);
    return Number.isFinite(off) ? html`<p>${liveWords.off(measured(off, 2) + asked.unit)}</p>` : nothing;
  }
}
