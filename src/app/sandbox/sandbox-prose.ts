/** The text of the sandbox, below its tools. */
import { html, type TemplateResult } from 'lit';
import { renderSources } from '../lesson/lesson-parts.ts';
import { strings } from '../lesson/lesson-strings.ts';
import type { Prose } from '../prose.ts';

export function renderProse(
  prose: Prose,
  numbers: Readonly<Record<string, number>>,
  mark: string | undefined,
  prediction: unknown,
): TemplateResult {
  return html`<article class="more prose">
    ${prose.sections.map(
      ({ name, html: text }) =>
        html`<section id=${name}>
          <h2>${strings.headings[name as keyof typeof strings.headings]}</h2>
          <lab-prose .html=${text} .numbers=${numbers} .mark=${mark}></lab-prose>
          ${name === 'predict' ? prediction : ''}
        </section>`,
    )}
    <section>${renderSources(prose)}</section>
  </article>`;
}
