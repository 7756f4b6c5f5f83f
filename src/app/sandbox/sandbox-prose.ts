/** The text of the sandbox, above its tools and below them. */
import { html, nothing, type TemplateResult } from 'lit';
import { renderSources } from '../lesson/lesson-parts.ts';
import { strings } from '../lesson/lesson-strings.ts';
import { renderPrediction } from './prediction-panel.ts';
import type { Prose } from '../prose.ts';
import { numbersOf } from './keep-run.ts';
import type { SandboxRecords } from './sandbox-records.ts';
import type { SandboxRun } from './sandbox-run.ts';
import { strings as sandbox } from './sandbox-strings.ts';
import type { SandboxSettings } from './sandbox-settings.ts';

export interface Told {
  settings: SandboxSettings;
  records: SandboxRecords;
  run: () => SandboxRun | null;
}

export function renderHeader(prose: Prose | undefined, { link }: SandboxRecords): TemplateResult {
  return html`<header>
    <p class="eyebrow">${sandbox.eyebrow}</p>
    <h1 tabindex="-1">${prose?.question ?? sandbox.eyebrow}</h1>
    ${prose ? html`<p class="lede">${prose.description}</p>` : nothing} ${link.render()}
  </header>`;
}

export function renderProse(prose: Prose, mark: string | undefined, told: Told): TemplateResult {
  const numbers = numbersNow(told.run());
  return html`<article class="more prose">
    ${prose.sections.map(
      ({ name, html: text }) =>
        html`<section id=${name}>
          <h2>${strings.headings[name as keyof typeof strings.headings]}</h2>
          <lab-prose .html=${text} .numbers=${numbers} .mark=${mark}></lab-prose>
          ${name === 'predict' ? renderPredicting(told) : nothing}
        </section>`,
    )}
    <section>${renderSources(prose)}</section>
  </article>`;
}

function numbersNow(run: SandboxRun | null): Record<string, number> {
  const { info, history, step } = run?.live ?? {};
  return info && history && step ? numbersOf({ info, history, step }) : {};
}

function renderPredicting({ settings, records, run }: Told): unknown {
  if (settings.mode !== 'run') return nothing;
  return renderPrediction({
    prediction: records.prediction,
    predicting: records.predicting,
    drawable: run()?.chart !== null,
    begin: () => {
      const chart = run()?.chart;
      records.setPredicting(true);
      chart?.scrollIntoView({ block: 'nearest' });
    },
    end: () => records.setPredicting(false),
    remove: () => records.predict(undefined),
  });
}
