/** The runs of a sweep as a grid of their states, and what can be done with them: stopped, or saved. */
import { html, nothing, type TemplateResult } from 'lit';
import type { GridCell } from '../../components/lab-run-grid.ts';
import type { FittedLaw } from '../../worker/protocol.ts';
import { taskOf } from './draft.ts';
import { saveResults, saveTable } from './sweep-files.ts';
import type { Swept, SweepPlan } from './sweep-plan.ts';
import { gridOf } from './sweep-results.ts';
import { strings } from './sweep-strings.ts';

export function renderGrid(
  plan: SweepPlan,
  { base, lab }: Swept,
  fitted: FittedLaw | undefined,
): TemplateResult | typeof nothing {
  const { runs, run, stopped, opened } = plan;
  if (!runs.length) return nothing;
  const states = new Map(
    run.entries.map(({ key, state }): [string, GridCell['state']] => [
      key,
      stopped && state !== 'done' ? 'skipped' : state,
    ]),
  );
  const { label, rows, columns, cells } = gridOf(runs, run.results.runs, states, taskOf(base));
  const going = run.phase === 'running' || run.phase === 'paused';
  return html`<lab-run-grid .label=${label} .rows=${rows} .columns=${columns} .cells=${cells}></lab-run-grid>
    <p class="row">
      <button
        class="quiet"
        type="button"
        title=${strings.stopHelp}
        aria-disabled=${!going || stopped}
        @click=${() => going && plan.stop()}
      >
        ${strings.stop}
      </button>
      <button
        class="quiet"
        type="button"
        ?disabled=${!run.hasResults}
        @click=${() => void saveTable(lab, opened, run.results.runs)}
      >
        ${strings.csv}
      </button>
      <button
        class="quiet"
        type="button"
        ?disabled=${!run.hasResults}
        @click=${() => saveResults(opened, runs, run.results.runs, fitted)}
      >
        ${strings.json}
      </button>
    </p>`;
}
