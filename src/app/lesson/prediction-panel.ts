/** How a learner makes, changes and takes back a prediction; the chart or the verdict shows it. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Prediction } from '../../components/index.ts';
import type { Predicted } from '../prose.ts';
import { strings } from './lesson-strings.ts';
import { saidOf, withUnit } from './prediction-control.ts';

export interface PredictionPanel {
  predicted: Predicted;
  prediction: Prediction | undefined;
  predicting: boolean;
  /** what it predicts has been trained: it stays as it is */
  locked: boolean;
  /** the figure to draw on is there */
  drawable: boolean;
  begin: () => void;
  end: () => void;
  remove: () => void;
  set: (value: number) => void;
}

export function renderPrediction(panel: PredictionPanel): TemplateResult {
  const { kind } = panel.predicted;
  if (panel.locked && panel.prediction) {
    return html`<div class="prediction-panel"><p class="hint">${strings.commit.locked}</p></div>`;
  }
  return html`<div class="prediction-panel">
    <p>
      ${kind === 'number' ? renderNumber(panel, strings.predict.yourNumber) : renderDrawing(panel, kind)}
      ${kind === 'level' ? renderNumber(panel, strings.predict.number) : nothing}
    </p>
    <p class="hint">${hint(panel)}</p>
  </div>`;
}

function renderDrawing(panel: PredictionPanel, kind: Prediction['kind']): TemplateResult {
  const { prediction, predicting } = panel;
  const words = strings.predict;
  const start = { curve: words.draw, point: words.place, level: words.set }[kind];
  return html`<button
      class="pill"
      type="button"
      ?disabled=${!predicting && !panel.drawable}
      @click=${predicting ? panel.end : panel.begin}
    >
      ${predicting ? words.done : prediction ? words.change : start}
    </button>
    ${prediction ? renderRemove(panel) : nothing}`;
}

function renderRemove({ remove }: PredictionPanel): TemplateResult {
  return html`<button class="quiet" type="button" @click=${remove}>${strings.predict.remove}</button>`;
}

function renderNumber(panel: PredictionPanel, label: string): TemplateResult {
  const { predicted, prediction, set } = panel;
  const said = saidOf(predicted, prediction);
  return html`<label class="number"
      >${label}
      <input
        type="number"
        step="any"
        inputmode="decimal"
        .value=${said === undefined ? '' : String(Number(said.toPrecision(3)))}
        @change=${(event: Event) => {
          const { valueAsNumber } = event.target as HTMLInputElement;
          if (Number.isFinite(valueAsNumber)) set(valueAsNumber);
        }}
      />${predicted.unit}
    </label>
    ${predicted.kind === 'number' && prediction ? renderRemove(panel) : nothing}`;
}

function hint({ predicted, prediction, predicting, drawable }: PredictionPanel): string | typeof nothing {
  const words = strings.predict;
  if (predicted.kind === 'number') return prediction ? words.beside : words.type;
  if (predicting) return words.how;
  if (prediction) return words.kept;
  return drawable ? nothing : words.noChart;
}

/** The prediction beside what came out; a curve is compared by eye, on the chart. */
export function renderComparison(
  predicted: Predicted | undefined,
  prediction: Prediction | undefined,
  got: number | undefined,
  isOwn: boolean,
): TemplateResult | typeof nothing {
  const said = predicted && saidOf(predicted, prediction);
  if (!predicted || said === undefined || got === undefined || !Number.isFinite(got)) return nothing;
  const words = isOwn ? strings.predict.against : strings.predict.againstRecorded;
  return html`<p class="against">${words(withUnit(predicted, said), withUnit(predicted, got))}</p>`;
}
