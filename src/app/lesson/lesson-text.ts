/** The text of a lesson. Sections that would give the answer away are folded to their headings until there is a result. */
import { html, nothing, type TemplateResult } from 'lit';
import { language } from '../../locales/language.ts';
import { LESSON_NAMES, metaOf } from '../curriculum.ts';
import type { Prose } from '../prose.ts';
import type { LessonModel } from './lesson-model.ts';
import { renderSources } from './lesson-parts.ts';
import { strings } from './lesson-strings.ts';

type Section = Prose['sections'][number];

/** The lesson's question, its claim, and how to make the prediction. */
export function renderHeader(model: LessonModel): TemplateResult {
  const { name, records } = model;
  const { prose } = model.content;
  return html`<header>
    <p class="eyebrow">
      ${strings.lessonOf(placeOnPath(name), LESSON_NAMES.length)}${prose ? ` · ${strings.minutes(prose.minutes)}` : nothing}
    </p>
    <!-- The same element before and after the text is there: it may have the focus. -->
    <h1 tabindex="-1">${metaOf(name, language()).question}</h1>
    ${prose && renderClaim(prose)} ${records.link.render()}
    ${records.link.renderTheirs(model.predicts.committed)}
    <div class="prose ask">
      ${prose?.sections.filter(isAsking).map((section) => renderSection(section, model))}
    </div>
    ${prose && model.inClass.renderBefore()}
  </header>`;
}

/** The sections that stand beside the experiment and after it. */
export function renderArticle(prose: Prose, model: LessonModel): TemplateResult {
  const folded = prose.sections.map(({ name }) => name).filter((name) => !model.isOpen(name));
  const showAll = (): void => model.openSections(...folded);
  return html`<article class="more prose">
    ${prose.sections.filter((section) => !isAsking(section)).map((section) => renderSection(section, model))}
    ${
      folded.length
        ? html`<p><button class="quiet" type="button" @click=${showAll}>${strings.showAll}</button></p>`
        : nothing
    }
    ${renderSources(prose)} ${renderNeighbours(placeOnPath(model.name))}
  </article>`;
}

const isAsking = ({ name }: Section): boolean => name === 'predict';

/** Place of a lesson on the path, from 1. */
const placeOnPath = (lesson: string): number => LESSON_NAMES.findIndex((name) => name === lesson) + 1;

function renderClaim({ claim, description }: Prose): TemplateResult {
  return claim
    ? html`<p class="claim"><span>${strings.claim}:</span> ${claim}</p>`
    : html`<p class="lede">${description}</p>`;
}

/** Folded text stays in the document, where searching and printing find it. */
function renderSection(section: Section, model: LessonModel): TemplateResult {
  const { name } = section;
  const heading = strings.headings[name as keyof typeof strings.headings];
  const isOpen = model.isOpen(name);
  const open = (): void => model.openSections(name);
  return html`<section id=${name} ?data-folded=${!isOpen}>
    <h2 class=${isAsking(section) ? 'visually-hidden' : nothing}>
      ${
        isOpen
          ? heading
          : html`<button class="fold" type="button" aria-expanded="false" @click=${open}>
              ${heading} <span>${name === 'run' ? nothing : strings.reward}</span>
            </button>`
      }
    </h2>
    <div hidden=${isOpen ? nothing : 'until-found'} @beforematch=${open}>
      <lab-prose
        .html=${section.html}
        .numbers=${model.view.numbers}
        .designed=${model.view.designed}
        .mark=${model.chart.mark}
      ></lab-prose>
    </div>
  </section>`;
}

/** The lessons before and after. @param at place of this lesson on the path, from 1 */
function renderNeighbours(at: number): TemplateResult {
  const link = (place: number, say: (question: string) => string, look: string): unknown => {
    const name = LESSON_NAMES[place - 1];
    return name === undefined
      ? nothing
      : html`<a class=${look} href="#/lesson/${name}">${say(metaOf(name, language()).question)}</a>`;
  };
  return html`<p class="neighbours">
    ${link(at + 1, strings.next, 'cta')} ${link(at - 1, strings.previous, 'before')}
  </p>`;
}
