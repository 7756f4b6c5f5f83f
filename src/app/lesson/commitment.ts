/** The experiment waits until the learner has said what comes next. */
import { html, type TemplateResult } from 'lit';
import { strings } from './lesson-strings.ts';
import type { PredictionControl } from './prediction-control.ts';

export function renderCommitment(
  prompt: string,
  predicts: PredictionControl,
  begin: () => void,
): TemplateResult {
  const { predicting } = predicts;
  return html`<div class="commitment" role="group" aria-label=${strings.stageNames.predict}>
    <p>${prompt}</p>
    <p>
      <button class="pill" type="button" @click=${predicting ? () => predicts.end() : begin}>
        ${predicting ? strings.commit.train : strings.predict.set}
      </button>
      ${predicting ? html`<span class="hint">${strings.predict.how}</span>` : ''}
    </p>
  </div>`;
}
