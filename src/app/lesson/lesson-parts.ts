/** Parts of the lesson page that are functions of their data. */
import { html, nothing, type TemplateResult } from 'lit';
import { drawn, measured } from '../../components/index.ts';
import type { Findings, Outcome, Table } from '../../lessons/lesson.ts';
import type { Prose } from '../prose.ts';
import { say } from '../../figures/series.ts';
import type { ExperimentRun } from '../../running/experiment-run.ts';
import { strings } from './lesson-strings.ts';
import type { PredictionControl } from './prediction-control.ts';

export type Stage = 'predict' | 'run' | 'verdict';

/** The three stages; those in `done` are ticked. */
export function renderStages(now: Stage, done: ReadonlySet<Stage>): TemplateResult {
  const stages: Stage[] = ['predict', 'run', 'verdict'];
  return html`<ol class="stages" aria-label=${strings.stages}>
    ${stages.map(
      (stage) =>
        html`<li
          data-state=${stage === now ? 'now' : done.has(stage) ? 'done' : ''}
          aria-current=${stage === now ? 'step' : nothing}
        >
          ${strings.stageNames[stage]}${
            done.has(stage)
              ? html`<span aria-hidden="true"> ✓</span
                  ><span class="visually-hidden"> (${strings.stageDone})</span>`
              : nothing
          }
        </li>`,
    )}
  </ol>`;
}

const OUTCOMES: Record<Outcome, 'holds' | 'doesNotHold' | 'notEnoughEvidence'> = {
  holds: 'holds',
  'does-not-hold': 'doesNotHold',
  'not-enough-evidence': 'notEnoughEvidence',
};

export function stageOf({ phase, begun }: ExperimentRun, predicts: PredictionControl): Stage {
  if (phase === 'finished' || predicts.stage === 'open') return 'verdict';
  return begun || phase === 'running' || predicts.committed ? 'run' : 'predict';
}

export function stagesDone({ phase }: ExperimentRun, predicts: PredictionControl): Set<Stage> {
  const done = new Set<Stage>();
  if (predicts.committed && predicts.prediction) done.add('predict');
  if (phase === 'finished') done.add('run').add('verdict');
  return done;
}

/** The verdict, and what result would have refuted it. */
export function renderVerdict(
  { verdict }: Findings,
  of: 'own' | 'running' | 'recorded',
  against: unknown,
): TemplateResult | typeof nothing {
  const { outcome, title, sentence, refutedBy } = verdict;
  if (!sentence.en) return nothing;
  const heading = {
    own: title ? say(title) : strings.verdict[OUTCOMES[outcome]],
    running: strings.verdict.soFar,
    recorded: strings.verdict.recorded,
  }[of];
  return html`<div
    class="verdict"
    tabindex="-1"
    data-outcome=${of === 'own' ? outcome : 'open'}
    data-testid="verdict"
  >
    <b>${heading}</b>
    ${against}
    <p>${say(sentence)}</p>
    <p class="refuted"><span>${strings.verdict.refutedBy}:</span> ${say(refutedBy)}</p>
  </div>`;
}

export function renderTables(tables: readonly Table[]): TemplateResult | typeof nothing {
  if (!tables.length) return nothing;
  return html`<details class="tables">
    <summary>${strings.tables}</summary>
    ${tables.map(
      ({ title, columns, rows }) =>
        html`<div class="table" tabindex="0" role="group" aria-label=${say(title)}>
          <table>
            <caption>
              ${say(title)}
            </caption>
            <thead>
              <tr>
                ${columns.map((column) => html`<th scope="col">${say(column.title)}</th>`)}
              </tr>
            </thead>
            <tbody>
              ${rows.map(
                (row) =>
                  html`<tr>
                    ${row.map((value) => html`<td>${cell(value)}</td>`)}
                  </tr>`,
              )}
            </tbody>
          </table>
        </div>`,
    )}
  </details>`;
}

/** The source texts that a lesson measured, such as kernels. */
export function renderListings({ listings }: Findings): TemplateResult | typeof nothing {
  if (!listings?.length) return nothing;
  drawn('lab-listings');
  return html`<section class="listings" aria-label=${strings.listings.title}>
    <h2>${strings.listings.title}</h2>
    <p>${strings.listings.what}</p>
    <lab-listings
      .label=${strings.listings.choose}
      .listings=${listings.map(({ name, title, measured, code }) => ({
        name,
        title: say(title),
        note: say(measured),
        code,
      }))}
    ></lab-listings>
  </section>`;
}

function cell(value: number | string | null): string {
  if (value === null) return strings.noValue;
  return typeof value === 'number' ? measured(value, 4) : value;
}

export function renderSources({ sources }: Prose): TemplateResult | typeof nothing {
  if (!sources.length) return nothing;
  return html`<h2>${strings.headings.sources}</h2>
    <ul class="sources">
      ${sources.map(({ text, url }) => html`<li><a href=${url} rel="noopener">${text}</a></li>`)}
    </ul>`;
}
