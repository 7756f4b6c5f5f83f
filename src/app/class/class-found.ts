/** What a class has found about a lesson of which it has results, once it is shown; before that, how many have sent one. */
import { html, nothing, type TemplateResult } from 'lit';
import { toCSV, toJSON } from '../../class/pooled.ts';
import type { MemberResult } from '../../class/result.ts';
import { download } from '../../components/index.ts';
import { loadPrediction } from '../lesson/prediction-store.ts';
import type { ClassFigure } from './class-figure.ts';
import { renderAnswers, renderNumbers, renderTable } from './class-panel.ts';
import type { ClassState } from './class-state.ts';
import { words } from './class-words.ts';
import type { TaughtLesson } from './taught-lesson.ts';

export function renderFound(
  gathered: ClassState,
  lesson: string,
  { taught: { asked, about, expected }, figure }: TaughtLesson,
): TemplateResult {
  const results = gathered.pool.results(lesson);
  if (!gathered.isRevealed(lesson)) return renderWaiting(gathered, lesson, results);
  return html`<div class="found">
      <section class="figure card">
        <class-figure .lesson=${lesson} .results=${results} .figure=${figure} .asked=${asked}></class-figure>
      </section>
      <aside>${about ? renderNumbers(results, expected, asked) : nothing}</aside>
    </div>
    ${about ? renderAnswers(results, about.question) : nothing}
    ${renderTable(results, asked, (result) => void gathered.leaveOut(result))}
    ${renderSaves(gathered, lesson, results)}`;
}

/** No prediction of others before one's own: who leads the class says when it is shown. */
function renderWaiting(
  gathered: ClassState,
  lesson: string,
  results: readonly MemberResult[],
): TemplateResult {
  const hasPredicted = loadPrediction(lesson) !== undefined;
  const predicted = results.filter(({ prediction }) => prediction).length;
  return html`<section class="card empty waiting">
    <p class="big">${results.length}</p>
    <p>${words.count(results.length)} · ${words.predictedCount(predicted)}</p>
    <p>${hasPredicted ? words.waits : words.yours}</p>
    <p class="row">
      ${hasPredicted ? nothing : html`<a class="cta" href="#/lesson/${lesson}">${words.predictFirst}</a>`}
      <button class="pill" type="button" @click=${() => void gathered.reveal(lesson, true)}>
        ${hasPredicted ? words.reveal : words.lead}
      </button>
    </p>
  </section>`;
}

function renderSaves(gathered: ClassState, lesson: string, results: readonly MemberResult[]): TemplateResult {
  const save = (kind: string, content: BlobPart): void =>
    download(`class-${lesson}.${kind}`, new Blob([content]));
  const savePicture = async (): Promise<void> => {
    const picture = await document.querySelector<ClassFigure>('class-figure')?.toBlob();
    if (picture) save('png', picture);
  };
  return html`<p class="row save">
    <span>${words.save}</span>
    <button class="quiet" type="button" @click=${() => void savePicture()}>${words.picture}</button>
    <button class="quiet" type="button" @click=${() => save('csv', toCSV(results))}>CSV</button>
    <button class="quiet" type="button" @click=${() => save('json', toJSON(results))}>JSON</button>
    <button class="quiet" type="button" @click=${() => save('class', gathered.pool.export())}>
      ${words.document}
    </button>
    <button class="quiet" type="button" @click=${() => void gathered.reveal(lesson, false)}>
      ${words.conceal}
    </button>
  </p>`;
}
