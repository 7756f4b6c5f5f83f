import { html, nothing, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { PHASES, shownCode } from '../../../class/live.ts';
import { PageElement } from '../../../components/element.ts';
import type { Lab } from '../../../worker/protocol.ts';
import type { Curriculum } from '../../curriculum.ts';
import { AnnounceEvent } from '../../frame/announce.ts';
import type { ClassFigure } from '../class-figure.ts';
import { taughtIn, TaughtLesson } from '../taught-lesson.ts';
import { loadHands } from './hands.ts';
import type { ClassHands } from './hands/class-hands.ts';
import { LiveController } from './live-controller.ts';
import { liveWords as words } from './live-words.ts';
import { type Action, keyHandler } from './projector-keys.ts';
import { Leading } from './leading.ts';
import { medianOff, renderMembers, renderPhase, type Shown } from './projector-parts.ts';
import { titleOf } from './title.ts';
import { inviting } from './session.ts';

/** The teacher's page, which is the projector's page: everything of it may be seen by all, and read from the last row. */
export class ProjectorPage extends PageElement {
  /** Where texts and recordings come from. */
  @property({ attribute: false }) curriculum!: Curriculum;
  /** The engine, which knows what a sweep is. */
  @property({ attribute: false }) lab!: Lab;

  @state() private isEnding = false;
  @state() private note = '';
  @query('class-figure, class-hands') private chart!: ClassFigure | ClassHands | null;
  private readonly live = new LiveController(this);
  private readonly leading = new Leading(this.live);
  private readonly onKey = keyHandler((action) => this.do(action));
  private readonly of = new TaughtLesson(
    this,
    () => this.live.client?.plan.lesson,
    (lesson) => taughtIn(this.curriculum, lesson),
  );

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('keydown', this.onKey);
    this.leading.begin();
    document.documentElement.toggleAttribute('data-projecting', true);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('keydown', this.onKey);
    this.leading.end();
    document.documentElement.toggleAttribute('data-projecting', false);
  }

  protected override render(): TemplateResult {
    const { client } = this.live;
    if (!client || client.connection === 'not-yours') {
      return html`<div class="page"><h1 tabindex="-1">${words.notYours}</h1></div>`;
    }
    const { plan, board, code, results } = client;
    const { figure, taught } = this.of;
    return html`<div class="projected" data-phase=${plan.phase}>
      <header>
        <p class="which">
          <span class="mark" aria-hidden="true"></span>${words.title} <b>${shownCode(code)}</b>
        </p>
        <nav aria-label=${words.title}>
          ${PHASES.map(
            (phase) =>
              html`<button
                type="button"
                aria-current=${phase === plan.phase ? 'step' : nothing}
                @click=${() => this.leading.go(phase)}
              >
                ${words.phases[phase]}
              </button>`,
          )}
        </nav>
        <p class="where">
          <b>${board.counts.here}</b> ${words.present} · ${inviting(code).replace(/^https?:\/\//, '')}
        </p>
      </header>
      ${
        client.connection === 'open'
          ? nothing
          : html`<p class="notice" data-kind="bad" role="alert">${words.reconnecting}</p>`
      }
      <h1 tabindex="-1">${titleOf(plan)}</h1>
      ${plan.ended ? html`<p class="notice">${words.ended}</p>` : nothing}
      ${this.renderPhase({ plan, board, ...results, ...taught, figure, code, leading: this.leading })}
      <footer>
        <p class="keys">${words.keys}</p>
        <p class="row">
          ${
            plan.phase === 'lobby'
              ? nothing
              : html`<button class="quiet" type="button" @click=${() => this.do('back')}>
                  ${words.back}
                </button>`
          }
          ${
            plan.phase === 'discuss'
              ? nothing
              : html`<button class="pill" type="button" @click=${() => this.do('next')}>
                  ${words.next}
                </button>`
          }
          <button class="quiet" type="button" @click=${() => this.do('hide')}>
            ${plan.hidesNames ? words.show : words.hide}
          </button>
          <button class="quiet" type="button" @click=${() => this.do('export')}>${words.export}</button>
          <button
            class="quiet"
            type="button"
            title=${words.handOverWhat}
            @click=${() => void this.handOver()}
          >
            ${words.handOver}
          </button>
          ${this.renderEnd(plan.ended)}
          <span role="status">${this.note}</span>
        </p>
        ${renderMembers(results.rows, plan.hidesNames, this.leading)}
      </footer>
    </div>`;
  }

  private renderPhase(shown: Shown): TemplateResult {
    const { plan } = shown;
    if (plan.work !== 'many-hands') return renderPhase(shown);
    void loadHands();
    if (plan.phase === 'lobby' || plan.phase === 'predict')
      return renderPhase(
        shown,
        html`<shared-work
          .lab=${this.lab}
          .leading=${this.leading}
          .hands=${shown.board.hands}
          .code=${shown.code}
        ></shared-work>`,
      );
    return html`<class-hands
      .client=${this.live.client!}
      .curriculum=${this.curriculum}
      .lab=${this.lab}
      .asked=${this.of.taught.asked}
      .off=${(got: number) => medianOff(shown.rows, got)}
    ></class-hands>`;
  }

  private renderEnd(ended: boolean): unknown {
    if (ended) return nothing;
    if (!this.isEnding)
      return html`<button class="quiet" type="button" @click=${() => (this.isEnding = true)}>
        ${words.end}
      </button>`;
    return html`<span>${words.reallyEnd}</span>
      <button class="quiet" type="button" @click=${() => this.leading.over()}>${words.end}</button>
      <button class="quiet" type="button" @click=${() => (this.isEnding = false)}>${words.back}</button>`;
  }

  private do(action: Action): void {
    if (!this.live.client) return;
    if (action === 'export') void this.export();
    else this.leading[action]();
    if (action === 'next' || action === 'back')
      this.dispatchEvent(new AnnounceEvent(words.phases[this.live.client.plan.phase]));
  }

  private async export(): Promise<void> {
    const { code, results } = this.live.client!;
    const { exportClass } = await import('./export.ts');
    await exportClass(code, results.results, this.chart);
  }

  private async handOver(): Promise<void> {
    try {
      await (navigator as Partial<Navigator>).clipboard!.writeText(this.leading.link);
      this.note = words.copied;
    } catch {
      this.note = words.notCopied;
    }
  }
}
