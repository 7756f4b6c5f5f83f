/** Buttons to draw, change and remove a prediction in the sandbox, where nothing is hidden until then. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Prediction } from '../../components/index.ts';
import { strings as lesson } from '../lesson/lesson-strings.ts';
import { strings } from './sandbox-strings.ts';

export interface PredictionPanel {
  prediction: Prediction | undefined;
  predicting: boolean;
  /** the figure to draw on is there */
  drawable: boolean;
  begin: () => void;
  end: () => void;
  remove: () => void;
}

export function renderPrediction(panel: PredictionPanel): TemplateResult {
  const { prediction, predicting, drawable } = panel;
  const words = {
    ...strings.predict,
    done: lesson.predict.done,
    change: lesson.predict.change,
    draw: lesson.predict.draw,
  };
  return html`<div class="prediction-panel">
    <p>
      <button
        class="pill"
        type="button"
        ?disabled=${!predicting && !drawable}
        @click=${predicting ? panel.end : panel.begin}
      >
        ${predicting ? words.done : prediction ? words.change : words.draw}
      </button>
      ${
        prediction
          ? html`<button class="quiet" type="button" @click=${panel.remove}>${words.remove}</button>`
          : nothing
      }
    </p>
    <p class="hint">
      ${predicting ? words.how : prediction ? words.kept : drawable ? nothing : words.noChart}
    </p>
  </div>`;
}
