import { html, type TemplateResult } from 'lit';
import { property, query } from 'lit/decorators.js';
import { PageElement } from '../../../../components/element.ts';
import type { Lab } from '../../../../worker/protocol.ts';
import type { Curriculum } from '../../../curriculum.ts';
import { AnnounceEvent } from '../../../frame/announce.ts';
import { taughtIn, TaughtLesson } from '../../taught-lesson.ts';
import { LiveController } from '../live-controller.ts';
import { liveWords as words } from '../live-words.ts';
import { type Action, keyHandler } from './keys.ts';
import { Leading } from './leading.ts';
import { renderPhase } from './phases.ts';
import type { Chart } from './export.ts';
import { renderHead } from './head.ts';

/** The teacher's page, which is the projector's page: everything of it may be seen by all, and read from the last row. */
export class ProjectorPage extends PageElement {
  /** Where texts and recordings come from. */
  @property({ attribute: false }) curriculum!: Curriculum;
  /** The engine, which knows what a sweep is. */
  @property({ attribute: false }) lab!: Lab;

  @query('class-figure, class-hands') private chart!: Chart | null;
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
    const { plan, results } = client;
    const { leading, lab, curriculum } = this;
    const { figure, taught } = this.of;
    const shown = { client, leading, taught, figure, curriculum, lab };
    return html`<div class="projected" data-phase=${plan.phase}>
      ${renderHead(shown)} ${renderPhase(shown)}
      <footer>
        <projector-foot
          .plan=${plan}
          .rows=${results.rows}
          .leading=${leading}
          .do=${(action: Action) => this.do(action)}
        ></projector-foot>
      </footer>
    </div>`;
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
}
