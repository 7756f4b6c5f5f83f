import { html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { PageElement } from '../../components/element.ts';
import { language } from '../../locales/language.ts';
import { type Curriculum, metaOf } from '../curriculum.ts';
import { AnnounceEvent } from '../frame/announce.ts';
import { ClassAddress } from './class-address.ts';
import type * as Found from './class-found.ts';
import { type GatherEvent, sayReport } from './class-gather.ts';
import { ClassState } from './class-state.ts';
import { renderTools } from './class-tools.ts';
import { words } from './class-words.ts';
import { renderInvitation } from './invitation.ts';
import { taughtIn, TaughtLesson } from './taught-lesson.ts';

/** Results of a class, gathered without a server: predictions, curves, verdicts and answers on one page. */
export class ClassPage extends PageElement {
  /** Where texts and recordings come from. */
  @property({ attribute: false }) curriculum!: Curriculum;

  /** what draws results, loaded when there are some */
  @state() private found: typeof Found | undefined;
  private loading: Promise<void> | undefined;
  private readonly class = new ClassState(this);
  private readonly address = new ClassAddress(this, 'class', (said) => this.hear(said));
  private readonly of = new TaughtLesson(
    this,
    () => this.address.lesson,
    (lesson) => taughtIn(this.curriculum, lesson),
  );

  override connectedCallback(): void {
    super.connectedCallback();
    void this.class.ready.then(() => this.turnToResults());
  }

  protected override render(): TemplateResult {
    const { class: gathered, address } = this;
    const { lesson, size } = address;
    const { length } = gathered.pool.results(lesson);
    return html`<div class="class" @lab-gather=${(event: GatherEvent) => void this.gather(event)}>
      <header>
        <p class="eyebrow">${words.title}${length ? html` · ${words.count(length)}` : nothing}</p>
        <h1 tabindex="-1">${metaOf(lesson, language()).question}</h1>
        ${renderTools({
          class: gathered,
          lesson,
          size,
          choose: (lesson) => address.choose(lesson),
          resize: (size) => address.choose(lesson, size),
        })}
      </header>
      ${address.renderWrong()}
      ${gathered.simulated ? html`<p class="notice" data-kind="link">${words.simulated}</p>` : nothing}
      ${gathered.keepsNothing ? html`<p class="notice" data-kind="bad">${words.notKept}</p>` : nothing}
      ${length ? this.renderFound() : html`<p class="card empty">${words.noneHere}</p>`}
      <div class="side-by-side">
        ${renderInvitation(lesson, size, gathered.current.id.slice(0, 8))}
        <class-gather .report=${gathered.report}></class-gather>
      </div>
      <p class="hint">${words.private}</p>
    </div>`;
  }

  private renderFound(): unknown {
    this.loading ??= import('./class-found.ts').then(
      (found) => {
        this.found = found;
      },
      (error: unknown) => {
        console.warn(error);
        // Asked for again when the page is drawn again.
        this.loading = undefined;
      },
    );
    return this.found?.renderFound(this.class, this.address.lesson, this.of);
  }

  private async gather({ texts, files }: Pick<GatherEvent, 'texts' | 'files'>): Promise<void> {
    await this.class.take(texts, files);
    const { latest, pool, report } = this.class;
    if (latest && !pool.results(this.address.lesson).length) this.address.choose(latest.lesson);
    if (report) this.dispatchEvent(new AnnounceEvent(sayReport(report)));
  }

  /** Where the address names no lesson, one is shown that the class has results of. */
  private turnToResults(): void {
    const { pool } = this.class;
    if (this.address.namesLesson || pool.results(this.address.lesson).length) return;
    this.address.choose(pool.results().at(-1)?.lesson);
  }

  /** @param said by the address: a result that somebody gives, or that the class is rehearsed */
  private hear(said: URLSearchParams): void {
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
      taughtIn(this.curriculum, this.address.lesson),
      this.class.ready,
    ]);
    if (!run || !about) return;
    const { pooled, question } = about;
    this.class.rehearse(rehearsal({ run, pooled, predicted: asked, right: question.right }));
  }
}
