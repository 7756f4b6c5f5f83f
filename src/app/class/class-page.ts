import { html, nothing, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { PageElement } from '../../components/element.ts';
import { download } from '../../components/index.ts';
import { toCSV, toJSON } from '../../class/pooled.ts';
import type { MemberResult } from '../../class/result.ts';
import type { Size } from '../../lessons/lesson.ts';
import { EXPERIMENT_NAMES } from '../../lessons/path.ts';
import { language } from '../../locales/language.ts';
import type { Problem } from '../../problems.ts';
import { type Curriculum, metaOf } from '../curriculum.ts';
import { AnnounceEvent } from '../frame/announce.ts';
import { loadPrediction } from '../lesson/prediction-store.ts';
import { readAddress } from '../sharing/address.ts';
import { AddressWatch } from '../sharing/address-watch.ts';
import { addressed, renderWrong } from './addressed.ts';
import type { ClassFigure } from './class-figure.ts';
import type { GatherEvent } from './class-gather.ts';
import { renderAnswers, renderNumbers, renderTable } from './class-panel.ts';
import { ClassState, type Report } from './class-state.ts';
import { words } from './class-words.ts';
import { renderInvitation } from './invitation.ts';
import { renderTools } from './class-tools.ts';
import { taughtIn, TaughtLesson } from './taught-lesson.ts';

/** Results of a class, gathered without a server: predictions, curves, verdicts and answers on one page. */
export class ClassPage extends PageElement {
  /** Where texts and recordings come from. */
  @property({ attribute: false }) curriculum!: Curriculum;

  @state() private lesson = EXPERIMENT_NAMES[0]!;
  @state() private size: Size = 'small';
  @query('class-figure') private chart!: ClassFigure | null;
  @state() private wrong: readonly Problem[] = [];
  private readonly class = new ClassState(this);
  private readonly of = new TaughtLesson(
    this,
    () => this.lesson,
    (lesson) => taughtIn(this.curriculum, lesson),
  );

  constructor() {
    super();
    new AddressWatch(this, 'class', (said) => this.open(said));
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.class.ready.then(() => this.turnToResults());
  }

  protected override render(): TemplateResult {
    const { class: gathered, lesson } = this;
    const results = gathered.pool.results(lesson);
    return html`<div class="class" @lab-gather=${(event: GatherEvent) => void this.gather(event)}>
      <header>
        <p class="eyebrow">
          ${words.title}${results.length ? html` · ${words.count(results.length)}` : nothing}
        </p>
        <h1 tabindex="-1">${metaOf(lesson, language()).question}</h1>
        ${renderTools({
          class: gathered,
          lesson,
          size: this.size,
          choose: (lesson) => (this.lesson = lesson),
          resize: (size) => (this.size = size),
        })}
      </header>
      ${renderWrong(this.wrong)}
      ${gathered.simulated ? html`<p class="notice" data-kind="link">${words.simulated}</p>` : nothing}
      ${gathered.keepsNothing ? html`<p class="notice" data-kind="bad">${words.notKept}</p>` : nothing}
      ${this.renderFound(results)}
      <div class="side-by-side">
        ${renderInvitation(lesson, this.size, gathered.current.id.slice(0, 8))}
        <div>
          <class-gather></class-gather>
          ${this.renderReport(gathered.report)}
        </div>
      </div>
      <p class="hint">${words.private}</p>
    </div>`;
  }

  private renderFound(results: readonly MemberResult[]): unknown {
    if (results.length === 0) return html`<p class="card empty">${words.noneHere}</p>`;
    const { lesson } = this;
    if (!this.class.isRevealed(lesson)) return this.renderWaiting(results);
    const { asked, about } = this.of.taught;
    return html`<div class="found">
        <section class="figure card">
          <class-figure
            .lesson=${lesson}
            .results=${results}
            .figure=${this.of.figure}
            .asked=${asked}
          ></class-figure>
        </section>
        <aside>${about ? renderNumbers(results, about, asked) : nothing}</aside>
      </div>
      ${about ? renderAnswers(results, about.question) : nothing}
      ${renderTable(results, asked, (result) => this.class.leaveOut(result))}
      <p class="row save">
        <span>${words.save}</span>
        <button class="quiet" type="button" @click=${() => void this.savePicture()}>${words.picture}</button>
        <button class="quiet" type="button" @click=${() => this.save('csv', toCSV(results))}>CSV</button>
        <button class="quiet" type="button" @click=${() => this.save('json', toJSON(results))}>JSON</button>
        <button class="quiet" type="button" @click=${() => this.save('class', this.class.pool.export())}>
          ${words.document}
        </button>
        <button class="quiet" type="button" @click=${() => this.class.reveal(lesson, false)}>
          ${words.conceal}
        </button>
      </p>`;
  }

  /** No prediction of others before one's own: who leads the class says when it is shown. */
  private renderWaiting(results: readonly MemberResult[]): TemplateResult {
    const { lesson } = this;
    const hasPredicted = loadPrediction(lesson) !== undefined;
    const predicted = results.filter(({ prediction }) => prediction).length;
    return html`<section class="card empty waiting">
      <p class="big">${results.length}</p>
      <p>${words.count(results.length)} · ${words.predictedCount(predicted)}</p>
      <p>${hasPredicted ? words.waits : words.yours}</p>
      <p class="row">
        ${hasPredicted ? nothing : html`<a class="cta" href="#/lesson/${lesson}">${words.predictFirst}</a>`}
        <button class="pill" type="button" @click=${() => this.class.reveal(lesson, true)}>
          ${hasPredicted ? words.reveal : words.lead}
        </button>
      </p>
    </section>`;
  }

  private renderReport(report: Report | undefined): TemplateResult | typeof nothing {
    if (!report) return nothing;
    return html`<div class="report">
      <p>${sayReport(report)}</p>
      ${
        report.refused.length
          ? html`<ul lang="en">
              ${report.refused.map((reason) => html`<li>${reason}</li>`)}
            </ul>`
          : nothing
      }
    </div>`;
  }

  private async gather({ texts, files }: Pick<GatherEvent, 'texts' | 'files'>): Promise<void> {
    await this.class.take(texts, files);
    const { latest, report } = this.class;
    if (latest && !this.class.pool.results(this.lesson).length) this.lesson = latest.lesson;
    if (report) this.dispatchEvent(new AnnounceEvent(sayReport(report)));
  }

  /** Where the address names no lesson, one is shown that the class has results of. */
  private turnToResults(): void {
    const { pool } = this.class;
    if (readAddress(location.hash).words.has('lesson') || pool.results(this.lesson).length) return;
    this.lesson = pool.results().at(-1)?.lesson ?? this.lesson;
  }

  /** @param said what the address asks for */
  private open(said: URLSearchParams): void {
    const { lesson, size, wrong } = addressed(said);
    if (lesson) this.lesson = lesson;
    if (size) this.size = size;
    this.wrong = wrong;
    const given = said.get('r');
    if (given) {
      // The address is not kept: a second look at the page would add it once more.
      history.replaceState(history.state, '', '#/class');
      void this.gather({ texts: [given], files: [] });
    }
    if (said.has('rehearse')) void this.rehearse();
    else if (this.class.simulated) {
      this.class.simulated = false;
      this.class.begin();
    }
  }

  private async rehearse(): Promise<void> {
    const [{ rehearsal }, { asked, about, recording: run }] = await Promise.all([
      import('../../class/rehearsal.ts'),
      taughtIn(this.curriculum, this.lesson),
      this.class.ready,
    ]);
    if (!run || !about) return;
    const { pooled, question } = about;
    this.class.rehearse(rehearsal({ run, pooled, predicted: asked, right: question.right }));
  }

  private save(kind: string, content: string | Uint8Array<ArrayBuffer>): void {
    download(`class-${this.lesson}.${kind}`, new Blob([content]));
  }

  private async savePicture(): Promise<void> {
    const picture = await this.chart?.toBlob();
    if (picture) download(`class-${this.lesson}.png`, picture);
  }
}

function sayReport({ added, replaced, known, refused }: Report): string {
  const said = [
    ...(added ? [words.added(added)] : []),
    ...(replaced ? [words.replaced(replaced)] : []),
    ...(known ? [words.known(known)] : []),
    ...(refused.length ? [words.refused(refused.length)] : []),
  ];
  return said.length ? said.join(' · ') : words.nothingFound;
}
