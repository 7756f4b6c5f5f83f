import { html, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { PageElement } from '../../components/element.ts';
import { say } from '../../locales/say.ts';
import type { ForClass } from '../../lessons/for-class.ts';
import { EXPERIMENT_NAMES } from '../../lessons/path.ts';
import { PLANS } from '../../lessons/teacher/plans.ts';
import { language } from '../../locales/language.ts';
import { forClassOf } from '../class/for-class.ts';
import { type Curriculum, metaOf } from '../curriculum.ts';
import { SpokenProse } from '../spoken-prose.ts';
import { renderPlan } from './plan-lines.ts';
import { strings } from './teacher-strings.ts';
import { words } from './teacher-words.ts';

type Text = NonNullable<SpokenProse['prose']>;

interface Section {
  name: string;
  body: unknown;
}

/** For teachers: plans to start from, questions, misconceptions, worksheets, and what others have to know. */
export class TeacherPage extends PageElement {
  /** Where the text comes from. */
  @property({ attribute: false }) curriculum!: Curriculum;

  private readonly text = new SpokenProse(
    this,
    () => 'teacher',
    () => this.curriculum,
  );
  @state() private about: ReadonlyMap<string, ForClass> = new Map();

  override connectedCallback(): void {
    super.connectedCallback();
    void this.loadAbout();
  }

  protected override render(): TemplateResult {
    const { title, question } = metaOf('teacher', language());
    const sections = this.text.prose ? this.sections(this.text.prose) : [];
    return html`<div class="page teacher">
      <header>
        <p class="eyebrow">${title}</p>
        <h1 tabindex="-1">${question}</h1>
        <button class="pill print" type="button" @click=${() => print()}>${strings.print}</button>
      </header>
      <nav class="contents" aria-label=${strings.contents}>
        <ul>
          ${sections.map(
            ({ name }, i) =>
              html`<li><button class="word" type="button" @click=${() => this.go(i)}>${name}</button></li>`,
          )}
        </ul>
      </nav>
      <article class="prose">
        ${sections.map(
          ({ name, body }) =>
            html`<section>
              <h2 tabindex="-1">${name}</h2>
              ${body}
            </section>`,
        )}
      </article>
    </div>`;
  }

  /** What there is to start from stands before what there is to read. */
  private sections({ sections: [first, ...others] }: Text): Section[] {
    const written = ({ name, html: text }: Text['sections'][number]): Section => ({
      name,
      body: html`<lab-prose .html=${text}></lab-prose>`,
    });
    return [
      ...(first ? [written(first)] : []),
      ...PLANS.map((plan, i) => ({
        name: say(plan.title),
        body: [renderPlan(plan, this.about), i === PLANS.length - 1 ? html`<p>${words.more}</p>` : ''],
      })),
      {
        name: words.gather,
        body: html`<p>${words.gatherWhat}</p>
          <p><a class="cta" href="#/class">${words.gather}</a></p>`,
      },
      ...others.map(written),
      { name: words.sheets, body: renderSheets() },
      {
        name: words.network,
        body: html`<p>${words.networkWhat} <a href="#/network">${words.network}</a></p>`,
      },
      {
        name: words.parents,
        body: html`<p>${words.parentsWhat}</p>
          <blockquote>${words.parentsSentence}</blockquote>`,
      },
    ];
  }

  private async loadAbout(): Promise<void> {
    const found = await Promise.all(
      EXPERIMENT_NAMES.map(async (name) => [name, await forClassOf(name).catch(() => undefined)] as const),
    );
    this.about = new Map(found.flatMap(([name, about]) => (about ? [[name, about]] : [])));
  }

  /** The hash names the page, so a link's own jump would leave it. */
  private go(section: number): void {
    const heading = this.querySelectorAll<HTMLElement>('article h2')[section];
    heading?.focus({ preventScroll: true });
    heading?.scrollIntoView({ block: 'start' });
  }
}

function renderSheets(): TemplateResult {
  return html`<p>${words.sheetsWhat}</p>
    <ul>
      ${EXPERIMENT_NAMES.map(
        (name) => html`<li><a href="#/worksheet?lesson=${name}">${metaOf(name, language()).title}</a></li>`,
      )}
    </ul>`;
}
