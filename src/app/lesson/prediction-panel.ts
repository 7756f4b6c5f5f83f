/** How a learner makes, changes and takes back a prediction; the chart shows it. */
import { html, nothing, type TemplateResult } from 'lit';
import { measured, type Prediction } from '../../components/index.ts';
import type { PredictionKind } from '../prose.ts';
import { strings } from './lesson-strings.ts';

export interface PredictionPanel {
  kind: PredictionKind;
  prediction: Prediction | undefined;
  predicting: boolean;
  /** there is a chart to draw on */
  drawable: boolean;
  /** the number of the run that it is held against, where that is known */
  measured: number | undefined;
  begin: () => void;
  end: () => void;
  remove: () => void;
  set: (level: number) => void;
}

export function renderPrediction(panel: PredictionPanel): TemplateResult {
  const { kind, prediction, predicting } = panel;
  const words = strings.predict;
  const start = { curve: words.draw, point: words.place, level: words.set }[kind];
  return html`<div class="prediction-panel">
    <p>
      <button
        class="pill"
        type="button"
        ?disabled=${!predicting && !panel.drawable}
        @click=${predicting ? panel.end : panel.begin}
      >
        ${predicting ? words.done : prediction ? words.change : start}
      </button>
      ${
        prediction
          ? html`<button class="quiet" type="button" @click=${panel.remove}>${words.remove}</button>`
          : nothing
      }
      ${kind === 'level' ? renderNumber(panel) : nothing}
    </p>
    <p class="hint">
      ${predicting ? words.how : prediction ? words.kept : panel.drawable ? nothing : words.noChart}
    </p>
    ${renderComparison(panel)}
  </div>`;
}

function renderNumber({ prediction, set }: PredictionPanel): TemplateResult {
  const level = prediction?.points[0]?.[1];
  return html`<label class="number"
    >${strings.predict.number}
    <input
      type="number"
      step="any"
      inputmode="decimal"
      .value=${level === undefined ? '' : String(Number(level.toPrecision(3)))}
      @change=${(event: Event) => {
        const { valueAsNumber } = event.target as HTMLInputElement;
        if (Number.isFinite(valueAsNumber)) set(valueAsNumber);
      }}
    />
  </label>`;
}

/** A curve is compared by eye, on the chart. */
function renderComparison({
  kind,
  prediction,
  measured: got,
}: PredictionPanel): TemplateResult | typeof nothing {
  const [x, y] = prediction?.points[0] ?? [];
  const said = kind === 'level' ? y : x;
  if (kind === 'curve' || said === undefined || got === undefined || !Number.isFinite(got)) return nothing;
  return html`<p class="against">${strings.predict.against(measured(said, 3), measured(got, 3))}</p>`;
}
