/** The plans: each line with what opens it, what to read out, what to expect. */
import { html, nothing, type TemplateResult } from 'lit';
import { duration } from '../../components/format.ts';
import { say } from '../../locales/say.ts';
import type { ForClass } from '../../lessons/for-class.ts';
import type { Size } from '../../lessons/lesson.ts';
import { COSTS } from '../../lessons/path.ts';
import type { Plan } from '../../lessons/teacher/plans.ts';
import { language } from '../../locales/language.ts';
import { metaOf } from '../curriculum.ts';
import { USUAL_FLOPS } from '../runs/run-times.ts';
import { words } from './teacher-words.ts';

export function renderPlan({ question, lines }: Plan, about: ReadonlyMap<string, ForClass>): TemplateResult {
  return html`<p><em>${say(question)}</em></p>
    <dl class="plan">
      ${lines.map(
        ({ from, to, what, lessons = [] }) =>
          html`<dt>${from}–${to} <span class="visually-hidden">${words.minutes}</span></dt>
            <dd>
              <p>${say(what)}</p>
              ${lessons.map(({ lesson, size }) => renderLesson(lesson, size, about.get(lesson)))}
            </dd>`,
      )}
    </dl>`;
}

function renderLesson(lesson: string, size: Size, about: ForClass | undefined): TemplateResult {
  const { title } = metaOf(lesson, language());
  return html`<div class="opens">
    <p class="row">
      <a class="pill" href="#/class?lesson=${lesson}&size=${size}">${words.open}: ${title}</a>
      <a href="#/class?lesson=${lesson}&size=${size}&rehearse=1">${words.rehearse}</a>
      <a href="#/worksheet?lesson=${lesson}">${words.sheet}</a>
    </p>
    ${
      about
        ? html`<p><b>${words.headline}:</b> ${say(about.headline)}</p>
            <p><b>${words.expect}:</b> ${say(about.answers)}</p>`
        : nothing
    }
    <p class="hint">${times(lesson, size)}</p>
  </div>`;
}

/** From the recorded runs: on one processor, and on graphics of a usual laptop. */
function times(lesson: string, size: Size): string {
  const { flops, recorded } = COSTS[lesson]!;
  const cost = flops[size === 'large' ? 'standard' : size];
  return words.times(duration((recorded.software * cost) / flops.standard), duration(cost / USUAL_FLOPS));
}
