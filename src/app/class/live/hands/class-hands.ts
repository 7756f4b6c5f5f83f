import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { LiveClient } from '../../../../class/live-client.ts';
import { PageElement } from '../../../../components/element.ts';
import { measured } from '../../../../components/index.ts';
import { renderFigure } from '../../../../figures/figure.ts';
import { judge } from '../../../../lessons/judge.ts';
import type { Findings, Lesson } from '../../../../lessons/lesson.ts';
import type { Lab, SweepRun } from '../../../../worker/protocol.ts';
import type { Curriculum } from '../../../curriculum.ts';
import { renderVerdict } from '../../../lesson/lesson-parts.ts';
import { doneOf, scalingFigure } from '../../../sandbox/sweep-results.ts';
import type { Asked } from '../../asked.ts';
import { LiveController } from '../live-controller.ts';
import { liveWords } from '../live-words.ts';
import { counter } from './counter.ts';
import { handsWords as words } from './hands-words.ts';
import { SharedResults } from './shared-results.ts';

/** How often it asks how far cells are, while they are trained, ms. */
const LOOK_EVERY_MS = 2_000;

/** What many hands have come to: the lesson's own figure of all results so far, a square for each run, the verdict. */
export class ClassHands extends PageElement {
  /** The class, of a member or of whoever leads. */
  @property({ attribute: false }) client!: LiveClient;
  @property({ attribute: false }) curriculum!: Curriculum;
  @property({ attribute: false }) lab!: Lab;
  @property({ attribute: false }) asked: Asked | undefined;
  /** Median distance of what was predicted from a number; NaN where nothing is known of that. */
  @property({ attribute: false }) off: (got: number) => number = () => NaN;

  @state() private lesson: Lesson | undefined;
  @state() private sweep: readonly SweepRun[] = [];
  private readonly live = new LiveController(this, () => this.onChange());
  private readonly shared = new SharedResults(counter(), () => this.onResult());
  private findings: Findings | undefined;
  private timer: ReturnType<typeof setInterval> | undefined;
  private loaded = '';
  private seen = '';

  override connectedCallback(): void {
    super.connectedCallback();
    this.timer = setInterval(() => {
      if (this.client.plan.phase === 'run') this.shared.look();
    }, LOOK_EVERY_MS);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.timer);
  }

  /** All results, for a file. */
  toJSON(): string {
    const { experiment, results } = this.shared;
    return `${JSON.stringify({ format: 'scaling-lab runs 1', experiment, runs: Object.fromEntries(results) }, undefined, 1)}\n`;
  }

  toBlob(): Promise<Blob> | undefined {
    return this.querySelector('lab-chart')?.toBlob();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('client')) {
      this.live.follow(this.client);
      this.onChange();
    }
  }

  protected override render(): TemplateResult {
    const { plan, board } = this.client;
    const { runs } = this.shared;
    const figures = this.figures;
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
        plan.phase === 'discuss' && this.findings && plan.sweep === undefined
          ? renderVerdict(this.findings, 'own', nothing)
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
    const { asked, findings } = this;
    const got = asked && findings?.verdict.numbers[asked.value];
    if (!asked || got === undefined || !Number.isFinite(got)) return nothing;
    const off = this.off(got);
    return Number.isFinite(off) ? html`<p>${liveWords.off(measured(off, 2) + asked.unit)}</p>` : nothing;
  }

  private get figures(): Findings['figures'] {
    const { plan } = this.client;
    if (plan.sweep === undefined) return this.findings?.figures ?? [];
    const done = doneOf(this.sweep, this.shared.results);
    return done.length ? [scalingFigure(done, 'C', undefined)] : [];
  }

  private onChange(): void {
    const { plan, board } = this.client;
    const what = plan.sweep ?? plan.lesson;
    if (this.loaded !== what) void this.load(what);
    const seen = JSON.stringify(board.hands);
    if (this.seen !== seen) this.shared.look();
    this.seen = seen;
  }

  private async load(what: string): Promise<void> {
    this.loaded = what;
    const { sweep, lesson } = this.client.plan;
    if (sweep === undefined) {
      const found = await this.curriculum.lesson(lesson);
      if (this.loaded === what) this.lesson = found;
    } else {
      const planned = await this.lab.plan(JSON.parse(sweep) as Record<string, unknown>);
      if (this.loaded === what) this.sweep = 'runs' in planned ? planned.runs : [];
    }
    this.onResult();
  }

  /** What came is judged, as the lesson judges a run of its own. */
  private onResult(): void {
    const { lesson, shared } = this;
    const { plan } = this.client;
    if (lesson?.name === plan.lesson && shared.results.size > 0) {
      try {
        this.findings = judge(lesson, { runs: shared.results, benchmarks: new Map() }, plan.size);
      } catch (error) {
        // What it last said stays.
        console.warn(error);
      }
    } else this.findings = undefined;
    this.requestUpdate();
  }
}
